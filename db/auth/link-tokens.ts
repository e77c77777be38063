import { createHmac } from 'node:crypto';
import { hashLinkToken } from '../domain/identity/link-token.ts';

/** The token of a link, always the same for the same key and subject, and its hash, which is all that is stored. */
export async function deriveLinkToken(
  key: Buffer,
  subject: string,
): Promise<{ token: string; tokenHash: string }> {
  const token = createHmac('sha256', key).update(subject).digest('base64url');
  return { token, tokenHash: await hashLinkToken(token) };
}
