import { z } from 'zod';
import { emailAddress, text } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { newId } from '../../../db/domain/ids.ts';
import { tenantRoles } from '../../../db/domain/roles.ts';
import * as invitations from '../../../db/repos/people/invitations.ts';
import { teamCopy } from '../../../templates/client/people/copy.ts';
import { InvitationLinkPage } from '../../../templates/client/people/invitation-link.tsx';
import { paths } from '../../../templates/paths.ts';
import { workflowId } from '../../../workflows/define.ts';
import { sendInviteContract } from '../../../workflows/people/send-invite.contract.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { setRateLimit } from '../../kit/rate-limit-headers.ts';
import { defineForm, defineRoute } from '../../kit/route.ts';
import { showTeam } from './team.ts';

const invite = z.strictObject({
  email: emailAddress,
  name: z.union([z.literal('').transform(() => null), text(120)]).optional(),
  // Ownership is transferred, never granted by an invitation.
  role: z.enum(tenantRoles, 'Choose a role from the list.').exclude(['owner']),
});
const params = z.object({ id: z.string().max(60) });
const requestKey = z.uuid('Reload the page and send it again.').optional();

async function sendInvite(
  context: RequestContext,
  { name = null, ...body }: z.output<typeof invite>,
): Promise<{ invitationId: string }> {
  const { tenantId } = context.tenant();
  const { userId } = context.person();
  const input = { ...body, name, invitationId: newId('invitation'), tenantId, invitedBy: userId };
  return context.deps.processes.startWithUpdate(
    sendInviteContract,
    input,
    context.actor(),
    'invitationReady',
    null,
  );
}

/** The run that holds an invitation of the viewer's tenant. Throws `invitation.not-found`. */
async function runOf(context: RequestContext, id: string): Promise<string> {
  const scope = context.tenant();
  const found = await context.deps.db.inScope(scope, (tx) => invitations.find(tx, scope.tenantId, id));
  if (!found) throw new AppError('invitation.not-found');
  return workflowId(scope.tenantId, sendInviteContract.name, id);
}

async function withdraw(context: RequestContext, id: string): Promise<void> {
  const run = await runOf(context, id);
  const { userId: by } = context.person();
  await context.deps.processes.update(sendInviteContract, run, 'withdraw', { by });
}

async function resend(context: RequestContext, id: string, key?: string): Promise<void> {
  const run = await runOf(context, id);
  setRateLimit(context.response, await context.deps.limits.take('mail', id));
  const { userId: by } = context.person();
  await context.deps.processes.update(sendInviteContract, run, 'resend', { by }, key && `${id}-${key}`);
}

/** A new link; the one before ends. Throws `invitation.not-found`, `invitation.ended`. */
async function replaceLink(context: RequestContext, id: string): Promise<{ email: string; link: string }> {
  const scope = context.tenant();
  const { db, linkToken, publicUrl } = context.deps;
  const invitation = await db.inScope(scope, (tx) =>
    invitations.replaceLink(tx, scope.tenantId, id, async (subject) => (await linkToken(subject)).tokenHash),
  );
  const { token } = await linkToken(invitations.linkSubject(invitation));
  return { email: invitation.email, link: `${publicUrl}${paths.acceptInvitation}?token=${token}` };
}

const link = [
  defineRoute({
    method: 'POST',
    path: '/api/client/team/invitations/:id/link',
    access: 'team.invite',
    summary: 'Replace the link of an invitation; the answer is the only place that shows it',
    params,
    response: z.object({ link: z.string() }),
    errors: ['invitation.not-found', 'invitation.ended'],
    async handle(context, { params: { id } }) {
      return { link: (await replaceLink(context, id)).link };
    },
  }),
  defineForm({
    path: '/app/team/invitations/:id/link',
    access: 'team.invite',
    params,
    body: z.object({}),
    async submit(context, { params: { id } }) {
      const shown = await replaceLink(context, id);
      await context.loadBadges();
      return InvitationLinkPage({ frame: pageContextOf(context), ...shown });
    },
  }),
];

export const invitationRoutes = [
  ...defineAction({
    paths: { api: '/api/client/team/invitations', form: '/app/team/invitations' },
    access: 'team.invite',
    summary: 'Invite a person to your team',
    body: invite,
    status: 201,
    response: z.object({ invitationId: z.string() }),
    errors: ['user.already-member', 'invitation.pending'],
    run: (context, { body }) => sendInvite(context, body),
    answer: async (_context, sent) => sent,
    done: (_sent, { body }) => teamCopy.invited(body.email),
    then: () => paths.team,
    rerender: (context, { form }) => showTeam(context, form),
  }),
  ...defineAction({
    paths: {
      api: '/api/client/team/invitations/:id/withdraw',
      form: '/app/team/invitations/:id/withdraw',
    },
    access: 'team.invite',
    summary: 'Withdraw an invitation',
    params,
    response: z.object({ withdrawn: z.literal(true) }),
    errors: ['invitation.not-found', 'run.ended'],
    run: (context, { params: { id } }) => withdraw(context, id),
    answer: async () => ({ withdrawn: true as const }),
    done: () => teamCopy.withdrawn,
    then: () => paths.team,
    refusedTo: () => paths.team,
  }),
  ...defineAction({
    paths: { api: '/api/client/team/invitations/:id/resend', form: '/app/team/invitations/:id/resend' },
    access: 'team.invite',
    summary: 'Send an invitation again; repeating a requestKey sends no second email',
    params,
    body: z.strictObject({ requestKey }),
    response: z.object({ sent: z.literal(true) }),
    errors: ['invitation.not-found', 'run.ended', 'mail.refused', 'request.rate-limited'],
    run: (context, { params: { id }, body }) => resend(context, id, body.requestKey),
    answer: async () => ({ sent: true as const }),
    done: () => teamCopy.resent,
    then: () => paths.team,
    refusedTo: () => paths.team,
  }),
  ...link,
];
