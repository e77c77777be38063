import { z } from 'zod';
import { emailAddress } from '../../../db/domain/common.ts';
import { hashLinkToken } from '../../../db/domain/identity/link-token.ts';
import { paths } from '../../../templates/paths.ts';
import { ResendConfirmationPage } from '../../../templates/public/identity/resend-confirmation.tsx';
import { resendConfirmationContract } from '../../../workflows/identity/resend-confirmation.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { placeOf } from '../../kit/place.ts';
import { defineForm, definePage, defineRoute } from '../../kit/route.ts';

/**
 * Asks for one more link. Every address starts a run, which finds out whether there is anything to send. Throws
 * `request.rate-limited` for all of them alike.
 */
async function ask(context: RequestContext, email: string): Promise<void> {
  const { limits, processes } = context.deps;
  await limits.take('email-confirmation', placeOf(context.request.ip));
  await limits.take('mail', `confirmation:${await hashLinkToken(email)}`);
  const input = { requestId: crypto.randomUUID(), email };
  await processes.start(resendConfirmationContract, input, context.actor());
}

const asked = z.strictObject({ email: emailAddress });

export const resendConfirmationRoutes = [
  definePage({
    path: paths.resendConfirmation,
    access: 'public',
    show: async (context) => ResendConfirmationPage({ frame: pageContextOf(context) }),
  }),
  defineForm({
    path: paths.resendConfirmation,
    access: 'public',
    whileViewing: 'never',
    body: asked,
    async submit(context, { body: { email } }) {
      await ask(context, email);
      return ResendConfirmationPage({ frame: pageContextOf(context), sentTo: email });
    },
    again: async (context, { form }) => ResendConfirmationPage({ frame: pageContextOf(context), form }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/public/email-confirmations',
    access: 'public',
    whileViewing: 'never',
    summary: 'Ask for a new link to confirm an email address; the answer is the same for every address',
    status: 202,
    body: asked,
    response: z.object({ asked: z.literal(true) }),
    errors: ['request.rate-limited'],
    async handle(context, { body: { email } }) {
      await ask(context, email);
      return { asked: true as const };
    },
  }),
];
