import { z } from 'zod';
import { hashLinkToken } from '../../../db/domain/identity/link-token.ts';
import * as factors from '../../../db/repos/identity/second-factors.ts';
import * as tokens from '../../../db/repos/identity/tokens.ts';
import * as accounts from '../../../db/repos/people/accounts.ts';
import * as users from '../../../db/repos/people/users.ts';
import { paths } from '../../../templates/paths.ts';
import { verifyEmailCopy as copy } from '../../../templates/public/identity/copy.ts';
import { VerifyEmailPage } from '../../../templates/public/identity/verify-email.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, defineRoute } from '../../kit/route.ts';
import { homeOf } from '../shared/landing.ts';
import { openAfterPassword, orAskForCode } from '../shared/pending-sign-in.ts';
import { signUpCookie } from '../shared/sealed-cookies.ts';

type Outcome = 'ask' | 'confirmed' | 'already' | 'expired';

/** What a link can still do, and for whom; looking changes nothing, since mail scanners open links too. */
async function look(
  context: RequestContext,
  token: string,
): Promise<{ outcome: 'expired' } | { outcome: 'ask' | 'already'; userId: string }> {
  const tokenHash = await hashLinkToken(token);
  return context.deps.db.inScope(context.scope('platform'), async (tx) => {
    const found = await tokens.find(tx, tokenHash);
    if (!found) return { outcome: 'expired' };
    const { userId, usable } = found;
    // A person who opens the link again made no mistake.
    if ((await users.get(tx, userId)).emailVerifiedAt) return { outcome: 'already', userId };
    return usable ? { outcome: 'ask', userId } : { outcome: 'expired' };
  });
}

/** Uses up the link and marks the address as confirmed, in one transaction. Throws `token.invalid`. */
async function confirm(
  context: RequestContext,
  token: string,
): Promise<{ outcome: 'confirmed' | 'already'; userId: string }> {
  const before = await look(context, token);
  if (before.outcome === 'already') return { outcome: 'already', userId: before.userId };
  const tokenHash = await hashLinkToken(token);
  return context.deps.db.inScope(context.scope('platform'), async (tx) => {
    const { tenantId, userId } = await tokens.consume(tx, tokenHash);
    const confirmed = await accounts.confirmAddress(tx, userId, tenantId);
    return { outcome: confirmed ? 'confirmed' : 'already', userId };
  });
}

/**
 * The browser that signed up has proven the password, and the link proves the address: together they sign in. False in
 * any other browser. Throws `session.code-required`.
 */
async function openWhereSignedUp(context: RequestContext, userId: string): Promise<boolean> {
  if (signUpCookie.read(context)?.userId !== userId) return false;
  signUpCookie.drop(context);
  const factor = await context.deps.db.inScope(context.scope('platform'), (tx) => factors.find(tx, userId));
  await openAfterPassword(context, { userId, secondFactor: factor !== null });
  return true;
}

function page(context: RequestContext, outcome: Outcome, token: string) {
  const frame = pageContextOf(context);
  return VerifyEmailPage({
    frame: outcome === 'expired' ? frame : { ...frame, banners: [] },
    outcome,
    token,
    continueHref: context.principal ? homeOf(context.principal) : paths.signIn,
  });
}

const tokenBody = z.strictObject({ token: z.string().max(200) });

export const verifyEmailRoutes = [
  definePage({
    path: paths.verifyEmail,
    access: 'public',
    query: z.object({ token: z.string().max(200).default('') }),
    show: async (context, { query: { token } }) => page(context, (await look(context, token)).outcome, token),
  }),
  defineForm({
    path: paths.verifyEmail,
    access: 'public',
    whileViewing: 'never',
    body: tokenBody,
    async submit(context, { body: { token } }) {
      const { outcome, userId } = await confirm(context, token);
      if (signUpCookie.read(context)?.userId !== userId && context.principal)
        return page(context, outcome, token);
      return orAskForCode(paths.setup, async () =>
        (await openWhereSignedUp(context, userId))
          ? { to: paths.setup, flash: { kind: 'done', text: copy.welcome } }
          : { to: paths.signIn, flash: { kind: 'done', text: copy.signIn[outcome] } },
      );
    },
    again: async (context) => page(context, 'expired', ''),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/public/email-verifications',
    access: 'public',
    whileViewing: 'never',
    summary:
      'Confirm an email address with the token of the link in the email; with the cookie of the sign-up, that signs in too',
    body: tokenBody,
    response: z.object({ confirmed: z.literal(true), signedIn: z.boolean() }),
    errors: ['token.invalid', 'session.code-required'],
    async handle(context, { body: { token } }) {
      const { userId } = await confirm(context, token);
      return { confirmed: true as const, signedIn: await openWhereSignedUp(context, userId) };
    },
  }),
];
