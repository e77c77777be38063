import { z } from 'zod';
import { deviceName } from '../../../db/domain/identity/device.ts';
import { type SessionEnd, sessionEnds } from '../../../db/domain/identity/session.ts';
import * as sessions from '../../../db/repos/identity/sessions.ts';
import { sessionsCopy as copy } from '../../../templates/admin/identity/copy.ts';
import { type SessionRow, PersonSessionsPage } from '../../../templates/admin/identity/person-sessions.tsx';
import { paths } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { keptKey } from '../../kit/idempotency-key.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { isoOf } from '../shared/query.ts';
import { personParams as params, personWithHome, revocation, revoke, revoked, sessionId } from './revoke.ts';

const most = 100;

const sessionItem = z.object({
  id: z.string(),
  device: z.string(),
  ip: z.string().nullable(),
  startedAt: z.string(),
  lastSeenAt: z.string(),
  secondFactor: z.boolean(),
  tenantName: z.string().nullable(),
  viewedBy: z.string().nullable(),
  endedAt: z.string().nullable(),
  ended: z.string().nullable(),
  endedBy: z.string().nullable(),
});

/** Why a session is over, in words; null for an open one. */
const endOf = (endedAt: Date | null, reason: SessionEnd | null): string | null =>
  endedAt && (reason ? sessionEnds[reason] : copy.expired);

async function readSessions(context: RequestContext, userId: string): Promise<SessionRow[]> {
  const found = await context.deps.db.inScope(context.scope('platform'), (tx) =>
    sessions.listOfPerson(tx, userId, most),
  );
  return found.map(({ userAgent, startedAt, lastSeenAt, endedAt, endReason, ...rest }) => ({
    ...rest,
    device: deviceName(userAgent),
    startedAt: startedAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    endedAt: isoOf(endedAt),
    ended: endOf(endedAt, endReason),
  }));
}

async function show(
  context: RequestContext,
  userId: string,
  refused?: { action: 'revoke' | 'reset'; form: FormState },
) {
  const { person } = await personWithHome(context, userId);
  return PersonSessionsPage({
    frame: pageContextOf(context),
    person: { id: userId, name: person.name },
    sessions: await readSessions(context, userId),
    ownSessionId: context.person().sessionId,
    requestKey: keptKey(refused?.form.values ?? {}),
    ...(refused && { refused }),
  });
}

const errors = ['user.not-found', 'session.not-found', 'process.timeout'];

export const personSessionRoutes = [
  definePage({
    path: '/admin/people/:userId/sessions',
    access: 'sessions.revoke',
    params,
    show: (context, { params: { userId } }) => show(context, userId),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/people/:userId/sessions',
    access: 'sessions.revoke',
    summary: 'Sessions of a person, open ones first; ended ones say when, why and by whom',
    params,
    response: z.object({ items: z.array(sessionItem) }),
    errors: ['user.not-found'],
    async handle(context, { params: { userId } }) {
      await personWithHome(context, userId);
      return { items: await readSessions(context, userId) };
    },
  }),
  ...defineAction({
    paths: {
      api: '/api/admin/people/:userId/sessions/revoke',
      form: '/admin/people/:userId/sessions/revoke',
    },
    access: 'sessions.revoke',
    summary: 'End one session of a person, or all of them; from the answer on nothing is accepted with them',
    params,
    body: revocation.extend({ sessionId: sessionId.optional() }),
    response: revoked,
    errors,
    async run(context, { params: { userId }, body: { sessionId: id, ...asked } }) {
      const { tenantId } = await personWithHome(context, userId);
      const target = id
        ? { kind: 'session' as const, sessionId: id, userId }
        : { kind: 'person' as const, userId };
      return revoke(context, tenantId, target, asked);
    },
    answer: async (_context, result) => result,
    done: ({ ended }) => copy.done(ended),
    then: (_result, { params: { userId } }) => paths.personSessions(userId),
    rerender: (context, { params: { userId }, form }) => show(context, userId, { action: 'revoke', form }),
  }),
  ...defineAction({
    paths: {
      api: '/api/admin/people/:userId/force-password-reset',
      form: '/admin/people/:userId/force-password-reset',
    },
    access: 'sessions.revoke',
    summary: 'End all sessions of a person, who then has to choose a new password',
    params,
    body: revocation,
    response: revoked,
    errors,
    async run(context, { params: { userId }, body }) {
      const { tenantId } = await personWithHome(context, userId);
      return revoke(context, tenantId, { kind: 'person', userId }, body, { forcePasswordReset: true });
    },
    answer: async (_context, result) => result,
    done: () => copy.reset.done,
    then: (_result, { params: { userId } }) => paths.personSessions(userId),
    rerender: (context, { params: { userId }, form }) => show(context, userId, { action: 'reset', form }),
  }),
];
