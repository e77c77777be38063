import type { RunState } from '../../../../db/domain/progress.ts';
import type { Timing } from '../../../../db/domain/runs/schedules/timing.ts';
import type { Hold } from '../../../../db/domain/runs/why/cause.ts';
import type { FormState } from '../../../ui/form-state.tsx';

/** A run that a schedule has started; its state is null until it is listed. */
export interface ScheduleRun {
  runId: string;
  state: RunState | null;
  plannedAt: string;
  startedAt: string;
}

/** A schedule as its list shows it. */
export interface ScheduleRow {
  id: string;
  processTitle: string;
  /** The server it is about; null where it is about none. */
  about: string | null;
  tenant: { id: string; name: string } | null;
  when: Timing;
  paused: boolean;
  hold: Hold | null;
  /** ISO; null while it is paused. */
  nextAt: string | null;
  lastRun: ScheduleRun | null;
  /** How many others start the same at the same time. */
  collisions: number;
}

/** A planned time. */
export interface PlannedTime {
  /** ISO. */
  at: string;
  /** What the clocks of the timezone show: 2026-11-30T09:00. */
  local: string;
  clock: 'ordinary' | 'skipped' | 'first' | 'second';
}

export type ScheduleAction = 'pause' | 'resume' | 'trigger' | 'delete';

/** A form that was refused: its dialog opens again. */
export interface RefusedSchedule<Action extends string = ScheduleAction> {
  action: Action;
  state: FormState;
}
