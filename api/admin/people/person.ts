import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { reason } from '../../../db/domain/common.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import { type Role, roleTitles, type TenantRole } from '../../../db/domain/roles.ts';
import * as events from '../../../db/repos/audit/events.ts';
import * as people from '../../../db/repos/people/people.ts';
import { personCopy } from '../../../templates/admin/people/copy.ts';
import { PersonPage } from '../../../templates/admin/people/person.tsx';
import { paths } from '../../../templates/paths.ts';
import { confirmEmailContract } from '../../../workflows/identity/confirm-email.contract.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { keptKey } from '../../kit/idempotency-key.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { subjectLabel } from '../shared/event-labels.ts';
import { actorLabel } from '../shared/names.ts';
import { isoOf, paged } from '../shared/query.ts';
import { readSignIns } from './sign-ins.ts';
import { personStatus } from './view.ts';

const params = z.object({ userId: z.string().regex(idPattern('user')) });
const eventsOnPage = 30;

/** A person within the viewer's reach. Throws `user.not-found` for every other. */
async function readPerson(context: RequestContext, userId: string) {
  const person = await context.deps.db.inScope(context.overview(), (tx) => people.get(tx, userId));
  const signIns = await readSignIns(context, [userId]);
  return { person, lastSignInAt: isoOf(signIns.get(userId) ?? null) };
}

async function readActivity(context: RequestContext, userId: string, cursor: string | undefined) {
  const page = await context.deps.db.inScope(context.overview(), (tx) =>
    events.list(tx, { involving: userId, limit: eventsOnPage, cursor }),
  );
  const items = page.items.map((event) => {
    const by = event.actor.id === userId ? null : actorLabel(event.actor, event.actorName);
    return {
      at: event.occurredAt,
      action: event.action,
      outcome: event.outcome,
      text: [by && personCopy.by(by), subjectLabel(event), event.tenantName].filter(Boolean).join(' · '),
    };
  });
  return { items, nextCursor: page.nextCursor };
}

async function show(
  context: RequestContext,
  userId: string,
  { cursor, refused }: { cursor?: string | undefined; refused?: FormState } = {},
) {
  const { person, lastSignInAt } = await readPerson(context, userId);
  return PersonPage({
    frame: pageContextOf(context),
    person: {
      id: userId,
      name: person.name,
      email: person.email,
      status: personStatus(person),
      platformRole: person.platformRole && roleTitles[person.platformRole as Role],
      createdAt: person.createdAt.toISOString(),
      lastSignInAt,
      memberships: person.memberships.map(({ tenantId, tenantName, role }) => ({
        tenantId,
        tenantName,
        roleTitle: roleTitles[role as TenantRole],
      })),
    },
    activity: await readActivity(context, userId, cursor),
    cursor,
    mayHelp: context.can('people.support'),
    requestKey: keptKey(refused?.values ?? {}),
    ...(refused && { refused }),
  });
}

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

export const personRoutes = [
  definePage({
    path: '/admin/people/:userId',
    access: 'people.read',
    params,
    query: z.object({ cursor: paged.cursor }),
    show: (context, { params: { userId }, query: { cursor } }) => show(context, userId, { cursor }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/people/:userId',
    access: 'people.read',
    summary: 'One person: state, memberships, last sign-in',
    params,
    response: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      status: z.string(),
      platformRole: z.string().nullable(),
      memberships: z.array(z.object({ tenantId: z.string(), tenantName: z.string(), role: z.string() })),
      createdAt: z.string(),
      lastSignInAt: z.string().nullable(),
    }),
    errors: ['user.not-found'],
    async handle(context, { params: { userId } }) {
      const { person, lastSignInAt } = await readPerson(context, userId);
      return {
        ...person,
        status: personStatus(person),
        createdAt: person.createdAt.toISOString(),
        lastSignInAt,
      };
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
    rerender: (context, { params: { userId }, form }) => show(context, userId, { refused: form }),
  }),
];
