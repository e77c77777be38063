import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import * as people from '../../../db/repos/people/people.ts';
import * as users from '../../../db/repos/people/users.ts';
import { personCopy } from '../../../templates/admin/people/copy.ts';
import { paths } from '../../../templates/paths.ts';
import { offboardUserContract } from '../../../workflows/people/offboard-user.contract.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';

const userId = z.string().regex(idPattern('user'));
const offboarding = z.strictObject({
  tenantId: z.string().regex(idPattern('tenant')),
  /** Gets ownership and pending invitations; left out, an owner of the tenant does. */
  heirId: z.preprocess((value) => (value === '' ? null : value), userId.nullable()).optional(),
});

/** Takes a person out of one tenant. Throws `user.not-found`, `member.last-owner`. */
async function offboard(
  context: RequestContext,
  id: string,
  { tenantId, heirId = null }: z.output<typeof offboarding>,
): Promise<{ name: string }> {
  const { person, member } = await context.deps.db.inScope(context.overview(), async (tx) => ({
    person: await people.get(tx, id),
    member: (await users.listMembers(tx, tenantId)).find((one) => one.id === id),
  }));
  if (!member) throw new AppError('user.not-found');
  await context.deps.processes.startWithUpdate(
    offboardUserContract,
    { tenantId, userId: id, joinedAtMs: member.joinedAt.getTime(), heirId, by: context.actor() },
    context.actor(),
    'memberRemoved',
    null,
  );
  return { name: person.name };
}

export const offboardRoutes = defineAction({
  paths: { api: '/api/admin/people/:userId/offboard', form: '/admin/people/:userId/offboard' },
  access: 'people.offboard',
  stepUp: true,
  summary: 'Take a person out of a tenant: access ends at once, work is handed over, a receipt is sent',
  params: z.object({ userId }),
  body: offboarding,
  response: z.object({ offboarded: z.literal(true) }),
  errors: ['user.not-found', 'member.last-owner', 'process.timeout'],
  run: (context, { params, body }) => offboard(context, params.userId, body),
  answer: async () => ({ offboarded: true as const }),
  done: ({ name }) => personCopy.offboard.done(name),
  then: (_result, { params }) => paths.person(params.userId),
  refusedTo: ({ userId: id }) => paths.person(id),
});
