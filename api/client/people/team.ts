import * as invitations from '../../../db/repos/people/invitations.ts';
import * as users from '../../../db/repos/people/users.ts';
import { TeamPage, type TeamMember } from '../../../templates/client/people/team.tsx';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import type { FormState } from '../../kit/route.ts';

/** The members and open invitations of the viewer's tenant. */
export async function readTeam(context: RequestContext) {
  const scope = context.tenant();
  return context.deps.db.inScope(scope, async (tx) => ({
    members: await users.listMembers(tx, scope.tenantId),
    pending: await invitations.listPending(tx, scope.tenantId),
  }));
}

export function toMember(member: users.Member): TeamMember {
  const { id, name, email, role, customRole, status, joinedAt, jobTitle } = member;
  const picture = member.picture && paths.picture(id, member.picture);
  return {
    ...{ id, name, email, role, customRole, status, picture, jobTitle },
    joinedAt: joinedAt.toISOString(),
  };
}

/** The team page; `form` is a refused invitation. */
export async function showTeam(context: RequestContext, form?: FormState) {
  const { members, pending } = await readTeam(context);
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return TeamPage({
    frame: pageContextOf(context),
    members: members.map(toMember),
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
    mayManage: context.can('team.manage'),
    mayChangeRoles: context.can('team.roles'),
    requestKey: crypto.randomUUID(),
    ...(form && { form }),
  });
}
