import { reply, type VendorErrors } from '../upstream/contract.ts';
import { matching, type Members } from '../upstream/shapes.ts';

export const graphHeaders: Members = { authorization: matching(/^Bearer \S+$/) };
/** With every request of an app that demands the proof: HMAC-SHA256 of the token with the app's secret. */
export const graphQuery: Members = { appsecret_proof: matching(/^[0-9a-f]{64}$/) };
export const graphCredentials = {
  accessToken: 'EAAcontract',
  clientId: '120099881122',
  clientSecret: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
};

interface Failure {
  message: string;
  type: string;
  code: number;
  [more: string]: unknown;
}
const failure = (status: number, error: Failure, headers?: Record<string, string>) =>
  reply(status, { error: { ...error, fbtrace_id: 'AbCdEfGh' } }, { 'x-fb-trace-id': 'AbCdEfGh', ...headers });

/** Graph's errors: most come with status 400, the code tells what is wrong. */
export const graphErrors: VendorErrors = {
  unauthorised: () =>
    failure(401, { message: 'Error validating access token.', type: 'OAuthException', code: 190 }),
  rateLimited: () =>
    failure(
      400,
      {
        message: 'There have been too many calls to this account.',
        type: 'OAuthException',
        code: 80004,
        error_subcode: 2446079,
        is_transient: true,
      },
      {
        'x-business-use-case-usage': JSON.stringify({
          '208841190355': [
            {
              type: 'ads_management',
              call_count: 100,
              total_cputime: 30,
              total_time: 30,
              estimated_time_to_regain_access: 4,
            },
          ],
        }),
      },
    ),
  invalid: (field, message) =>
    failure(400, {
      message: 'Invalid parameter',
      type: 'OAuthException',
      code: 100,
      error_subcode: 1487390,
      is_transient: false,
      error_data: { blame_field_specs: [[field]] },
      error_user_title: 'Check this field',
      error_user_msg: message,
    }),
  unavailable: (status) =>
    failure(status, {
      message: 'An unexpected error has occurred. Please retry your request later.',
      type: 'OAuthException',
      code: 2,
      is_transient: true,
    }),
};

/** Cursors on every page; an address of the next one only where there is one. */
export const graphPage = (data: unknown[], after: string | undefined) => ({
  data,
  paging: {
    cursors: { before: 'first', after: after ?? 'last' },
    ...(after && { next: `https://graph.facebook.com/v25.0/next?after=${after}` }),
  },
});
