import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ErrorCode } from '../../../db/domain/errors.ts';
import type { BulkKind } from '../../../templates/admin/tenants/tenants-bulk.tsx';

/** How an act for many tenants went: each with the code of what stood in the way. */
export interface Outcome {
  kind: BulkKind;
  results: { tenantId: string; problem: ErrorCode | null }[];
}

const macOf = (secret: string, userId: string, text: string) =>
  createHmac('sha256', secret).update(`bulk:${userId}:${text}`).digest('base64url');

/**
 * An outcome as it travels in an address, so that a reload shows it again and does nothing again. Signed for one
 * person: no one can be shown a forged outcome.
 */
export function sealOutcome(outcome: Outcome, secret: string, userId: string): string {
  const text = Buffer.from(JSON.stringify(outcome)).toString('base64url');
  return `${text}.${macOf(secret, userId, text)}`;
}

/** The outcome; null for what was not sealed for this person. */
export function openOutcome(sealed: string, secret: string, userId: string): Outcome | null {
  const [text = '', mac = ''] = sealed.split('.');
  const [given, expected] = [Buffer.from(mac), Buffer.from(macOf(secret, userId, text))];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return JSON.parse(Buffer.from(text, 'base64url').toString()) as Outcome;
}
