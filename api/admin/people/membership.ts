import type { VNode } from 'preact';
import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { reason } from '../../../db/domain/common.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import { featureKeys } from '../../../db/domain/people/features.ts';
import * as sessions from '../../../db/repos/identity/sessions.ts';
import * as customRoles from '../../../db/repos/people/custom-roles.ts';
import * as members from '../../../db/repos/people/members.ts';
import * as users from '../../../db/repos/people/users.ts';
import { MembershipPage } from '../../../templates/admin/people/membership.tsx';
import { membershipCopy } from '../../../templates/shared/membership-copy.ts';
import { paths } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import { type AssignedRole, assignedRole } from '../../both/people/assigned-role.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { RefusedTabForm } from '../../kit/contributions.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { type AnyRoute, definePage, type FormState } from '../../kit/route.ts';
import { personParams, readPerson } from './person-page.ts';

const params = personParams.extend({ tenantId: z.string().regex(idPattern('tenant')) });
type At = z.output<typeof params>;

async function show(context: RequestContext, at: At, refused?: RefusedTabForm): Promise<VNode> {
  const { userId, tenantId } = at;
  const { person } = await readPerson(context, userId);
  const membership = person.memberships.find((one) => one.tenantId === tenantId);
  if (!membership) throw new AppError('user.not-found');
  const { roles, team } = await context.deps.db.inScope(context.overview(), async (tx) => ({
    roles: await customRoles.list(tx, tenantId),
    team: await users.listMembers(tx, tenantId),
  }));
  return MembershipPage({
    frame: pageContextOf(context),
    person: { id: userId, name: person.name },
    membership,
    heirs: context.can('people.offboard')
      ? team.filter(({ id }) => id !== userId).map(({ id, name }) => ({ value: id, label: name }))
      : null,
    customRoles: roles.map(({ id, name, baseRole }) => ({ id, name, baseRole })),
    ...(refused && { refused }),
  });
}

type Work = (
  tx: Parameters<typeof members.setStatus>[0],
  tenantId: string,
  change: members.MemberChange,
) => Promise<boolean>;

/** Changes a membership as an administrator of the platform. */
function change(context: RequestContext, { userId, tenantId }: At, why: string, work: Work) {
  const given = { userId, by: context.person().userId, platform: true, reason: why };
  return context.deps.db.inScope(context.scope('platform'), (tx) => work(tx, tenantId, given));
}

const suspend: Work = async (tx, tenantId, given) => {
  const changed = await members.setStatus(tx, tenantId, { ...given, status: 'suspended' });
  if (changed) await sessions.endInTenant(tx, tenantId, given.userId, 'suspended');
  return changed;
};

interface Spec<Body extends { reason: string }> {
  action: 'role' | 'features' | 'suspend' | 'reactivate';
  summary: string;
  body: z.ZodType<Body>;
  work: (body: Body) => Work;
}

function action<Body extends { reason: string }>({
  action: name,
  summary,
  body,
  work,
}: Spec<Body>): AnyRoute[] {
  return defineAction({
    paths: {
      api: `/api/admin/people/:userId/memberships/:tenantId/${name}`,
      form: `/admin/people/:userId/memberships/:tenantId/${name}`,
    },
    access: 'people.manage',
    stepUp: true,
    summary,
    params,
    body,
    response: z.object({ changed: z.boolean() }),
    errors: ['user.not-found', 'member.own-role', 'member.last-owner', 'role.not-found'],
    run: async (context, { params: at, body: given }) => ({
      changed: await change(context, at, given.reason, work(given)),
    }),
    answer: async (_context, result) => result,
    done: () => membershipCopy.done[name],
    then: (_result, { params: at }) => paths.personMembership(at.userId, at.tenantId),
    rerender: (context, { params: at, form }: { params: At; form: FormState }) =>
      show(context, at, { action: name, form }),
  });
}

/** A person in one tenant: role, features and access, as a super admin sets them. */
export const membershipRoutes: AnyRoute[] = [
  definePage({
    path: '/admin/people/:userId/memberships/:tenantId',
    access: 'people.manage',
    params,
    show: (context, { params: at }) => show(context, at),
  }),
  ...action({
    action: 'role',
    summary: 'Give a person another role in a tenant, or a custom one',
    body: z.strictObject({ role: assignedRole, reason }),
    work:
      ({ role }: { role: AssignedRole; reason: string }) =>
      (tx, tenantId, given) =>
        members.changeRole(tx, tenantId, { ...given, ...role }),
  }),
  ...action({
    action: 'features',
    summary: 'Switch features of a person on and off in a tenant; those not listed are off',
    body: z.strictObject({ on: z.array(z.enum(featureKeys)), reason }),
    work:
      ({ on }) =>
      (tx, tenantId, given) =>
        members.setFeatures(tx, tenantId, {
          ...given,
          off: () => featureKeys.filter((key) => !on.includes(key)),
        }),
  }),
  ...action({
    action: 'suspend',
    summary: 'Suspend a person’s access to a tenant: sessions there end at once',
    body: z.strictObject({ reason }),
    work: () => suspend,
  }),
  ...action({
    action: 'reactivate',
    summary: 'Restore a person’s access to a tenant',
    body: z.strictObject({ reason }),
    work: () => (tx, tenantId, given) => members.setStatus(tx, tenantId, { ...given, status: 'active' }),
  }),
];
