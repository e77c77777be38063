import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../db/domain/errors.ts';
import type {
  ProviderChecks,
  ProviderFindings,
  ProviderIdentity,
  SignInProvider,
} from '../../db/domain/identity/sign-in-provider.ts';

/** As `fetch`, through connections that refuse private networks unless they are allowed. */
export type ProviderFetch = (url: string, init?: object) => Promise<Response>;

/**
 * Facebook's login for websites is OAuth 2 without an id_token; who came back is asked of the Graph API.
 * @see https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
 */
const issuer = 'https://www.facebook.com';
const addresses = {
  dialog: 'https://www.facebook.com/dialog/oauth',
  token: 'https://graph.facebook.com/oauth/access_token',
  me: 'https://graph.facebook.com/me',
};
const timeoutMs = 10_000;

const token = z.object({ access_token: z.string().min(1) });
const me = z.object({ id: z.string().min(1), name: z.string().optional(), email: z.string().optional() });
const problem = z.object({ error: z.object({ message: z.string(), code: z.number().optional() }) });

/** Throws `provider.unreachable`, `provider.wrong-secret`, `provider.expired`, `provider.bad-answer`. */
async function read<T>(shape: z.ZodType<T>, answer: Response): Promise<T> {
  if (answer.status >= 500) throw new AppError('provider.unreachable');
  const body: unknown = await answer.json();
  const refused = problem.safeParse(body);
  if (refused.success) {
    const { message } = refused.data.error;
    if (/client secret|client_id|application/i.test(message)) throw new AppError('provider.wrong-secret');
    if (/authorization code|verification code/i.test(message)) throw new AppError('provider.expired');
    throw new AppError('provider.bad-answer', { cause: refused.data });
  }
  const parsed = shape.safeParse(body);
  if (!parsed.success) throw new AppError('provider.bad-answer', { cause: parsed.error });
  return parsed.data;
}

/** `standIn` replaces the hosts of Facebook. */
export function facebookClient(standIn: string | undefined) {
  const at = (address: string, query: Record<string, string> = {}) => {
    const url = new URL(address);
    const found = standIn ? new URL(url.pathname, standIn) : url;
    for (const [name, value] of Object.entries(query)) found.searchParams.set(name, value);
    return found.href;
  };
  const grant = (through: ProviderFetch, form: Record<string, string>) =>
    through(at(addresses.token), {
      method: 'POST',
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });

  return {
    /** Its classic flow documents no PKCE: the state, which this browser alone holds, protects the code. */
    url: (provider: SignInProvider, redirectUri: string, { state }: ProviderChecks) =>
      at(addresses.dialog, {
        client_id: provider.clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'email,public_profile',
        state,
      }),

    /** The state was compared before. Facebook doesn't say whether an address is confirmed, so it counts as not. */
    async finish(
      provider: SignInProvider,
      secret: string,
      callback: URL,
      through: ProviderFetch,
    ): Promise<ProviderIdentity> {
      const code = callback.searchParams.get('code');
      if (callback.searchParams.has('error'))
        throw new AppError(
          callback.searchParams.get('error') === 'access_denied'
            ? 'provider.cancelled'
            : 'provider.bad-answer',
        );
      if (!code) throw new AppError('provider.bad-answer');
      const granted = await grant(through, {
        client_id: provider.clientId,
        client_secret: secret,
        redirect_uri: callback.origin + callback.pathname,
        code,
      });
      const { access_token: accessToken } = await read(token, granted);
      const proof = createHmac('sha256', secret).update(accessToken).digest('hex');
      const answer = await through(at(addresses.me, { fields: 'id,name,email', appsecret_proof: proof }), {
        headers: { authorization: `Bearer ${accessToken}` },
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const { id, name, email } = await read(me, answer);
      return {
        issuer,
        subject: id,
        email: email?.trim().toLowerCase() ?? null,
        emailVerified: false,
        name: name?.trim().slice(0, 120) ?? null,
      };
    },

    /** A token for the app itself is given for the right secret only. */
    async test(provider: SignInProvider, secret: string, through: ProviderFetch): Promise<ProviderFindings> {
      const form = { client_id: provider.clientId, client_secret: secret, grant_type: 'client_credentials' };
      await read(token, await grant(through, form));
      return {
        issuer,
        authorizationEndpoint: at(addresses.dialog),
        tokenEndpoint: at(addresses.token),
        keys: null,
        secret: 'accepted',
      };
    },
  };
}
