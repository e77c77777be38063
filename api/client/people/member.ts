import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import { tenantRoles } from '../../../db/domain/roles.ts';
import { reason } from '../../../db/domain/common.ts';
import { featureKeys } from '../../../db/domain/people/features.ts';
import * as sessions from '../../../db/repos/identity/sessions.ts';
import * as customRoles from '../../../db/repos/people/custom-roles.ts';
import * as members from '../../../db/repos/people/members.ts';
import * as users from '../../../db/repos/people/users.ts';
import { memberCopy } from '../../../templates/client/people/copy.ts';
import { type MemberAction, MemberPage } from '../../../templates/client/people/member.tsx';
import { paths } from '../../../templates/paths.ts';
import { offboardUserContract } from '../../../workflows/people/offboard-user.contract.ts';
import { transferOwnershipContract } from '../../../workflows/people/transfer-ownership.contract.ts';
import type { Tx } from '../../../db/scope.ts';
import { assignedRole } from '../../both/people/assigned-role.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { keptKey } from '../../kit/idempotency-key.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, type FormState } from '../../kit/route.ts';
import { toMember } from './team.ts';

const params = z.object({ userId: z.string().regex(idPattern('user')) });
const heirId = z
  .preprocess((value) => (value === '' ? null : value), z.string().regex(idPattern('user')).nullable())
  .optional();

/** A member of the viewer's team. Throws `user.not-found`. */
async function readMember(
  context: RequestContext,
  userId: string,
): Promise<{ member: users.Member; team: users.Member[] }> {
  const scope = context.tenant();
  const team = await context.deps.db.inScope(scope, (tx) => users.listMembers(tx, scope.tenantId));
  const member = team.find(({ id }) => id === userId);
  if (!member) throw new AppError('user.not-found');
  return { member, team };
}

async function show(
  context: RequestContext,
  userId: string,
  refused?: { action: MemberAction; form: FormState },
) {
  const viewer = context.person();
  const { member, team } = await readMember(context, userId);
  const { tenantId } = context.tenant();
  const roles = await context.deps.db.inScope(context.tenant(), (tx) => customRoles.list(tx, tenantId));
  const rankOf = (role: string) => (tenantRoles as readonly string[]).indexOf(role);
  return MemberPage({
    frame: pageContextOf(context),
    business: viewer.tenant?.name ?? '',
    member: toMember(member),
    access: {
      isSuspended: member.isSuspendedHere,
      customRoleId: member.customRoleId,
      featuresOff: member.featuresOff,
    },
    customRoles: roles.map(({ id, name, baseRole }) => ({ id, name, baseRole })),
    own: viewer.userId === userId,
    isBelow: rankOf(viewer.role) < rankOf(member.role),
    viewerIsOwner: context.can('team.transfer'),
    heirs: team.filter(({ id }) => id !== userId).map(({ id, name }) => ({ id, name })),
    requestKey: keptKey(refused?.form.values ?? {}),
    ...(refused && { refused }),
  });
}

const rerender =
  (action: MemberAction) =>
  (context: RequestContext, { params: at, form }: { params: { userId: string }; form: FormState }) =>
    show(context, at.userId, { action, form });

type Change = members.MemberChange;

/** Changes a member of the viewer's team. Sessions are out of a tenant's reach, so the platform's is used. */
async function change(
  context: RequestContext,
  userId: string,
  work: (tx: Tx, tenantId: string, given: Change) => Promise<boolean>,
): Promise<{ name: string }> {
  const { tenantId } = context.tenant();
  const { name } = (await readMember(context, userId)).member;
  const given = { userId, by: context.person().userId };
  await context.deps.db.inScope(context.scope('platform'), (tx) => work(tx, tenantId, given));
  return { name };
}

async function setAccess(
  tx: Tx,
  tenantId: string,
  given: Change & { status: 'active' | 'suspended' },
): Promise<boolean> {
  const changed = await members.setStatus(tx, tenantId, given);
  if (changed && given.status === 'suspended')
    await sessions.endInTenant(tx, tenantId, given.userId, 'suspended');
  return changed;
}

async function remove(
  context: RequestContext,
  userId: string,
  { heirId = null }: { heirId?: string | null | undefined },
): Promise<{ name: string }> {
  const { tenantId } = context.tenant();
  const { name, joinedAt } = (await readMember(context, userId)).member;
  await context.deps.processes.startWithUpdate(
    offboardUserContract,
    { tenantId, userId, joinedAtMs: joinedAt.getTime(), heirId, by: context.actor() },
    context.actor(),
    'memberRemoved',
    null,
  );
  return { name };
}

async function transfer(
  context: RequestContext,
  userId: string,
  { confirm, requestKey = crypto.randomUUID() }: { confirm: string; requestKey?: string | undefined },
): Promise<{ name: string }> {
  const { tenantId } = context.tenant();
  const viewer = context.person();
  const business = viewer.tenant?.name ?? '';
  const { name } = (await readMember(context, userId)).member;
  if (confirm !== business)
    throw new AppError('request.invalid', { fields: { confirm: memberCopy.transfer.wrong(business) } });
  await context.deps.processes.startWithUpdate(
    transferOwnershipContract,
    { tenantId, from: viewer.userId, to: userId, requestKey },
    context.actor(),
    'transferred',
    null,
  );
  return { name };
}

const errors = [
  'user.not-found',
  'member.own-role',
  'member.last-owner',
  'role.not-found',
  'role.beyond-own',
];
const api = (action: MemberAction) => `/api/client/team/members/:userId/${action}`;
const form = (action: MemberAction) => `/app/team/members/:userId/${action}`;

export const memberRoutes = [
  definePage({
    path: '/app/team/members/:userId',
    access: 'team.manage',
    params,
    show: (context, { params: { userId } }) => show(context, userId),
  }),
  ...defineAction({
    paths: { api: api('role'), form: form('role') },
    access: 'team.manage',
    stepUp: true,
    summary: 'Change the role of a member, or give a custom one; only owners make owners',
    params,
    body: z.strictObject({ role: assignedRole }),
    response: z.object({ changed: z.literal(true) }),
    errors,
    run: (context, { params: { userId }, body: { role } }) =>
      change(context, userId, (tx, tenantId, given) =>
        members.changeRole(tx, tenantId, { ...given, ...role }),
      ),
    answer: async () => ({ changed: true as const }),
    done: ({ name }) => memberCopy.role.done(name),
    then: (_result, { params: { userId } }) => paths.teamMember(userId),
    rerender: rerender('role'),
  }),
  ...defineAction({
    paths: { api: api('features'), form: form('features') },
    access: 'team.manage',
    summary: 'Switch features of a member with a lower role on and off; those not listed are off',
    params,
    body: z.strictObject({ on: z.array(z.enum(featureKeys)) }),
    response: z.object({ changed: z.literal(true) }),
    errors: ['user.not-found', 'member.own-role', 'role.beyond-own'],
    run: (context, { params: { userId }, body: { on } }) =>
      change(context, userId, (tx, tenantId, given) =>
        members.setFeatures(tx, tenantId, {
          ...given,
          off: () => featureKeys.filter((key) => !on.includes(key)),
        }),
      ),
    answer: async () => ({ changed: true as const }),
    done: ({ name }) => memberCopy.features.done(name),
    then: (_result, { params: { userId } }) => paths.teamMember(userId),
    rerender: rerender('features'),
  }),
  ...(['suspend', 'reactivate'] as const).flatMap((action) =>
    defineAction({
      paths: { api: api(action), form: form(action) },
      access: 'team.manage',
      summary:
        action === 'suspend'
          ? 'Suspend the access of a member with a lower role: sessions here end at once'
          : 'Restore the access of a member',
      params,
      body: z.strictObject({ reason }),
      response: z.object({ changed: z.literal(true) }),
      errors,
      run: (context, { params: { userId }, body }) =>
        change(context, userId, (tx, tenantId, given) =>
          setAccess(tx, tenantId, {
            ...given,
            reason: body.reason,
            status: action === 'suspend' ? 'suspended' : 'active',
          }),
        ),
      answer: async () => ({ changed: true as const }),
      done: ({ name }) => memberCopy[action].done(name),
      then: (_result, { params: { userId } }) => paths.teamMember(userId),
      rerender: rerender(action),
    }),
  ),
  ...defineAction({
    paths: { api: api('remove'), form: form('remove') },
    access: 'team.manage',
    summary: 'Remove a member: access and sessions end at once; an heir gets what they leave',
    params,
    body: z.strictObject({ heirId }),
    response: z.object({ removed: z.literal(true) }),
    errors,
    run: (context, { params: { userId }, body }) => remove(context, userId, body),
    answer: async () => ({ removed: true as const }),
    done: ({ name }) => memberCopy.remove.done(name),
    then: () => paths.team,
    rerender: rerender('remove'),
  }),
  ...defineAction({
    paths: { api: api('transfer'), form: form('transfer') },
    stepUp: true,
    access: 'team.transfer',
    summary: 'Hand over ownership; confirmed by the name of the business',
    params,
    body: z.strictObject({
      confirm: z.string().trim().max(200),
      requestKey: z.uuid('Reload the page and send it again.').optional(),
    }),
    response: z.object({ transferred: z.literal(true) }),
    errors: ['user.not-found', 'member.own-role'],
    run: (context, { params: { userId }, body }) => transfer(context, userId, body),
    answer: async () => ({ transferred: true as const }),
    done: ({ name }) => memberCopy.transfer.done(name),
    then: () => paths.team,
    rerender: rerender('transfer'),
  }),
];
