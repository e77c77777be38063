import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { hashLinkToken } from '../../../db/domain/identity/link-token.ts';
import * as tokens from '../../../db/repos/identity/tokens.ts';
import * as users from '../../../db/repos/people/users.ts';
import { VerifyEmailPage } from '../../../templates/public/identity/verify-email.tsx';
import { confirmEmailContract } from '../../../workflows/identity/confirm-email.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, defineRoute } from '../../kit/route.ts';
import { homeOf } from '../shared/landing.ts';

/** Uses up the link and marks the address as confirmed, in one transaction. Throws `token.invalid`. */
async function confirm(context: RequestContext, token: string): Promise<void> {
  const tokenHash = await hashLinkToken(token);
  // The link in the mail is opened by a GET, and it changes something all the same.
  const scope = { ...context.scope('platform'), readOnly: false };
  await context.deps.db.inScope(scope, async (tx) => {
    const { tenantId, userId } = await tokens.consume(tx, tokenHash);
    await users.verifyEmail(tx, userId, tenantId);
  });
}

async function resend(context: RequestContext): Promise<void> {
  const { userId, tenant, emailVerified } = context.person();
  if (!tenant || emailVerified) return;
  await context.deps.limits.take('mailsOfPerson', userId);
  await context.deps.processes.start(confirmEmailContract, { tenantId: tenant.id, userId }, context.actor());
}

export const verifyEmailRoutes = [
  definePage({
    path: '/verify-email',
    access: 'public',
    query: z.object({ token: z.string().max(200).default('') }),
    async show(context, { query: { token } }) {
      const continueHref = context.principal ? homeOf(context.principal) : '/sign-in';
      try {
        await confirm(context, token);
        return VerifyEmailPage({
          frame: { ...pageContextOf(context), banners: [] },
          outcome: 'confirmed',
          continueHref,
        });
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'token.invalid') throw error;
        // An already confirmed user who clicks the link again made no mistake.
        const outcome = context.principal?.emailVerified ? 'confirmed' : 'expired';
        return VerifyEmailPage({ frame: pageContextOf(context), outcome, continueHref });
      }
    },
  }),
  defineForm({
    path: '/verify-email/resend',
    access: 'workspace.read',
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
