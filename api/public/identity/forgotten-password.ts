import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { emailAddress } from '../../../db/domain/common.ts';
import { hashLinkToken } from '../../../db/domain/identity/link-token.ts';
import { password } from '../../../db/domain/people/user.ts';
import * as resets from '../../../db/repos/identity/password-resets.ts';
import * as passwords from '../../../db/repos/identity/passwords.ts';
import * as sessions from '../../../db/repos/identity/sessions.ts';
import * as accounts from '../../../db/repos/people/accounts.ts';
import * as members from '../../../db/repos/people/members.ts';
import * as users from '../../../db/repos/people/users.ts';
import { paths } from '../../../templates/paths.ts';
import { forgottenPasswordCopy as copy } from '../../../templates/public/identity/copy.ts';
import {
  ForgotPasswordPage,
  NewPasswordPage,
} from '../../../templates/public/identity/forgotten-password.tsx';
import { resetPasswordContract } from '../../../workflows/identity/reset-password.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, defineRoute } from '../../kit/route.ts';
import { placeOf } from '../../kit/place.ts';
import { hashNewPassword } from '../shared/session.ts';
import { changeOwn, refuseWeak } from './own-account.ts';

const token = z.string().max(200);

/**
 * Asks for a link. An address without an account takes the same work as one with: a row, and a run that finds nothing to
 * send. Throws `request.rate-limited` for both alike.
 */
async function ask(context: RequestContext, email: string): Promise<void> {
  const { limits, db, processes } = context.deps;
  await limits.take('password-reset', placeOf(context.request.ip));
  await limits.take('mail', `reset:${await hashLinkToken(email)}`);
  const resetId = await db.inScope(context.scope('platform'), (tx) => resets.insert(tx, email));
  await processes.start(resetPasswordContract, { resetId }, context.actor());
}

/** The person behind a link, and what a password of theirs must not be made of; null where it can't be used. */
async function findPerson(context: RequestContext, tokenHash: string) {
  return context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, async (tx) => {
    const userId = await resets.findByToken(tx, tokenHash);
    const user = userId === null ? null : await users.find(tx, userId);
    if (!user || user.status !== 'active') return null;
    const businesses = await members.tenantsOf(tx, user.id);
    const [business, other] = businesses;
    return {
      userId: user.id,
      words: [user.email, user.name, ...businesses.map(({ tenantName }) => tenantName)],
      place: business && !other ? { tenantId: business.tenantId } : {},
    };
  });
}

/**
 * Sets the new password. Every session of the person ends, and no one is signed in by it: a second factor is asked as
 * ever. Throws `token.invalid`, `password.too-weak`.
 */
async function reset(context: RequestContext, given: { token: string; password: string }): Promise<void> {
  const tokenHash = await hashLinkToken(given.token);
  const found = await findPerson(context, tokenHash);
  if (!found) throw new AppError('token.invalid');
  const { userId, words, place } = found;
  await refuseWeak(context, given.password, words);
  const passwordHash = await hashNewPassword(context, given.password);
  await changeOwn(context, { userId, ...place }, async (tx, filed) => {
    await resets.consume(tx, tokenHash);
    // The link was only in the mailbox of the address.
    await accounts.confirmAddress(tx, userId, place.tenantId);
    await passwords.set(tx, userId, { passwordHash, action: 'password.reset', filed });
    await sessions.endAllOf(tx, { userId, reason: 'password-reset', ...place });
  });
}

async function newPasswordPage(context: RequestContext, given: string) {
  const found = await findPerson(context, await hashLinkToken(given));
  return { frame: pageContextOf(context), token: found ? given : null };
}

const chosen = z.strictObject({ token, password });

export const forgottenPasswordRoutes = [
  definePage({
    path: paths.forgotPassword,
    access: 'public',
    show: async (context) => ForgotPasswordPage({ frame: pageContextOf(context) }),
  }),
  defineForm({
    path: paths.forgotPassword,
    access: 'public',
    whileViewing: 'never',
    body: z.strictObject({ email: emailAddress }),
    async submit(context, { body }) {
      await ask(context, body.email);
      return ForgotPasswordPage({ frame: pageContextOf(context), sentTo: body.email });
    },
    again: async (context, { form }) => ForgotPasswordPage({ frame: pageContextOf(context), form }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/public/password-resets',
    access: 'public',
    whileViewing: 'never',
    summary: 'Ask for a link to choose a new password; the answer is the same for every address',
    status: 202,
    body: z.strictObject({ email: emailAddress }),
    response: z.object({ asked: z.literal(true) }),
    errors: ['request.rate-limited'],
    async handle(context, { body }) {
      await ask(context, body.email);
      return { asked: true as const };
    },
  }),
  definePage({
    path: paths.resetPassword,
    access: 'public',
    query: z.object({ token: token.default('') }),
    show: async (context, { query }) => NewPasswordPage(await newPasswordPage(context, query.token)),
  }),
  defineForm({
    path: paths.resetPassword,
    access: 'public',
    whileViewing: 'never',
    body: chosen,
    async submit(context, { body }) {
      await reset(context, body);
      return { to: paths.signIn, flash: { kind: 'done', text: copy.done } };
    },
    async again(context, { form }) {
      const given = typeof form.values['token'] === 'string' ? form.values['token'].slice(0, 200) : '';
      return NewPasswordPage({ ...(await newPasswordPage(context, given)), form });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/public/password-resets/complete',
    access: 'public',
    whileViewing: 'never',
    summary: 'Choose a new password with the token of the link in the email; every session ends',
    body: chosen,
    response: z.object({ changed: z.literal(true) }),
    errors: ['token.invalid', 'password.too-weak'],
    async handle(context, { body }) {
      await reset(context, body);
      return { changed: true as const };
    },
  }),
];
