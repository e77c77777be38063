import type { CredentialField } from '../../../db/domain/integrations/credential-field.ts';
import type { Credentials } from './credentials.ts';

/** Values shorter than this are words that stand in every text. */
const minLength = 6;
const mask = '•••';

/** The secret values among credentials: what the form calls secret, and every token. */
export function secretsOf(fields: readonly CredentialField[], credentials: Credentials): string[] {
  const open = new Set(fields.filter(({ secret }) => !secret).map(({ key }) => key));
  return Object.entries(credentials)
    .filter(([key, value]) => !open.has(key) && key !== 'expiresAt' && value.length >= minLength)
    .map(([, value]) => value);
}

/** What a secret looks like in Base64, at the beginning of a text and behind something (a user's name and a colon). */
function inBase64(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.from('\0'.repeat(before) + secret)
      .toString('base64')
      .replace(/=+$/, '');
    // The characters at the edges also hold bits of what stands beside.
    const own = text.slice(
      Math.ceil((before * 8) / 6),
      Math.floor(((before + Buffer.byteLength(secret)) * 8) / 6),
    );
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** Takes secret values out of anything that leaves: texts, answers, errors; also in their URL and Base64 forms. */
export function redactor(secrets: readonly string[]): <T>(value: T) => T {
  const forms = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    ...inBase64(secret),
  ]);
  const known = [...new Set(forms)].filter(Boolean).sort((a, b) => b.length - a.length);

  function clean(value: unknown): unknown {
    if (typeof value === 'string')
      return known.reduce((text, secret) => text.replaceAll(secret, mask), value);
    if (Array.isArray(value)) return value.map(clean);
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [clean(key), clean(member)]));
    }
    return value;
  }
  return (value) => (known.length === 0 ? value : (clean(value) as typeof value));
}
