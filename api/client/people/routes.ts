import { z } from 'zod';
import { emailAddress, text } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { newId } from '../../../db/domain/ids.ts';
import { tenantRoles } from '../../../db/domain/roles.ts';
import * as invitations from '../../../db/repos/people/invitations.ts';
import * as users from '../../../db/repos/people/users.ts';
import { teamCopy } from '../../../templates/client/people/copy.ts';
import { TeamPage } from '../../../templates/client/people/team.tsx';
import { workflowId } from '../../../workflows/define.ts';
import { sendInviteContract } from '../../../workflows/people/send-invite.contract.ts';
import { defineAction } from '../../kit/action.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { teamContributions } from './contributions.ts';

const invite = z.strictObject({
  email: emailAddress,
  name: text(120),
  // Ownership is transferred, never granted by an invitation.
  role: z.enum(tenantRoles, 'Choose a role from the list.').exclude(['owner']),
});
const invitationParams = z.object({ id: z.string().max(60) });

async function readTeam(context: RequestContext) {
  const scope = context.tenant();
  return context.deps.db.inScope(scope, async (tx) => ({
    members: await users.listMembers(tx, scope.tenantId),
    pending: await invitations.listPending(tx, scope.tenantId),
  }));
}

async function sendInvite(
  context: RequestContext,
  body: z.infer<typeof invite>,
): Promise<{ invitationId: string }> {
  const { tenantId } = context.tenant();
  const { userId } = context.person();
  const input = { ...body, invitationId: newId('invitation'), tenantId, invitedBy: userId };
  return context.deps.processes.startWithUpdate(
    sendInviteContract,
    input,
    context.actor(),
    'invitationReady',
    null,
  );
}

async function withdraw(context: RequestContext, id: string): Promise<void> {
  const scope = context.tenant();
  const found = await context.deps.db.inScope(scope, (tx) => invitations.find(tx, scope.tenantId, id));
  if (!found) throw new AppError('invitation.not-found');
  const { processes } = context.deps;
  const run = workflowId(scope.tenantId, sendInviteContract.name, id);
  await processes.update(sendInviteContract, run, 'withdraw', { by: context.person().userId });
}

async function page(context: RequestContext, form?: FormState) {
  const { members, pending } = await readTeam(context);
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return TeamPage({
    frame: pageContextOf(context),
    members: members.map(({ id, name, email, role, status, joinedAt }) => ({
      id,
      name,
      email,
      role,
      status,
      joinedAt: joinedAt.toISOString(),
    })),
    invitations: pending.map(({ id, name, email, role, invitedBy, createdAt, expiresAt }) => ({
      id,
      name,
      email,
      role,
      invitedBy: names.get(invitedBy) ?? 'A colleague',
      sentAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    })),
    mayInvite: context.can('team.invite'),
    ...(form && { form }),
  });
}

const listed = z.object({
  members: z.array(z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.string() })),
  invitations: z.array(
    z.object({ id: z.string(), email: z.string(), role: z.string(), expiresAt: z.string() }),
  ),
});

export const teamArea: Area = {
  side: 'client',
  nav: [{ title: 'Team', href: '/app/team', icon: 'users', group: 'Account', permission: 'team.read' }],
  routes: [
    definePage({ path: '/app/team', access: 'team.read', show: (context) => page(context) }),
    defineRoute({
      method: 'GET',
      path: '/api/client/team',
      access: 'team.read',
      summary: 'Your team and its open invitations',
      response: listed,
      async handle(context) {
        const { members, pending } = await readTeam(context);
        return {
          members: members.map(({ id, name, email, role }) => ({ id, name, email, role })),
          invitations: pending.map(({ id, email, role, expiresAt }) => ({
            id,
            email,
            role,
            expiresAt: expiresAt.toISOString(),
          })),
        };
      },
    }),
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
      then: () => '/app/team',
      rerender: (context, { form }) => page(context, form),
    }),
    ...defineAction({
      paths: {
        api: '/api/client/team/invitations/:id/withdraw',
        form: '/app/team/invitations/:id/withdraw',
      },
      access: 'team.invite',
      summary: 'Withdraw an invitation',
      params: invitationParams,
      response: z.object({ withdrawn: z.literal(true) }),
      errors: ['invitation.not-found', 'run.ended'],
      run: (context, { params }) => withdraw(context, params.id),
      answer: async () => ({ withdrawn: true as const }),
      done: () => teamCopy.withdrawn,
      then: () => '/app/team',
    }),
  ],
  ...teamContributions,
};
