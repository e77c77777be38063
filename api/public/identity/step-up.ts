import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import * as sessions from '../../../db/repos/identity/sessions.ts';
import { paths } from '../../../templates/paths.ts';
import { confirmIdentityCopy as copy } from '../../../templates/public/identity/copy.ts';
import { ConfirmIdentityPage } from '../../../templates/public/identity/confirm-identity.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, defineRoute } from '../../kit/route.ts';
import { homeOf, localPath } from '../shared/landing.ts';
import { checkCode } from '../shared/second-factor.ts';
import { checkPassword } from '../shared/session.ts';
import { next } from './own-account.ts';

const proof = z.strictObject({
  password: z.string().max(256).optional(),
  code: z.string().trim().max(60).optional(),
});

/**
 * The person proves who they are: with a code where there is a second factor, with the password otherwise. Throws
 * `request.invalid`, `second-factor.wrong-code`, `session.wrong-credentials`, `session.locked`.
 */
async function verify(context: RequestContext, { password, code }: z.infer<typeof proof>): Promise<void> {
  const { userId, sessionId, email, hasSecondFactor } = context.person();
  if (hasSecondFactor) {
    if (!code) throw new AppError('request.invalid', { fields: { code: 'Enter the code.' } });
    await checkCode(context, userId, code);
  } else {
    if (!password) throw new AppError('request.invalid', { fields: { password: 'Enter your password.' } });
    await checkPassword(context, email, password).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'session.wrong-credentials') throw error;
      throw new AppError('request.invalid', {
        fields: { password: 'This isn’t your password.' },
        cause: error,
      });
    });
  }
  await context.deps.db.inScope(context.scope('platform'), (tx) =>
    sessions.markVerified(tx, sessionId, { secondFactor: hasSecondFactor }),
  );
}

/** Asking who it is means never to answer for another person, and it is asked of people who must do something first. */
const asked = { access: 'account.secure', whileMustDo: true, whileViewing: 'never' } as const;

export const stepUpRoutes = [
  defineRoute({
    method: 'POST',
    path: '/api/session/step-up',
    ...asked,
    summary: 'Confirm who you are, for five minutes: with a code where you have a second factor',
    body: proof,
    response: z.object({ verified: z.literal(true) }),
    errors: ['second-factor.wrong-code', 'session.locked'],
    async handle(context, { body }) {
      await verify(context, body);
      return { verified: true as const };
    },
  }),
  definePage({
    path: paths.confirmIdentity,
    ...asked,
    query: z.object({ next }),
    show: async (context, { query }) =>
      ConfirmIdentityPage({
        frame: pageContextOf(context),
        next: query.next,
        byCode: context.person().hasSecondFactor,
      }),
  }),
  defineForm({
    path: paths.confirmIdentity,
    ...asked,
    body: proof.extend({ next }),
    async submit(context, { body: { next: to, ...given } }) {
      await verify(context, given);
      return { to: to ?? homeOf(context.person()), flash: { kind: 'done', text: copy.done } };
    },
    async again(context, { form }) {
      const { next: given, code: _code, ...values } = form.values;
      return ConfirmIdentityPage({
        frame: pageContextOf(context),
        next: localPath(typeof given === 'string' ? given : undefined) ?? undefined,
        byCode: context.person().hasSecondFactor,
        form: { ...form, values },
      });
    },
  }),
];
