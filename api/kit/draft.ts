import { createHmac } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { dropCookie, ownCookie, setCookie } from './cookies.ts';
import type { ApiDeps } from './deps.ts';

/** Names whose person a page was made for; forms carry it, so that it is known after the session has ended. */
export const ownerField = '_owner';

const keptMs = 30 * 60_000;
/** Browsers drop cookies above 4096 bytes, name and attributes included. */
const largest = 3_800;
const secretName = /pass|secret|token|credential|private|(?:^|[._-])card|cvc|api_?key/i;

const draft = z.object({
  /** Address the form was sent to, with its query. */
  url: z.string(),
  values: z.record(z.string(), z.unknown()),
  /** What the person had to do before the form could be taken. */
  after: z.enum(['sign-in', 'confirmation']),
  /** Milliseconds since 1970. */
  at: z.number(),
});
type Draft = z.output<typeof draft>;

/** The value of `_owner` in the pages of one person; no one else can make it. */
export function ownerOf({ csrfSecret }: ApiDeps, userId: string): string {
  return createHmac('sha256', csrfSecret).update(`owner:${userId}`).digest('base64url');
}

/** Without what is called like a secret, and without what is nested deeper than any form of ours. */
function withoutSecrets(values: Record<string, unknown>, depth = 0): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (secretName.test(name)) continue;
    if (Array.isArray(value)) kept[name] = value.filter((one) => typeof one !== 'object');
    else if (typeof value !== 'object' || value === null) kept[name] = value;
    else if (depth < 5) kept[name] = withoutSecrets(value as Record<string, unknown>, depth + 1);
  }
  return kept;
}

/**
 * Keeps what was typed while its person signs in again or confirms who they are: sealed, for half an hour, and open to that person only. False
 * where it can't be kept.
 */
export function keepDraft(
  deps: ApiDeps,
  response: Response,
  given: { owner: unknown; url: string; values: Record<string, unknown>; after: Draft['after'] },
): boolean {
  const { owner, url, values, after } = given;
  if (typeof owner !== 'string' || owner === '') return false;
  const kept: Draft = { url, values: withoutSecrets(values), after, at: Date.now() };
  const packed = deflateRawSync(JSON.stringify(kept)).toString('base64url');
  const sealed = deps.sealDraft(owner, packed);
  if (sealed.length > largest) return false;
  setCookie(response, 'draft', sealed, { maxAgeMs: keptMs });
  return true;
}

/** Whether this browser holds a draft, without opening it. */
export const hasDraft = (request: Request): boolean => ownCookie(request, 'draft') !== undefined;

/** Takes the draft for this address, once; null for another address, another person's and an old one. */
export function takeDraft(
  deps: ApiDeps,
  request: Request,
  response: Response,
  userId: string,
): Pick<Draft, 'values' | 'after'> | null {
  const sealed = ownCookie(request, 'draft') ?? '';
  const opened = deps.openDraft(ownerOf(deps, userId), sealed);
  if (opened === null) {
    dropCookie(response, 'draft');
    return null;
  }
  const found = draft.parse(JSON.parse(inflateRawSync(Buffer.from(opened, 'base64url')).toString()));
  if (found.url !== request.originalUrl) return null;
  dropCookie(response, 'draft');
  return Date.now() - found.at < keptMs ? found : null;
}
