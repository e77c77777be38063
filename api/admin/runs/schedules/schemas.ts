import { z } from 'zod';
import { reason } from '../../../../db/domain/common.ts';
import { idPattern } from '../../../../db/domain/ids.ts';
import { runStates } from '../../../../db/domain/progress.ts';
import { type Firing, nextFirings } from '../../../../db/domain/runs/schedules/firings.ts';
import { overlapPolicies, setupFields } from '../../../../db/domain/runs/schedules/setup.ts';
import type { Timing } from '../../../../db/domain/runs/schedules/timing.ts';
import { optionalParam } from '../../shared/query.ts';
import type { SeenSchedule } from './read.ts';

export const scheduleParams = z.object({ scheduleId: z.string().regex(idPattern('schedule')) });

/** What every new schedule is given; the input is described by its process. */
export const createBody = z.strictObject({
  process: z.string('Name the process.').min(1, 'Name the process.').max(60),
  input: z.record(z.string(), z.unknown()).default({}),
  ...setupFields,
  reason,
});
export const changeBody = z.strictObject({ ...setupFields, reason });
export const reasonBody = z.strictObject({ reason });
/** Of one tenant, or of the whole platform. */
export const allBody = z.strictObject({
  tenantId: optionalParam(z.string().regex(idPattern('tenant'), 'Choose a tenant.')),
  reason,
});

/** More runs at once are a job for a bulk operation. */
export const mostBackfilled = 200;
const moment = z.iso.datetime({
  offset: true,
  local: true,
  error: 'Enter a date and time such as 2026-11-30T09:00.',
});
export const backfillBody = z.strictObject({
  /** Without an offset, by the clocks of the schedule's timezone. */
  from: moment,
  to: moment,
  overlap: z.enum(overlapPolicies, 'Choose an option.').default('bufferAll'),
  reason,
});

export const previewBody = z.strictObject({ when: setupFields.when });
export const nextQuery = z.object({
  count: optionalParam(z.coerce.number().int().min(1).max(50).default(10)),
});
export const listQuery = z.object({
  tenant: optionalParam(z.string().max(60)),
  process: optionalParam(z.string().max(60)),
  paused: optionalParam(z.enum(['yes', 'no'])),
});

const firing = z.object({
  /** Of a skipped one, when the clocks are put forward over it. */
  at: z.string(),
  /** What the clocks of the timezone show: 2026-11-30T09:00. */
  local: z.string(),
  clock: z.enum(['ordinary', 'skipped', 'first', 'second']),
});
export const firings = z.object({ items: z.array(firing), nextCursor: z.null() });

export const toFiring = ({ atMs, wall, clock }: Firing) => ({
  at: new Date(atMs).toISOString(),
  local: new Date(wall).toISOString().slice(0, 16),
  clock,
});
export const nextOf = (when: Timing, count = 10) => ({
  items: nextFirings(when, Date.now(), count).map(toFiring),
  nextCursor: null,
});

const when = z.union([
  z.object({ kind: z.literal('cron'), cron: z.string(), timezone: z.string() }),
  z.object({ kind: z.literal('interval'), everyS: z.number(), timezone: z.string() }),
]);
const run = z.object({
  runId: z.string(),
  /** Null until it is listed. */
  state: z.enum(runStates).nullable(),
  plannedAt: z.string(),
  startedAt: z.string(),
});
const item = z.object({
  id: z.string(),
  process: z.string(),
  tenant: z.object({ id: z.string(), name: z.string() }).nullable(),
  subject: z.string(),
  when,
  paused: z.boolean(),
  /** Why it is paused, as far as the caller may know. */
  hold: z
    .object({ since: z.string().nullable(), by: z.string().nullable(), reason: z.string().nullable() })
    .nullable(),
  /** Null while it is paused. */
  nextAt: z.string().nullable(),
  lastRun: run.nullable(),
  /** Schedules that start the same process for the same tenant in the same minute. */
  collidesWith: z.array(z.string()),
});
const endless = z.object({
  process: z.string(),
  runId: z.string().nullable(),
  nextAt: z.string().nullable(),
});

export const scheduleList = z.object({
  items: z.array(item),
  /** Processes of the platform that never end and work at their own times. */
  platform: z.array(endless),
  nextCursor: z.null(),
});

export const scheduleDetail = item.extend({
  overlap: z.enum(overlapPolicies),
  jitterS: z.number(),
  catchUpS: z.number(),
  input: z.record(z.string(), z.unknown()),
  createdAt: z.string(),
  changedAt: z.string().nullable(),
  counts: z.object({ taken: z.number(), missed: z.number(), skipped: z.number() }),
  runs: z.array(run),
});

export function toItem({
  recent: _recent,
  nextAtMs,
  runs,
  note: _note,
  by: _by,
  tenantId: _id,
  ...seen
}: SeenSchedule) {
  return {
    ...seen,
    nextAt: nextAtMs === null ? null : new Date(nextAtMs).toISOString(),
    lastRun: runs[0] ?? null,
  };
}
