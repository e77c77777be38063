import { z } from 'zod';
import { hashLinkToken } from '../../../db/domain/identity/link-token.ts';
import * as tokens from '../../../db/repos/identity/tokens.ts';
import * as users from '../../../db/repos/people/users.ts';
import { paths } from '../../../templates/paths.ts';
import { VerifyEmailPage } from '../../../templates/public/identity/verify-email.tsx';
import { confirmEmailContract } from '../../../workflows/identity/confirm-email.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { setRateLimit } from '../../kit/rate-limit-headers.ts';
import { defineForm, definePage, defineRoute } from '../../kit/route.ts';
import { homeOf } from '../shared/landing.ts';

type Outcome = 'ask' | 'confirmed' | 'already' | 'expired';

/** What a link can still do; looking changes nothing, since mail scanners open links too. */
async function look(context: RequestContext, token: string): Promise<Exclude<Outcome, 'confirmed'>> {
  const tokenHash = await hashLinkToken(token);
  return context.deps.db.inScope(context.scope('platform'), async (tx) => {
    const found = await tokens.find(tx, tokenHash);
    if (!found) return 'expired';
    // A person who opens the link again made no mistake.
    if ((await users.get(tx, found.userId)).emailVerifiedAt) return 'already';
    return found.usable ? 'ask' : 'expired';
  });
}

/** Uses up the link and marks the address as confirmed, in one transaction. Throws `token.invalid`. */
async function confirm(context: RequestContext, token: string): Promise<Outcome> {
  const before = await look(context, token);
  if (before === 'already') return 'already';
  const tokenHash = await hashLinkToken(token);
  const confirmed = await context.deps.db.inScope(context.scope('platform'), async (tx) => {
    const { tenantId, userId } = await tokens.consume(tx, tokenHash);
    return users.verifyEmail(tx, userId, tenantId);
  });
  return confirmed ? 'confirmed' : 'already';
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

async function resend(context: RequestContext): Promise<void> {
  const { userId, tenant, emailVerified } = context.person();
  if (!tenant || emailVerified) return;
  setRateLimit(context.response, await context.deps.limits.take('mail', userId));
  await context.deps.processes.start(confirmEmailContract, { tenantId: tenant.id, userId }, context.actor());
}

const tokenBody = z.strictObject({ token: z.string().max(200) });

export const verifyEmailRoutes = [
  definePage({
    path: '/verify-email',
    access: 'public',
    query: z.object({ token: z.string().max(200).default('') }),
    show: async (context, { query: { token } }) => page(context, await look(context, token), token),
  }),
  defineForm({
    path: '/verify-email',
    access: 'public',
    whileViewing: 'never',
    body: tokenBody,
    submit: async (context, { body: { token } }) => page(context, await confirm(context, token), token),
    again: async (context) => page(context, 'expired', ''),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/public/email-verifications',
    access: 'public',
    whileViewing: 'never',
    summary: 'Confirm an email address with the token of the link in the email',
    body: tokenBody,
    response: z.object({ confirmed: z.literal(true) }),
    errors: ['token.invalid'],
    async handle(context, { body: { token } }) {
      await confirm(context, token);
      return { confirmed: true as const };
    },
  }),
  defineForm({
    path: '/verify-email/resend',
    access: 'workspace.read',
    whileUnpaid: 'always',
    whileViewing: 'never',
    body: z.object({}),
    async submit(context) {
      await resend(context);
      return {
        to: homeOf(context.person()),
        flash: { kind: 'done', text: 'We sent you a new link.' },
      };
    },
    again: async (context, { form }) => ({
      to: homeOf(context.person()),
      flash: { kind: 'problem', text: form.problem },
    }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/client/email-confirmations',
    access: 'workspace.read',
    whileUnpaid: 'always',
    whileViewing: 'never',
    summary: 'Send a new link to confirm your own email address',
    status: 202,
    response: z.object({ sent: z.literal(true) }),
    errors: ['request.rate-limited', 'run.conflict'],
    async handle(context) {
      await resend(context);
      return { sent: true as const };
    },
  }),
];
