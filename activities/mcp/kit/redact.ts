import type { CredentialField } from '../../../db/domain/integrations/credential-field.ts';
import type { Credentials } from './credentials.ts';

/** Characters; shorter values occur as words in ordinary text. */
const minLength = 6;
const mask = '•••';

/** The secret values among credentials: fields marked secret, and every token. */
export function secretsOf(fields: readonly CredentialField[], credentials: Credentials): string[] {
  const open = new Set(fields.filter(({ secret }) => !secret).map(({ key }) => key));
  return Object.entries(credentials)
    .filter(([key, value]) => !open.has(key) && key !== 'expiresAt' && value.length >= minLength)
    .map(([, value]) => value);
}

/** The Base64 forms of a secret: at the start of a text, and after a prefix (a user name and a colon). */
function inBase64(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.from('\0'.repeat(before) + secret)
      .toString('base64')
      .replace(/=+$/, '');
    // The characters at the edges also hold bits of the neighbouring text.
    const own = text.slice(
      Math.ceil((before * 8) / 6),
      Math.floor(((before + Buffer.byteLength(secret)) * 8) / 6),
    );
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** Redacts secret values from texts, results and errors, also in their URL-encoded and Base64 forms. */
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
