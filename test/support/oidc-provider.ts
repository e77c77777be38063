import {
  createHash,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Who is signed in at the provider. */
export interface Holder {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
}

/** What the next tokens are made wrong by. */
export interface Wrongs {
  claims?: Record<string, unknown>;
  /** Changes a claim after signing. */
  tampered?: boolean;
  /** Signs with a key that it doesn't publish. */
  foreignKey?: boolean;
  /** Answers no request any more before this time has passed. */
  slowMs?: number;
  /** Names no address in the token, only at the userinfo endpoint. */
  emailOnlyInUserinfo?: boolean;
  /** `iss` of the callback. @see RFC 9207. */
  iss?: string;
}

interface Grant {
  holder: Holder;
  nonce: string;
  challenge: string;
  redirectUri: string;
}

/** A provider of OpenID Connect that follows the standard: discovery, code flow with PKCE, JWKS, userinfo. */
export interface OidcProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Signs a person in there, at the address they were led to; where their browser is led back to. */
  agree(authorizeUrl: string, holder: Holder): Promise<URL>;
  wrongs: Wrongs;
  /** From now on it signs with another key; the old one is no longer published. */
  rotateKey(): void;
  requests: string[];
  close(): Promise<void>;
}

const encode = (value: object | Buffer) =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64url');
const newKey = () => ({
  kid: randomBytes(6).toString('hex'),
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }),
});

function jwt(
  payload: object,
  { kid, privateKey }: { kid: string; privateKey: KeyObject },
  tampered = false,
): string {
  const head = encode({ alg: 'RS256', typ: 'JWT', kid });
  const signature = sign('sha256', Buffer.from(`${head}.${encode(payload)}`), privateKey);
  const sent = tampered ? { ...payload, sub: 'someone-else' } : payload;
  return `${head}.${encode(sent)}.${encode(signature)}`;
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const part of request) body += String(part);
  return new URLSearchParams(body);
}

export async function oidcProvider(): Promise<OidcProvider> {
  const [clientId, clientSecret] = ['client-1', `secret-canary-${randomBytes(6).toString('hex')}`];
  const codes = new Map<string, Grant>();
  const tokens = new Map<string, Holder>();
  let key = newKey();
  const foreign = newKey();
  const requests: string[] = [];

  const answer = (response: ServerResponse, status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  function authorize(url: URL, response: ServerResponse): void {
    const { searchParams: asked } = url;
    const redirectUri = asked.get('redirect_uri') ?? '';
    const code = randomBytes(12).toString('base64url');
    if (asked.get('client_id') !== clientId || asked.get('code_challenge_method') !== 'S256')
      return void answer(response, 400, { error: 'invalid_request' });
    codes.set(code, {
      holder: JSON.parse(String(asked.get('login_hint'))) as Holder,
      nonce: asked.get('nonce') ?? '',
      challenge: asked.get('code_challenge') ?? '',
      redirectUri,
    });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    back.searchParams.set('iss', provider.wrongs.iss ?? provider.issuer);
    response.writeHead(302, { location: back.href }).end();
  }

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = await formOf(request);
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret)
      return void answer(response, 401, { error: 'invalid_client' });
    const grant = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!grant || grant.challenge !== challenge || grant.redirectUri !== form.get('redirect_uri'))
      return void answer(response, 400, { error: 'invalid_grant' });
    const { wrongs } = provider;
    const { holder, nonce } = grant;
    const now = Math.floor(Date.now() / 1000);
    const { email: _email, email_verified: _verified, ...plain } = holder;
    const claims = { iss: provider.issuer, aud: clientId, iat: now, exp: now + 300, nonce };
    const payload = { ...claims, ...(wrongs.emailOnlyInUserinfo ? plain : holder), ...wrongs.claims };
    const accessToken = randomBytes(12).toString('base64url');
    tokens.set(accessToken, holder);
    answer(response, 200, {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 300,
      id_token: jwt(payload, wrongs.foreignKey ? { ...foreign, kid: key.kid } : key, wrongs.tampered),
    });
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', provider.issuer);
    requests.push(url.pathname);
    const serve = async (): Promise<void> => {
      if (url.pathname === '/authorize') return authorize(url, response);
      if (url.pathname === '/token') return token(request, response);
      if (url.pathname === '/jwks') {
        const jwk: JsonWebKey = key.publicKey.export({ format: 'jwk' });
        return void answer(response, 200, { keys: [{ ...jwk, kid: key.kid, use: 'sig', alg: 'RS256' }] });
      }
      if (url.pathname === '/userinfo') {
        const holder = tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
        return void answer(response, holder ? 200 : 401, holder ?? {});
      }
      if (url.pathname !== '/.well-known/openid-configuration') return void answer(response, 404, {});
      const { issuer } = provider;
      answer(response, 200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        userinfo_endpoint: `${issuer}/userinfo`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_post'],
        authorization_response_iss_parameter_supported: true,
      });
    };
    setTimeout(() => void serve(), provider.wrongs.slowMs ?? 0);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const provider: OidcProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clientId,
    clientSecret,
    wrongs: {},
    requests,
    rotateKey: () => void (key = newKey()),
    async agree(authorizeUrl, holder) {
      const url = new URL(authorizeUrl);
      url.searchParams.set('login_hint', JSON.stringify(holder));
      const found = await fetch(url, { redirect: 'manual' });
      return new URL(found.headers.get('location') ?? '');
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return provider;
}
