import { z } from 'zod';
import { idPattern } from '../../../db/domain/ids.ts';
import { eventActions, type EventBody } from '../../../db/domain/event.ts';
import { deviceName } from '../../../db/domain/identity/device.ts';
import { sessionEnds } from '../../../db/domain/identity/session.ts';
import * as factors from '../../../db/repos/identity/second-factors.ts';
import * as securityEvents from '../../../db/repos/identity/security-events.ts';
import * as sessions from '../../../db/repos/identity/sessions.ts';
import type { Tx } from '../../../db/scope.ts';
import { paths } from '../../../templates/paths.ts';
import { securityCenterCopy as copy } from '../../../templates/public/identity/copy.ts';
import { SecurityCenterPage } from '../../../templates/public/identity/security-center.tsx';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute } from '../../kit/route.ts';
import { scopeOfPerson } from '../shared/second-factor.ts';
import { filedUnder } from './own-account.ts';

/** As many devices as a person can look through; with more of them, those that ended longest ago are left out. */
const mostSessions = 50;
const mostEvents = 20;

const reading = (context: RequestContext) => ({ ...context.scope('platform'), readOnly: true });

/** Why a session is over; null while it is open. */
function endReasonOf({ endedAt, endReason }: sessions.ListedSession): string | null {
  if (endedAt === null) return null;
  return endReason ? sessionEnds[endReason] : copy.expired;
}

async function readSessions(tx: Tx, userId: string, currentId: string) {
  const found = await sessions.listOfPerson(tx, userId, mostSessions);
  return found.map((one) => ({
    id: one.id,
    device: deviceName(one.userAgent),
    // Where an administrator is who views as this person is not the person’s business.
    ip: one.viewedBy === null ? one.ip : null,
    startedAt: one.startedAt.toISOString(),
    lastSeenAt: one.lastSeenAt.toISOString(),
    current: one.id === currentId,
    secondFactor: one.secondFactor,
    view: one.viewedBy !== null,
    open: one.endedAt === null,
    endedAt: one.endedAt?.toISOString() ?? null,
    endedBy: one.endedBy,
    endReason: endReasonOf(one),
  }));
}

/** An event in words. From where someone else acted is not the person's business. */
function eventRow({ action, actor, occurredAt, context: from }: EventBody, userId: string) {
  const isOther = actor.type === 'user' && actor.id !== userId;
  return {
    text: eventActions[action],
    at: occurredAt,
    by: isOther ? copy.administrator : null,
    device: from.userAgent && !isOther ? deviceName(from.userAgent) : null,
    ip: isOther ? null : (from.ip ?? null),
  };
}

async function show(context: RequestContext) {
  const { userId, sessionId, hasSecondFactor } = context.person();
  const found = await context.deps.db.inScope(reading(context), async (tx) => ({
    sessions: await readSessions(tx, userId, sessionId),
    events: await securityEvents.listOf(tx, userId, mostEvents),
    codesLeft: await factors.countBackupCodes(tx, userId),
  }));
  return SecurityCenterPage({
    frame: pageContextOf(context),
    hasSecondFactor,
    codesLeft: found.codesLeft,
    sessions: found.sessions,
    events: found.events.map((event) => eventRow(event, userId)),
  });
}

/** Throws `session.not-found`. */
async function endOne(context: RequestContext, sessionId: string): Promise<void> {
  const { userId } = context.person();
  await context.deps.db.inScope(scopeOfPerson(context, userId), (tx) =>
    sessions.endOwn(tx, { userId, sessionId, ...filedUnder(context) }),
  );
}

async function endOthers(context: RequestContext): Promise<{ ended: number }> {
  const { userId, sessionId } = context.person();
  const others = { userId, but: sessionId, reason: 'signed-out-others', ...filedUnder(context) } as const;
  return {
    ended: await context.deps.db.inScope(scopeOfPerson(context, userId), (tx) =>
      sessions.endAllOf(tx, others),
    ),
  };
}

const own = { access: 'account.secure', whileViewing: 'never' } as const;

const listed = z.object({
  id: z.string(),
  device: z.string(),
  ip: z.string().nullable(),
  startedAt: z.string(),
  lastSeenAt: z.string(),
  current: z.boolean(),
  secondFactor: z.boolean(),
  view: z.boolean(),
  open: z.boolean(),
  endedAt: z.string().nullable(),
  endedBy: z.string().nullable(),
  endReason: z.string().nullable(),
});

export const securityCenterRoutes = [
  definePage({ path: paths.accountSecurity, ...own, show }),
  defineRoute({
    method: 'GET',
    path: '/api/client/sessions',
    ...own,
    summary: 'Your sessions: the open ones first, then those that ended',
    response: z.object({ items: z.array(listed) }),
    async handle(context) {
      const { userId, sessionId } = context.person();
      const items = await context.deps.db.inScope(reading(context), (tx) =>
        readSessions(tx, userId, sessionId),
      );
      return { items };
    },
  }),
  ...defineAction({
    paths: {
      api: '/api/client/sessions/:sessionId/revoke',
      form: '/account/security/sessions/:sessionId/end',
    },
    ...own,
    summary: 'Sign out one of your devices',
    params: z.object({ sessionId: z.string().regex(idPattern('session')) }),
    response: z.object({ ended: z.literal(true) }),
    errors: ['session.not-found'],
    run: (context, { params: { sessionId } }) => endOne(context, sessionId),
    answer: async () => ({ ended: true as const }),
    done: () => copy.endedOne,
    then: () => paths.accountSecurity,
  }),
  ...defineAction({
    paths: { api: '/api/client/sessions/revoke-others', form: paths.ownSessionsEndOthers },
    ...own,
    summary: 'Sign out all your other devices',
    response: z.object({ ended: z.number() }),
    run: (context) => endOthers(context),
    answer: async (_context, { ended }) => ({ ended }),
    done: ({ ended }) => copy.endedOthers(ended),
    then: () => paths.accountSecurity,
  }),
];
