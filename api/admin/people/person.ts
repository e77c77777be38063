import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { reason } from '../../../db/domain/common.ts';
import * as events from '../../../db/repos/audit/events.ts';
import { personCopy } from '../../../templates/admin/people/copy.ts';
import { paths } from '../../../templates/paths.ts';
import { confirmEmailContract } from '../../../workflows/identity/confirm-email.contract.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { PersonTab, RerenderPerson } from '../../kit/contributions.ts';
import { type AnyRoute, definePage, defineRoute } from '../../kit/route.ts';
import { day, optionalParam, paged } from '../shared/query.ts';
import { personPage, personParams as params, readPerson } from './person-page.ts';
import { personItem, toItem } from './view.ts';
import { dayMs } from '../../../db/domain/time.ts';

/** Who had the email sent and why, once, however often the same request came. */
async function record(
  context: RequestContext,
  run: { workflowId: string; runId: string },
  about: { tenantId: string; userId: string; reason: string },
): Promise<void> {
  const { tenantId, userId } = about;
  const { visibility, by } = context.scope({ tenantId });
  const scope = { visibility, by: { ...by, context: { ...by.context, ...run } } };
  const action = 'user.confirmation-resent';
  await context.deps.db.inScope(scope, async (tx) => {
    const before = await events.list(tx, { tenantId, workflowId: run.workflowId, action, limit: 50 });
    if (before.items.some((event) => event.context.runId === run.runId)) return;
    tx.record({ action, targets: [{ type: 'user', id: userId }], data: { reason: about.reason } });
  });
}

const confirmation = z.strictObject({
  reason,
  requestKey: z.uuid('Reload the page and send it again.').optional(),
});

/** Starts the email once per request key. Throws `user.not-found`, `user.already-confirmed`, `run.conflict`. */
async function resend(
  context: RequestContext,
  userId: string,
  { reason: why, requestKey = crypto.randomUUID() }: z.output<typeof confirmation>,
): Promise<{ email: string }> {
  const { person } = await readPerson(context, userId);
  const [membership] = person.memberships;
  if (person.emailVerifiedAt || !membership) throw new AppError('user.already-confirmed');
  const { tenantId } = membership;
  const actor = context.actor();
  // Keys are per person: one never leads to what another person began.
  const requestId = createHash('sha256')
    .update(`${actor.id}\n${userId}\n${requestKey}`)
    .digest('hex')
    .slice(0, 40);
  const run = await context.deps.processes.start(
    confirmEmailContract,
    { tenantId, userId },
    actor,
    requestId,
  );
  await record(context, run, { tenantId, userId, reason: why });
  return { email: person.email };
}

/** The page of a person and what it shows. */
export const personRoutes = (tabs: readonly PersonTab[], rerender: RerenderPerson): AnyRoute[] => [
  definePage({
    path: '/admin/people/:userId',
    access: 'people.read',
    params,
    query: z.object({
      tab: z.string().max(40).catch(''),
      cursor: paged.cursor,
      action: optionalParam(z.string().max(60)).catch(undefined),
      from: day.catch(undefined),
      to: day.catch(undefined),
    }),
    show: (context, { params: { userId }, query: { to, ...query } }) =>
      // The last day counts as a whole.
      personPage(context, tabs, userId, { ...query, to: to && new Date(to.getTime() + dayMs) }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/people/:userId',
    access: 'people.read',
    summary: 'One person: state, second factor, memberships, last sign-in',
    params,
    response: personItem,
    errors: ['user.not-found'],
    async handle(context, { params: { userId } }) {
      const { person, lastSignInAt } = await readPerson(context, userId);
      return toItem(person, lastSignInAt);
    },
  }),
  ...defineAction({
    paths: {
      api: '/api/admin/people/:userId/confirmation',
      form: '/admin/people/:userId/confirmation',
    },
    access: 'people.support',
    summary: 'Send a person a new confirmation email; repeating a requestKey sends no second one',
    params,
    body: confirmation,
    status: 202,
    response: z.object({ sent: z.literal(true) }),
    errors: ['user.not-found', 'user.already-confirmed', 'run.conflict'],
    run: (context, { params: { userId }, body }) => resend(context, userId, body),
    answer: async () => ({ sent: true as const }),
    done: ({ email }) => personCopy.resend.done(email),
    then: (_result, { params: { userId } }) => paths.person(userId),
    rerender: (context, { params: { userId }, form }) =>
      rerender(context, userId, { action: 'confirmation', form }),
  }),
];
