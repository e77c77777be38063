import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import { tenantRoles } from '../../../db/domain/roles.ts';
import * as members from '../../../db/repos/people/members.ts';
import * as users from '../../../db/repos/people/users.ts';
import { memberCopy } from '../../../templates/client/people/copy.ts';
import { type MemberAction, MemberPage } from '../../../templates/client/people/member.tsx';
import { paths } from '../../../templates/paths.ts';
import { removeMemberContract } from '../../../workflows/people/remove-member.contract.ts';
import { transferOwnershipContract } from '../../../workflows/people/transfer-ownership.contract.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { keptKey } from '../../kit/idempotency-key.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, type FormState } from '../../kit/route.ts';
import { toMember } from './team.ts';

const params = z.object({ userId: z.string().regex(idPattern('user')) });

/** A member of the viewer's team. Throws `user.not-found`. */
async function readMember(context: RequestContext, userId: string): Promise<users.Member> {
  const scope = context.tenant();
  const team = await context.deps.db.inScope(scope, (tx) => users.listMembers(tx, scope.tenantId));
  const member = team.find(({ id }) => id === userId);
  if (!member) throw new AppError('user.not-found');
  return member;
}

async function show(
  context: RequestContext,
  userId: string,
  refused?: { action: MemberAction; form: FormState },
) {
  const viewer = context.person();
  const member = await readMember(context, userId);
  return MemberPage({
    frame: pageContextOf(context),
    business: viewer.tenant?.name ?? '',
    member: toMember(member),
    own: viewer.userId === userId,
    viewerIsOwner: context.can('team.transfer'),
    requestKey: keptKey(refused?.form.values ?? {}),
    ...(refused && { refused }),
  });
}

const rerender =
  (action: MemberAction) =>
  (context: RequestContext, { params: at, form }: { params: { userId: string }; form: FormState }) =>
    show(context, at.userId, { action, form });

async function changeRole(
  context: RequestContext,
  userId: string,
  { role }: { role: (typeof tenantRoles)[number] },
): Promise<{ name: string }> {
  const scope = context.tenant();
  const { userId: by } = context.person();
  const { name } = await readMember(context, userId);
  await context.deps.db.inScope(scope, (tx) => members.changeRole(tx, scope.tenantId, { userId, role, by }));
  return { name };
}

async function remove(context: RequestContext, userId: string): Promise<{ name: string }> {
  const { tenantId } = context.tenant();
  const { userId: by } = context.person();
  const { name, joinedAt } = await readMember(context, userId);
  await context.deps.processes.startWithUpdate(
    removeMemberContract,
    { tenantId, userId, joinedAtMs: joinedAt.getTime(), by },
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
  const { name } = await readMember(context, userId);
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

const errors = ['user.not-found', 'member.own-role', 'member.last-owner'];
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
    summary: 'Change the role of a member; only owners make owners',
    params,
    body: z.strictObject({ role: z.enum(tenantRoles, 'Choose a role from the list.') }),
    response: z.object({ changed: z.literal(true) }),
    errors,
    run: (context, { params: { userId }, body }) => changeRole(context, userId, body),
    answer: async () => ({ changed: true as const }),
    done: ({ name }) => memberCopy.role.done(name),
    then: (_result, { params: { userId } }) => paths.teamMember(userId),
    rerender: rerender('role'),
  }),
  ...defineAction({
    paths: { api: api('remove'), form: form('remove') },
    access: 'team.manage',
    summary: 'Remove a member: access and sessions end at once',
    params,
    response: z.object({ removed: z.literal(true) }),
    errors,
    run: (context, { params: { userId } }) => remove(context, userId),
    answer: async () => ({ removed: true as const }),
    done: ({ name }) => memberCopy.remove.done(name),
    then: () => paths.team,
    rerender: rerender('remove'),
  }),
  ...defineAction({
    paths: { api: api('transfer'), form: form('transfer') },
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
