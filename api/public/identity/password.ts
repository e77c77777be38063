import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { password } from '../../../db/domain/people/user.ts';
import * as passwords from '../../../db/repos/identity/passwords.ts';
import * as sessions from '../../../db/repos/identity/sessions.ts';
import { paths } from '../../../templates/paths.ts';
import { ChangePasswordPage } from '../../../templates/public/identity/change-password.tsx';
import { changePasswordCopy as copy } from '../../../templates/public/identity/copy.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, defineRoute } from '../../kit/route.ts';
import { localPath } from '../shared/landing.ts';
import { checkPassword, hashNewPassword } from '../shared/session.ts';
import { changeOwn, filedUnder, next, refuseWeak } from './own-account.ts';

const currentPassword = z.string().min(1, 'Enter your current password.').max(256);

/**
 * Changes the own password; the sessions of other devices end where that is wanted. Returns how many did. Throws
 * `request.invalid`, `password.too-weak`, `session.locked`.
 */
async function change(
  context: RequestContext,
  given: { currentPassword: string; password: string; signOutOthers: boolean },
): Promise<{ ended: number }> {
  const { userId, sessionId, email, name, tenant } = context.person();
  await refuseWeak(context, given.password, [email, name, tenant?.name ?? '']);
  if (given.password === given.currentPassword)
    throw new AppError('request.invalid', { fields: { password: copy.same } });
  await checkPassword(context, email, given.currentPassword).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'session.wrong-credentials') throw error;
    throw new AppError('request.invalid', { fields: { currentPassword: copy.wrong }, cause: error });
  });
  const passwordHash = await hashNewPassword(context, given.password);
  const place = filedUnder(context);
  return changeOwn(context, { userId, ...place }, async (tx, filed) => {
    await passwords.set(tx, userId, { passwordHash, action: 'password.changed', filed });
    if (!given.signOutOthers) return { ended: 0 };
    const others = { userId, but: sessionId, reason: 'password-changed', ...place } as const;
    return { ended: await sessions.endAllOf(tx, others) };
  });
}

const own = { access: 'account.secure', whileViewing: 'never', whileMustDo: true } as const;

export const passwordRoutes = [
  definePage({
    path: paths.password,
    ...own,
    query: z.object({ next }),
    show: async (context, { query }) =>
      ChangePasswordPage({
        frame: pageContextOf(context),
        isDemanded: context.person().mustDo === 'change-password',
        next: query.next,
      }),
  }),
  defineForm({
    path: paths.password,
    ...own,
    // A box that is not ticked isn't sent.
    body: z.strictObject({ currentPassword, password, signOutOthers: z.boolean().default(false), next }),
    async submit(context, { body: { next: to, ...given } }) {
      const { ended } = await change(context, given);
      return { to: to ?? paths.accountSecurity, flash: { kind: 'done', text: copy.done(ended) } };
    },
    async again(context, { form }) {
      const given = form.values['next'];
      return ChangePasswordPage({
        frame: pageContextOf(context),
        isDemanded: context.person().mustDo === 'change-password',
        next: localPath(typeof given === 'string' ? given : undefined) ?? undefined,
        form,
      });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/session/password',
    ...own,
    summary: 'Change your password; the sessions of your other devices end unless you say otherwise',
    body: z.strictObject({ currentPassword, password, signOutOthers: z.boolean().default(true) }),
    response: z.object({ changed: z.literal(true), endedSessions: z.number() }),
    errors: ['password.too-weak', 'session.locked'],
    async handle(context, { body }) {
      const { ended } = await change(context, body);
      return { changed: true as const, endedSessions: ended };
    },
  }),
];
