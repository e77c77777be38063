import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { text } from '../../../db/domain/common.ts';
import { idFromKey } from '../../../db/domain/ids.ts';
import { hashLinkToken } from '../../../db/domain/identity/link-token.ts';
import { roleTitles } from '../../../db/domain/roles.ts';
import { password, passwordLength, type User } from '../../../db/domain/people/user.ts';
import * as invitations from '../../../db/repos/people/invitations.ts';
import * as ways from '../../../db/repos/identity/sign-in-ways.ts';
import * as sessions from '../../../db/repos/identity/sessions.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import * as users from '../../../db/repos/people/users.ts';
import { AcceptInvitePage, type Joining } from '../../../templates/public/people/accept-invite.tsx';
import { workflowId } from '../../../workflows/define.ts';
import { sendInviteContract } from '../../../workflows/people/send-invite.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { checkCode } from '../shared/second-factor.ts';
import { checkPassword, hashNewPassword, openSession } from '../shared/session.ts';

const token = z.string().min(1).max(200);
const acceptance = z.strictObject({
  token,
  // A person who has an account has a name, and who is signed in needs no password either.
  name: text(120).optional(),
  password: z.string().max(passwordLength.max).optional(),
  /** Of the second factor, where the account has one. */
  code: z.string().trim().max(60).optional(),
});

const newAccount = z.object({ name: text(120), password });

/** What joining takes of this visitor. */
function joiningOf(context: RequestContext, email: string, account: User | null): Joining {
  if (account?.platformRole) return 'platformAccount';
  if (!context.principal) return account ? 'password' : 'newAccount';
  return context.principal.email === email ? 'signedIn' : 'otherAccount';
}

/** The invitation behind a link, with what its page says; null when it has ended or never was. */
async function findInvitation(context: RequestContext, given: string) {
  const tokenHash = await hashLinkToken(given);
  return context.deps.db.inScope(context.scope('platform'), async (tx) => {
    const invitation = await invitations.findByToken(tx, tokenHash);
    if (!invitation || invitation.status !== 'pending' || invitation.expiresAt < new Date()) return null;
    const tenant = await tenants.get(tx, invitation.tenantId);
    const inviter = await users.find(tx, invitation.invitedBy);
    const account = await users.findByEmail(tx, invitation.email);
    return {
      ...invitation,
      account,
      joining: joiningOf(context, invitation.email, account),
      businessName: tenant.name,
      inviterName: inviter?.name ?? tenant.name,
    };
  });
}

type Found = NonNullable<Awaited<ReturnType<typeof findInvitation>>>;
type Given = z.infer<typeof acceptance>;

async function tellRun(
  context: RequestContext,
  { id, tenantId }: Found,
  person: { userId: string; name: string; passwordHash: string | null },
): Promise<void> {
  const run = workflowId(tenantId, sendInviteContract.name, id);
  await context.deps.processes.update(sendInviteContract, run, 'accept', person);
}

/** Joins with an account made here. Throws `request.invalid`, `password.too-weak`. */
async function joinNew(context: RequestContext, found: Found, given: Given): Promise<string> {
  const account = newAccount.parse(given);
  const known = [found.email, account.name, found.businessName];
  const problem = await context.deps.passwordProblem(account.password, known);
  if (problem) throw new AppError('password.too-weak', { fields: { password: problem } });
  const userId = await idFromKey('user', found.id);
  const passwordHash = await hashNewPassword(context, account.password);
  await tellRun(context, found, { userId, name: account.name, passwordHash });
  await openSession(context, userId);
  return userId;
}

/** Throws `session.code-required`, `second-factor.wrong-code`, `session.locked`. */
async function checkSecondFactor(
  context: RequestContext,
  userId: string,
  code: string | undefined,
): Promise<void> {
  if (code) return checkCode(context, userId, code);
  throw new AppError('session.code-required', { fields: { code: 'Enter the code of your app.' } });
}

/**
 * Joins with the account there is, whose password was given. Throws `session.wrong-credentials`, `session.locked`,
 * `session.busy`, and as `checkSecondFactor`.
 */
async function joinByPassword(
  context: RequestContext,
  found: Found,
  account: User,
  given: Given,
): Promise<string> {
  if (!given.password)
    throw new AppError('user.email-taken', { fields: { password: 'Enter the password of your account.' } });
  const checked = await checkPassword(context, found.email, given.password);
  if (checked.secondFactor) await checkSecondFactor(context, account.id, given.code);
  await tellRun(context, found, { userId: account.id, name: account.name, passwordHash: null });
  // The new session works in the team that was joined last, which is this one.
  await openSession(context, account.id, { secondFactor: checked.secondFactor });
  return account.id;
}

/** Joins with the account that is signed in. A password is not asked for, but one that is sent has to be right. */
async function joinSignedIn(context: RequestContext, found: Found, given: Given): Promise<string> {
  const { userId, sessionId, name } = context.person();
  if (given.password) await checkPassword(context, found.email, given.password);
  await tellRun(context, found, { userId, name, passwordHash: null });
  await context.deps.db.inScope(context.scope('platform'), (tx) =>
    sessions.switchTenant(tx, { sessionId, userId, tenantId: found.tenantId }),
  );
  return userId;
}

async function accept(context: RequestContext, given: Given): Promise<{ tenantId: string; userId: string }> {
  const found = await findInvitation(context, given.token);
  if (!found) throw new AppError('invitation.ended');
  const { tenantId, role, joining, account } = found;
  if (joining === 'platformAccount') throw new AppError('user.platform-account');
  if (joining === 'otherAccount') throw new AppError('invitation.other-account');
  await context.deps.db.inScope(context.scope('platform'), (tx) =>
    context.principal && joining === 'signedIn'
      ? ways.assertMayEnter(tx, context.principal.sessionId, { tenantId, role })
      : ways.assertAllowed(tx, { tenantId, role }, null),
  );
  if (joining === 'signedIn') return { tenantId, userId: await joinSignedIn(context, found, given) };
  const userId = account
    ? await joinByPassword(context, found, account, given)
    : await joinNew(context, found, given);
  return { tenantId, userId };
}

async function page(context: RequestContext, given: string, form?: FormState) {
  const found = await findInvitation(context, given);
  const invitation = found && {
    token: given,
    businessName: found.businessName,
    inviterName: found.inviterName,
    email: found.email,
    roleTitle: roleTitles[found.role],
    name: found.name ?? undefined,
    joining: found.joining,
  };
  return AcceptInvitePage({ frame: pageContextOf(context), invitation, ...(form && { form }) });
}

export const acceptInvitationRoutes = [
  definePage({
    path: '/invitations/accept',
    access: 'public',
    query: z.object({ token: token.catch('none') }),
    show: (context, { query }) => page(context, query.token),
  }),
  defineForm({
    path: '/invitations/accept',
    access: 'public',
    whileViewing: 'never',
    body: acceptance,
    async submit(context, { body }) {
      await accept(context, body);
      return { to: '/app', flash: { kind: 'done', text: 'Welcome to the team.' } };
    },
    again: (context, { form }) => page(context, token.catch('none').parse(form.values['token']), form),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/public/invitations/accept',
    access: 'public',
    whileViewing: 'never',
    summary: 'Accept an invitation with the token of its link',
    body: acceptance,
    status: 201,
    response: z.object({ tenantId: z.string(), userId: z.string() }),
    errors: [
      'invitation.ended',
      'invitation.other-account',
      'user.email-taken',
      'user.platform-account',
      'password.too-weak',
      'session.wrong-credentials',
      'session.locked',
      'session.busy',
      'session.code-required',
      'second-factor.wrong-code',
      'session.providers-only',
      'session.other-way',
    ],
    handle: (context, { body }) => accept(context, body),
  }),
];
