import { reply, type TokenEndpoint, type VendorErrors } from '../upstream/contract.ts';
import { matching, type Members, text } from '../upstream/shapes.ts';

export const googleHeaders: Members = { authorization: matching(/^Bearer \S+$/) };

/** A connection after Google's consent page. */
export const googleCredentials = {
  accessToken: 'access-0',
  refreshToken: 'refresh-0',
  clientId: '410099.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-contract',
};

/** The token endpoint of oauth2.googleapis.com: a refresh keeps the refresh token. */
export const googleOAuth: TokenEndpoint = {
  route: 'POST /token',
  clientAuth: 'body',
  grants: {
    authorization_code: { code: text, redirect_uri: text, 'code_verifier?': text },
    refresh_token: { refresh_token: text },
  },
  rotates: false,
  lifeS: 3599,
};

const failure = (code: number, status: string, message: string, details: unknown[] = []) =>
  reply(code, { error: { code, message, status, details } });

/** google.rpc.Status in JSON; the wait of a used-up quota stands in its details. */
export const googleErrors: VendorErrors = {
  unauthorised: () =>
    failure(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.', [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'ACCESS_TOKEN_EXPIRED',
        domain: 'googleapis.com',
      },
    ]),
  rateLimited: (retryAfterS) =>
    failure(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded for quota metric.', [
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfterS}s` },
    ]),
  invalid: (field, message) =>
    failure(400, 'INVALID_ARGUMENT', `Invalid value at '${field}': ${message}`, [
      {
        '@type': 'type.googleapis.com/google.rpc.BadRequest',
        fieldViolations: [{ field, description: message }],
      },
    ]),
  unavailable: (status) =>
    failure(status, status === 503 ? 'UNAVAILABLE' : 'INTERNAL', 'The service is currently unavailable.'),
};
