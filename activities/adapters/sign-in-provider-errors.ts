import * as oidc from 'openid-client';
import { AppError, type ErrorCode } from '../../db/domain/errors.ts';
import { forbiddenHostCode } from '../mcp/kit/network.ts';

/** `error` of a callback that means the person didn't go through with it. @see RFC 6749 §4.1.2.1. */
const cancelled = ['access_denied', 'consent_required', 'interaction_required', 'login_required'];
const away = ['server_error', 'temporarily_unavailable'];

/** Codes of the library and what each means for people. */
const byCode: Readonly<Record<string, ErrorCode>> = {
  OAUTH_TIMEOUT: 'provider.unreachable',
  OAUTH_ABORT: 'provider.unreachable',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'provider.clock',
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: 'provider.issuer-differs',
  OAUTH_HTTP_REQUEST_FORBIDDEN: 'provider.address-refused',
  OAUTH_REQUEST_PROTOCOL_FORBIDDEN: 'provider.address-refused',
};

/** The codes of an error and of what caused it. */
function* codesOf(error: unknown): Generator<string> {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code, name } = at as NodeJS.ErrnoException;
    yield typeof code === 'string' ? code : name;
  }
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof oidc.AuthorizationResponseError) {
    if (cancelled.includes(error.error)) return 'provider.cancelled';
    return away.includes(error.error) ? 'provider.unreachable' : 'provider.bad-answer';
  }
  if (error instanceof oidc.ResponseBodyError) {
    if (['invalid_client', 'unauthorized_client'].includes(error.error)) return 'provider.wrong-secret';
    // A code that was used, is too old, or was given to another client.
    return error.error === 'invalid_grant' ? 'provider.expired' : 'provider.bad-answer';
  }
  if (error instanceof oidc.WWWAuthenticateChallengeError) return 'provider.wrong-secret';
  const codes = [...codesOf(error)];
  if (codes.includes(forbiddenHostCode)) return 'provider.address-refused';
  const known = codes.map((code) => byCode[code]).find((code) => code !== undefined);
  if (known) return known;
  if (codes.includes('OAUTH_RESPONSE_IS_NOT_CONFORM')) return ofStatus(error);
  if (codes.includes('OAUTH_RESPONSE_IS_NOT_JSON')) return 'provider.no-description';
  // What the network throws; anything else is an answer that doesn't fit.
  return error instanceof oidc.ClientError ? 'provider.bad-answer' : 'provider.unreachable';
}

/** An answer with an unexpected status. */
function ofStatus(error: unknown): ErrorCode {
  const { cause } = error as Error;
  const status = cause !== null && typeof cause === 'object' && 'status' in cause ? cause.status : 0;
  if (status === 401) return 'provider.wrong-secret';
  if (status === 404) return 'provider.no-description';
  return Number(status) >= 500 ? 'provider.unreachable' : 'provider.bad-answer';
}

/** What went wrong with a provider, in plain words; the cause is for the log. Faults of our own stay what they are. */
export function providerError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const network = error instanceof TypeError && error.message === 'fetch failed';
  const isTheirs =
    network ||
    error instanceof DOMException ||
    error instanceof SyntaxError ||
    error instanceof oidc.ClientError ||
    error instanceof oidc.AuthorizationResponseError ||
    error instanceof oidc.ResponseBodyError ||
    error instanceof oidc.WWWAuthenticateChallengeError;
  return isTheirs ? new AppError(codeOf(error), { cause: error }) : error;
}
