import { Secret, TOTP } from 'otpauth';

/** What authenticator apps take without asking: the figures of RFC 6238. */
const figures = { issuer: 'BizOSaaS', algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** A new secret for an authenticator app: 160 random bits in base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** The address that a QR code holds, so that an app can take the secret over. */
export const totpUri = (secret: string, account: string): string =>
  new TOTP({ ...figures, label: account, secret: Secret.fromBase32(secret) }).toString();

/**
 * The step of 30 seconds whose code this is: the current one, or one beside it, as clocks differ. Null for any other
 * code.
 */
export function totpStepOf(secret: string, code: string, nowMs: number): number | null {
  const totp = new TOTP({ ...figures, secret: Secret.fromBase32(secret) });
  const delta = totp.validate({ token: code, timestamp: nowMs, window: 1 });
  return delta === null ? null : totp.counter({ timestamp: nowMs }) + delta;
}
