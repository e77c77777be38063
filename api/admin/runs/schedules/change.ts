import type { z } from 'zod';
import { AppError } from '../../../../db/domain/errors.ts';
import type { EventAction } from '../../../../db/domain/event.ts';
import { idFromKey, PLATFORM_TENANT_ID } from '../../../../db/domain/ids.ts';
import { firingsWithin } from '../../../../db/domain/runs/schedules/firings.ts';
import type { ScheduleSetup } from '../../../../db/domain/runs/schedules/setup.ts';
import { momentsOf } from '../../../../db/domain/runs/schedules/zone-clock.ts';
import * as events from '../../../../db/repos/audit/events.ts';
import * as scheduled from '../../../../db/repos/runs/scheduled.ts';
import * as tenants from '../../../../db/repos/tenants/tenants.ts';
import { schedulesCopy } from '../../../../templates/admin/runs/schedules/copy.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { mostSchedules, type Reach, type Schedule } from '../../../kit/processes/schedules.ts';
import { recordOncePer } from '../../../kit/record-once.ts';
import { assertMember } from '../start/trigger.ts';
import { inputOf, schedulable } from './input.ts';
import { readSchedule } from './read.ts';
import { type backfillBody, mostBackfilled } from './schemas.ts';

interface Change {
  action: EventAction;
  /** In whose log it is written. */
  tenantId: string;
  scheduleId: string;
  /** The same key again is the same request of this person. */
  key: string;
  data: Record<string, string | number | boolean | null>;
}

const slotOf = (context: RequestContext, { action, scheduleId, key }: Change) =>
  `${action}\n${scheduleId}\n${context.actor().id}\n${key}`;

/**
 * Writes the event, once for each request, and then makes the change in Temporal, which is given the event's id. So no
 * change is without its event; where Temporal refuses, a second event says that it failed.
 */
async function recorded(
  context: RequestContext,
  given: Change,
  change: (eventId: string) => Promise<unknown>,
): Promise<void> {
  const { action, tenantId, scheduleId, data } = given;
  const slot = slotOf(context, given);
  const visibility = tenantId === PLATFORM_TENANT_ID ? ('platform' as const) : { tenantId };
  const { by } = context.scope(visibility);
  const event = { action, targets: [{ type: 'schedule' as const, id: scheduleId }], data };
  await recordOncePer(context.deps, slot, { tenantId, by, event });
  try {
    await change(await idFromKey('event', slot));
  } catch (error) {
    const isOpen = error instanceof AppError && error.code === 'schedule.outcome-unknown';
    if (!isOpen) {
      const failed = { ...event, outcome: 'failure' as const };
      await recordOncePer(context.deps, `${slot}\nfailed`, { tenantId, by, event: failed });
    }
    throw error;
  }
}

const timingData = ({ when, overlap, jitterS, catchUpS }: ScheduleSetup) => ({
  when: when.kind === 'cron' ? when.cron : `every ${when.everyS} s`,
  timezone: when.timezone,
  ...{ overlap, jitterS, catchUpS },
});

interface NewSchedule extends ScheduleSetup {
  process: string;
  input: Record<string, unknown>;
  reason: string;
}

/** A deleted schedule must not come back because its request is sent once more. */
const deletionSlot = (scheduleId: string) => `schedule.deleted\n${scheduleId}`;

/**
 * Checks all there is to check of a new schedule. Throws `process.not-found`, `tenant.not-found`, `request.invalid`,
 * `schedule.too-many`.
 */
export async function prepareSchedule(
  context: RequestContext,
  { process, input: given }: Pick<NewSchedule, 'process' | 'input'>,
) {
  const contract = schedulable(context, process);
  const input = inputOf(context, contract, given);
  const tenantId = contract.tenantId(input);
  await context.deps.db.inScope(context.overview(), (tx) => tenants.get(tx, tenantId));
  await assertMember(context, contract, input);
  const all = await context.deps.processes.schedules.list('platform');
  if (all.length >= mostSchedules) throw new AppError('schedule.too-many');
  return { contract, input, tenantId };
}

/**
 * Creates a schedule; the same key again leads to the one that was created with it. Throws what `prepareSchedule`
 * throws, and `schedule.outcome-unknown`.
 */
export async function createSchedule(
  context: RequestContext,
  { process, input: given, reason, ...setup }: NewSchedule,
  key: string,
): Promise<string> {
  const { contract, input, tenantId } = await prepareSchedule(context, { process, input: given });
  const actor = context.actor();
  const id = await idFromKey('schedule', `${actor.id}\n${key}`);
  const deletion = await idFromKey('event', deletionSlot(id));
  const isDeleted = await context.deps.db.inScope(context.overview(), (tx) =>
    events.isRecorded(tx, [tenantId], deletion),
  );
  if (isDeleted) throw new AppError('schedule.not-found');
  const data = { process, ...timingData(setup), reason };
  await recorded(context, { action: 'schedule.created', tenantId, scheduleId: id, key, data }, (note) =>
    context.deps.processes.schedules.create(id, contract, input, { actor, setup, note }),
  );
  return id;
}

/** A change of one schedule, which must be within the person's reach. */
async function changeOne(
  context: RequestContext,
  scheduleId: string,
  given: Pick<Change, 'action' | 'key' | 'data'>,
  change: (eventId: string, schedule: Schedule) => Promise<unknown>,
): Promise<void> {
  const { schedule } = await readSchedule(context, scheduleId);
  const { tenantId, process } = schedule;
  const data = { process, ...given.data };
  await recorded(context, { ...given, tenantId, scheduleId, data }, (eventId) => change(eventId, schedule));
}

/** Changes when and how it starts runs. */
export const changeSchedule = (
  context: RequestContext,
  scheduleId: string,
  { reason, ...setup }: ScheduleSetup & { reason: string },
  key: string,
): Promise<void> =>
  changeOne(
    context,
    scheduleId,
    { action: 'schedule.changed', key, data: { ...timingData(setup), reason } },
    () => context.deps.processes.schedules.update(scheduleId, setup),
  );

/** What can be done to a schedule with no more than a reason. */
export const simpleActions = ['pause', 'resume', 'trigger', 'delete'] as const;
export type SimpleAction = (typeof simpleActions)[number];

const actionEvents = {
  pause: 'schedule.paused',
  resume: 'schedule.resumed',
  trigger: 'schedule.triggered',
} as const satisfies Record<Exclude<SimpleAction, 'delete'>, EventAction>;

/** Does something to a schedule. Throws `schedule.not-found`, `schedule.outcome-unknown`. */
export async function actOnSchedule(
  context: RequestContext,
  scheduleId: string,
  action: SimpleAction,
  reason: string,
  key: string,
): Promise<void> {
  const { schedules } = context.deps.processes;
  if (action === 'delete') {
    const { schedule } = await readSchedule(context, scheduleId);
    await markDeleted(context, schedule, reason);
    await schedules.remove(scheduleId);
    return;
  }
  const given = { action: actionEvents[action], key, data: { reason } };
  await changeOne(context, scheduleId, given, (eventId) => schedules[action](scheduleId, eventId));
}

/** Written once for each schedule, which can be deleted only once. */
async function markDeleted(
  context: RequestContext,
  { id, tenantId, process }: Schedule,
  reason: string,
): Promise<void> {
  const visibility = tenantId === PLATFORM_TENANT_ID ? ('platform' as const) : { tenantId };
  await recordOncePer(context.deps, deletionSlot(id), {
    tenantId,
    by: context.scope(visibility).by,
    event: {
      action: 'schedule.deleted',
      targets: [{ type: 'schedule', id }],
      data: { process, reason },
    },
  });
}

type Backfill = z.output<typeof backfillBody>;

/** A time as it was typed: by its offset, or by the clocks of the schedule's timezone. */
function momentOf(text: string, timezone: string): number {
  if (/(?:Z|[+-]\d\d:?\d\d)$/.test(text)) return Date.parse(text);
  const wall = Date.parse(`${text}Z`);
  return momentsOf(timezone, wall)[0] ?? wall;
}

const invalid = (field: string, message: string) =>
  new AppError('request.invalid', { fields: { [field]: message } });

/** What a backfill would start. Throws `request.invalid` for a span of the future, an empty one, or too many runs. */
export function backfillOf({ when }: Pick<Schedule, 'when'>, { from, to }: Pick<Backfill, 'from' | 'to'>) {
  const fromMs = momentOf(from, when.timezone);
  const toMs = momentOf(to, when.timezone);
  const { backfill } = schedulesCopy;
  if (toMs > Date.now()) throw invalid('to', backfill.future);
  if (fromMs > toMs) throw invalid('to', backfill.reversed);
  const firings = firingsWithin(when, fromMs, toMs, mostBackfilled + 1);
  if (firings.length === 0) throw invalid('from', backfill.none);
  if (firings.length > mostBackfilled) throw invalid('from', backfill.tooMany(mostBackfilled));
  return { fromMs, toMs, firings };
}

export async function backfillSchedule(
  context: RequestContext,
  scheduleId: string,
  { reason, overlap, ...span }: Backfill,
  key: string,
): Promise<number> {
  const { schedule } = await readSchedule(context, scheduleId);
  const { fromMs, toMs, firings } = backfillOf(schedule, span);
  const data = { ...span, overlap, runs: firings.length, reason };
  await changeOne(context, scheduleId, { action: 'schedule.backfilled', key, data }, (eventId) =>
    context.deps.processes.schedules.backfill(scheduleId, eventId, { fromMs, toMs, overlap }),
  );
  return firings.length;
}

/**
 * Pauses or resumes every schedule of a tenant, or of the platform; answers how many it changed. Resumed are those that
 * were paused all at once; what was paused on its own stays so.
 */
export async function actOnAll(
  context: RequestContext,
  action: 'pause' | 'resume',
  { tenantId, reason }: { tenantId?: string | undefined; reason: string },
  key: string,
): Promise<number> {
  const { schedules } = context.deps.processes;
  const reach: Reach = tenantId === undefined ? 'platform' : { tenantId };
  const chain = tenantId ?? PLATFORM_TENANT_ID;
  const pauses = await context.deps.db.inScope(context.overview(), async (tx) => {
    if (tenantId !== undefined) await tenants.get(tx, tenantId);
    return scheduled.listPauses(tx, chain);
  });
  const event = action === 'pause' ? 'schedules.paused' : 'schedules.resumed';
  let changed: string[] = [];
  const change = { action: event, tenantId: chain, scheduleId: 'all', key, data: { reason } } as const;
  await recorded(context, change, async (note) => {
    changed =
      action === 'pause'
        ? await schedules.pauseAll(reach, note)
        : await schedules.resumeAll(reach, new Set(pauses), note);
  });
  return changed.length;
}
