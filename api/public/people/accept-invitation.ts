import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { text } from '../../../db/domain/common.ts';
import { idFromKey } from '../../../db/domain/ids.ts';
import { hashLinkToken } from '../../../db/domain/identity/link-token.ts';
import { passwordProblem } from '../../../db/domain/identity/password.ts';
import { roleTitles } from '../../../db/domain/roles.ts';
import { password } from '../../../db/domain/people/user.ts';
import * as invitations from '../../../db/repos/people/invitations.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import * as users from '../../../db/repos/people/users.ts';
import { AcceptInvitePage } from '../../../templates/public/people/accept-invite.tsx';
import { workflowId } from '../../../workflows/define.ts';
import { sendInviteContract } from '../../../workflows/people/send-invite.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { openSession } from '../shared/session.ts';

const token = z.string().min(1).max(200);
const acceptance = z.strictObject({ token, name: text(120), password });

/** The invitation behind a link, with what its page says; null when it has ended or never was. */
async function findInvitation(context: RequestContext, given: string) {
  const tokenHash = await hashLinkToken(given);
  return context.deps.db.inScope(context.scope('platform'), async (tx) => {
    const invitation = await invitations.findByToken(tx, tokenHash);
    if (!invitation || invitation.status !== 'pending' || invitation.expiresAt < new Date()) return null;
    const tenant = await tenants.get(tx, invitation.tenantId);
    const inviter = await users.find(tx, invitation.invitedBy);
    return { ...invitation, businessName: tenant.name, inviterName: inviter?.name ?? tenant.name };
  });
}

async function accept(
  context: RequestContext,
  body: z.infer<typeof acceptance>,
): Promise<{ tenantId: string; userId: string }> {
  const { auth, processes } = context.deps;
  const invitation = await findInvitation(context, body.token);
  if (!invitation) throw new AppError('invitation.ended');
  const { id, tenantId, email } = invitation;
  const signedIn = context.principal?.email === email ? context.principal : null;
  const problem = passwordProblem(body.password, [email, body.name, invitation.businessName]);
  if (problem && !signedIn) throw new AppError('password.too-weak', { fields: { password: problem } });
  const userId = signedIn?.userId ?? (await idFromKey('user', id));
  await processes.update(sendInviteContract, workflowId(tenantId, sendInviteContract.name, id), 'accept', {
    userId,
    name: body.name,
    passwordHash: signedIn ? null : await auth.hashPassword(body.password),
  });
  await openSession(context, email, body.password);
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
    name: found.name,
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
    summary: 'Accept an invitation with the token of its link',
    body: acceptance,
    status: 201,
    response: z.object({ tenantId: z.string(), userId: z.string() }),
    errors: ['invitation.ended', 'user.email-taken', 'password.too-weak'],
    handle: (context, { body }) => accept(context, body),
  }),
];
