import { z } from 'zod';
import { AppError } from '../../db/domain/errors.ts';
import type { RequestContext } from './context.ts';

/** A key under which a request is carried out once: 8 to 255 printable ASCII characters without spaces. */
export const idempotencyKey = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{8,255}$/, 'An Idempotency-Key has 8 to 255 printable characters.');

/**
 * The key of a JSON call, from its `Idempotency-Key` header; a new one where it sends none, so that each such call is
 * its own. Throws `request.invalid`.
 */
export function idempotencyKeyOf({ request }: RequestContext): string {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return crypto.randomUUID();
  const parsed = idempotencyKey.safeParse(header);
  if (parsed.success) return parsed.data;
  const message = parsed.error.issues[0]?.message ?? '';
  throw new AppError('request.invalid', { fields: { 'Idempotency-Key': message } });
}

/** The key a refused form was sent with, to send again with it; a new one where that was none. */
export function keptKey(values: Record<string, unknown>): string {
  const parsed = idempotencyKey.safeParse(values['requestKey']);
  return parsed.success ? parsed.data : crypto.randomUUID();
}
