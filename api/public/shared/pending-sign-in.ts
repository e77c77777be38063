import { z } from 'zod';
import type { OpenedSession } from '../../../db/auth/provider.ts';
import { AppError } from '../../../db/domain/errors.ts';
import * as passwords from '../../../db/repos/identity/passwords.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { dropCookie, ownCookie, setCookie } from '../../kit/cookies.ts';
import type { Redirect } from '../../kit/route.ts';
import { openSession } from './session.ts';

const purpose = 'sign-in';
const heldMs = 10 * 60_000;

const held = z.object({
  userId: z.string(),
  /** The sign-in provider they came from; null for a password. */
  provider: z.string().nullable(),
  /** Of the password that was checked: with another one the sign-in begins anew. */
  mark: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
});

const readMark = (context: RequestContext, userId: string): Promise<string | null> =>
  context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, (tx) =>
    passwords.markOf(tx, userId),
  );

/** Keeps in the browser that the first factor was right, for ten minutes; it opens nothing but the page for the code. */
async function hold(context: RequestContext, userId: string, provider: string | null): Promise<void> {
  const mark = await readMark(context, userId);
  const value = context.deps.sealPass(purpose, JSON.stringify({ userId, provider, mark, at: Date.now() }));
  setCookie(context.response, 'pending', value, { maxAgeMs: heldMs });
}

/** The person whose first factor was checked in this browser. Throws `session.sign-in-expired`. */
export async function heldSignIn(
  context: RequestContext,
): Promise<{ userId: string; provider: string | null }> {
  const value = ownCookie(context.request, 'pending') ?? '';
  const opened = context.deps.openPass(purpose, value);
  if (opened === null) throw new AppError('session.sign-in-expired');
  const { userId, provider, mark, at } = held.parse(JSON.parse(opened));
  if (Date.now() - at > heldMs || (await readMark(context, userId)) !== mark)
    throw new AppError('session.sign-in-expired');
  return { userId, provider };
}

export function forgetHeldSignIn(context: RequestContext): void {
  dropCookie(context.response, 'pending');
}

/**
 * Opens the session of a person whose password was right, or who came from a provider. Throws `session.code-required`
 * where a second factor has to follow; then the browser holds the sign-in.
 */
export async function openAfterPassword(
  context: RequestContext,
  { userId, secondFactor }: { userId: string; secondFactor: boolean },
  provider: string | null = null,
): Promise<OpenedSession> {
  if (!secondFactor) return openSession(context, userId, { provider });
  await hold(context, userId, provider);
  throw new AppError('session.code-required');
}

/** Leads people whose second factor has to follow to the page for the code, and from there to `next`. */
export async function orAskForCode(next: string | null, signIn: () => Promise<Redirect>): Promise<Redirect> {
  try {
    return await signIn();
  } catch (error) {
    if (error instanceof AppError && error.code === 'session.code-required')
      return { to: paths.signInCodeThen(next ?? undefined) };
    throw error;
  }
}
