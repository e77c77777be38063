import { z } from 'zod';
import { reason } from '../../../db/domain/common.ts';
import * as accounts from '../../../db/repos/people/accounts.ts';
import { personCopy } from '../../../templates/admin/people/copy.ts';
import { paths } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { RerenderPerson } from '../../kit/contributions.ts';
import type { AnyRoute } from '../../kit/route.ts';
import { personParams as params } from './person-page.ts';

const role = z.strictObject({
  role: z.enum(['client', 'partner', 'superAdmin'], 'Choose a role from the list.'),
  /** Only for a partner. */
  partnerId: z
    .string()
    .max(60)
    .transform((id) => id || null)
    .nullish(),
  reason,
});
const why = z.strictObject({ reason });
const changed = z.object({ changed: z.boolean() });
const errors = ['user.not-found', 'member.own-role', 'member.last-owner', 'user.last-super-admin'];

const act = <T>(context: RequestContext, work: Parameters<typeof context.deps.db.inScope<T>>[1]) =>
  context.deps.db.inScope(context.scope('platform'), work);

/** What a super admin does to an account: everything takes effect with the next request of its person. */
export const accountRoutes = (rerender: RerenderPerson): AnyRoute[] => [
  ...defineAction({
    paths: { api: '/api/admin/people/:userId/role', form: '/admin/people/:userId/role' },
    access: 'people.manage',
    stepUp: true,
    summary: 'Make a person a client, a partner or a super admin; changed is false where they are already',
    params,
    body: role,
    response: changed,
    errors: [...errors, 'partner.not-found'],
    run: async (context, { params: { userId }, body }) => ({
      changed: await act(context, (tx) =>
        accounts.setPlatformRole(tx, {
          userId,
          by: context.person().userId,
          reason: body.reason,
          role: body.role === 'client' ? null : body.role,
          partnerId: body.partnerId ?? null,
        }),
      ),
    }),
    answer: async (_context, result) => result,
    done: () => personCopy.role.done,
    then: (_result, { params: { userId } }) => paths.person(userId),
    rerender: (context, { params: { userId }, form }) => rerender(context, userId, { action: 'role', form }),
  }),
  ...(['suspend', 'reactivate'] as const).flatMap((action) =>
    defineAction({
      paths: { api: `/api/admin/people/:userId/${action}`, form: `/admin/people/:userId/${action}` },
      access: 'people.manage',
      stepUp: true,
      summary:
        action === 'suspend'
          ? 'Suspend an account everywhere: its sessions end at once'
          : 'Reactivate an account; the person signs in again',
      params,
      body: why,
      response: changed,
      errors,
      run: async (context, { params: { userId }, body }) => ({
        changed: await act(context, (tx) =>
          accounts.setStatus(tx, {
            userId,
            by: context.person().userId,
            reason: body.reason,
            status: action === 'suspend' ? 'suspended' : 'active',
          }),
        ),
      }),
      answer: async (_context, result) => result,
      done: () => personCopy[action].done,
      then: (_result, { params: { userId } }) => paths.person(userId),
      rerender: (context, { params: { userId }, form }) => rerender(context, userId, { action, form }),
    }),
  ),
];
