import type { ScheduleDescription, ScheduleSpec, ScheduleSummary } from '@temporalio/client';
import type { OverlapPolicy, ScheduleSetup } from '../../../db/domain/runs/schedules/setup.ts';
import type { Timing } from '../../../db/domain/runs/schedules/timing.ts';

type TemporalOverlap = ScheduleDescription['policies']['overlap'];

const overlaps = {
  skip: 'SKIP',
  bufferOne: 'BUFFER_ONE',
  bufferAll: 'BUFFER_ALL',
  cancelOther: 'CANCEL_OTHER',
  allowAll: 'ALLOW_ALL',
} as const satisfies Record<OverlapPolicy, TemporalOverlap>;

export const toOverlap = (policy: OverlapPolicy) => overlaps[policy];

const fromOverlap = (policy: TemporalOverlap): OverlapPolicy =>
  (Object.keys(overlaps) as OverlapPolicy[]).find((key) => overlaps[key] === policy) ?? 'skip';

/** Temporal takes a cron expression apart and keeps only its comment as it was: so the expression is that, too. */
export function toSpec(when: Timing, jitterS = 0): ScheduleSpec {
  const common = { timezone: when.timezone, ...(jitterS > 0 && { jitter: jitterS * 1_000 }) };
  return when.kind === 'cron'
    ? { ...common, cronExpressions: [`${when.cron} # ${when.cron}`] }
    : { ...common, intervals: [{ every: when.everyS * 1_000 }] };
}

/** When a schedule starts runs; null for one that wasn't made here. */
export function timingOf(spec: ScheduleSummary['spec']): Timing | null {
  const timezone = spec?.timezone || 'UTC';
  const cron = spec?.calendars?.[0]?.comment;
  if (cron) return { kind: 'cron', cron, timezone };
  const everyMs = spec?.intervals?.[0]?.every;
  return everyMs ? { kind: 'interval', everyS: everyMs / 1_000, timezone } : null;
}

export function toPolicies({ overlap, catchUpS }: ScheduleSetup) {
  return { overlap: toOverlap(overlap), catchupWindow: catchUpS * 1_000 };
}

export function setupOf({ spec, policies }: ScheduleDescription, when: Timing): ScheduleSetup {
  return {
    when,
    overlap: fromOverlap(policies.overlap),
    jitterS: (spec.jitter ?? 0) / 1_000,
    catchUpS: policies.catchupWindow / 1_000,
  };
}
