import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  ScheduleNotFoundError,
  type ScheduleOptionsAction,
  type ScheduleSummary,
} from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';
import { TypedSearchAttributes } from '@temporalio/common';
import { AppError } from '../../../db/domain/errors.ts';
import type { OverlapPolicy, ScheduleSetup } from '../../../db/domain/runs/schedules/setup.ts';
import type { Timing } from '../../../db/domain/runs/schedules/timing.ts';
import type { Identity, InputOf, ProcessDeclaration } from '../../../workflows/define.ts';
import { scheduledOptions } from '../../../workflows/start-options.ts';
import { answered, answeredSoon } from './errors.ts';
import { setupOf, timingOf, toOverlap, toPolicies, toSpec } from './schedule-spec.ts';

/** What a schedule is about: fixed when it is created. */
interface ScheduleSubject {
  tenantId: string;
  /** Name of the process. */
  process: string;
  /** What each run is about, as its contract says. */
  subject: string;
  /** Id of the actor who created it. */
  by: string;
}

/** A run that a schedule has started. */
export interface ScheduledRun {
  workflowId: string;
  runId: string;
  /** ISO time for which it was planned. */
  plannedAt: string;
  startedAt: string;
}

/** A schedule as lists show it; Temporal's list is a moment behind. */
export interface ListedSchedule extends ScheduleSubject {
  id: string;
  when: Timing;
  paused: boolean;
  /** What was noted when it was paused or resumed last: the id of that event. */
  note: string | null;
  /** Newest first. */
  recent: ScheduledRun[];
}

/** A schedule as it is now. */
export interface Schedule extends ListedSchedule {
  setup: ScheduleSetup;
  input: unknown;
  createdAt: string;
  changedAt: string | null;
  /** Runs started, starts missed while the platform was away, and starts left out because a run was still open. */
  counts: { taken: number; missed: number; skipped: number };
  /** Planned times as Temporal has them, with jitter; ISO. */
  nextAt: string[];
}

/** Lists end here; a platform with more of them needs paging first. */
export const mostSchedules = 500;
const pageSize = 100;
/** Schedules are paused and resumed so many at a time. */
const atOnce = 5;

const memoKey = 'schedule';

function listed({ scheduleId, memo, spec, state, info }: ScheduleSummary): ListedSchedule | null {
  const about = memo?.[memoKey] as ScheduleSubject | undefined;
  const when = timingOf(spec);
  // Whatever else was put into this namespace is not ours to show.
  if (!about || !when) return null;
  return {
    ...{ id: scheduleId, when, paused: state.paused, note: state.note || null },
    ...{ tenantId: about.tenantId, process: about.process, subject: about.subject, by: about.by },
    recent: info.recentActions
      .map(({ scheduledAt, takenAt, action: { workflow } }) => ({
        workflowId: workflow.workflowId,
        runId: workflow.firstExecutionRunId,
        plannedAt: scheduledAt.toISOString(),
        startedAt: takenAt.toISOString(),
      }))
      .reverse(),
  };
}

function detailed(found: ScheduleDescription): Schedule | null {
  const common = listed(found as unknown as ScheduleSummary);
  if (!common) return null;
  const { info, action } = found;
  return {
    ...common,
    setup: setupOf(found, common.when),
    input: action.args?.[0],
    createdAt: info.createdAt.toISOString(),
    changedAt: info.lastUpdatedAt?.toISOString() ?? null,
    counts: {
      taken: info.numActionsTaken,
      missed: info.numActionsMissedCatchupWindow,
      skipped: info.numActionsSkippedOverlap,
    },
    nextAt: info.nextActionTimes.map((at) => at.toISOString()),
  };
}

/** Codes that leave open whether Temporal has done what it was asked for. */
const open = ['process.timeout', 'service.unavailable'];

/**
 * Asks Temporal for a change. Throws `schedule.not-found`; `schedule.outcome-unknown` where no answer came, which is no
 * reason to ask again without a look.
 */
async function change<T>(client: Client, call: () => Promise<T>): Promise<T> {
  try {
    return await answered(client, call);
  } catch (error) {
    if (error instanceof AppError && open.includes(error.code))
      throw new AppError('schedule.outcome-unknown', { cause: error });
    throw toNotFound(error);
  }
}

const toNotFound = (error: unknown): unknown =>
  error instanceof ScheduleNotFoundError || /already completed/.test(String((error as Error).message))
    ? new AppError('schedule.not-found', { cause: error })
    : error;

/** The reach of a pause: one tenant, or everything. */
export type Reach = { tenantId: string } | 'platform';

/** Schedules as Temporal keeps them: it is the only place where they are. */
export function scheduling(client: Client) {
  /** A change that is made once for each key, however often it is asked for. */
  const patch = (id: string, requestKey: string, given: temporal.api.schedule.v1.ISchedulePatch) =>
    change(client, () =>
      client.workflowService.patchSchedule({
        namespace: client.options.namespace,
        identity: client.options.identity,
        scheduleId: id,
        requestId: requestKey,
        patch: given,
      }),
    ).catch((error: unknown) => {
      const { code } = error as { code?: unknown };
      // gRPC's NOT_FOUND.
      throw code === 5 ? new AppError('schedule.not-found', { cause: error }) : error;
    });
  const pause = (id: string, note: string): Promise<unknown> => patch(id, `pause ${note}`, { pause: note });
  const resume = (id: string, note: string): Promise<unknown> =>
    patch(id, `resume ${note}`, { unpause: note });

  async function list(reach: Reach, ask: typeof answered = answered): Promise<ListedSchedule[]> {
    const query = reach === 'platform' ? {} : { query: `TenantId = '${reach.tenantId}'` };
    return ask(client, async () => {
      const found: ListedSchedule[] = [];
      for await (const summary of client.schedule.list({ pageSize, ...query })) {
        const schedule = listed(summary);
        if (schedule) found.push(schedule);
        if (found.length >= mostSchedules) break;
      }
      return found;
    });
  }

  async function each(schedules: readonly ListedSchedule[], act: (id: string) => Promise<unknown>) {
    for (let at = 0; at < schedules.length; at += atOnce)
      await Promise.all(schedules.slice(at, at + atOnce).map(({ id }) => act(id)));
    return schedules.map(({ id }) => id);
  }

  return {
    /** At most {@link mostSchedules}, in no particular order. */
    list: (reach: Reach) => list(reach),

    /** The same for what can do without: waits only a moment. */
    listSoon: (reach: Reach) => list(reach, answeredSoon),

    /** Throws `schedule.not-found`. */
    async describe(id: string): Promise<Schedule> {
      const found = await answered(client, () => client.schedule.getHandle(id).describe()).catch(
        (error: unknown) => {
          throw toNotFound(error);
        },
      );
      const schedule = detailed(found);
      if (!schedule) throw new AppError('schedule.not-found');
      return schedule;
    },

    /**
     * Creates a schedule of a process with an input that its contract's schema has checked. One that is there already
     * is left as it is: the same id is the same request.
     */
    async create<P extends ProcessDeclaration>(
      id: string,
      contract: P & Identity<InputOf<P>>,
      input: InputOf<P>,
      { actor, setup, note }: { actor: { id: string }; setup: ScheduleSetup; note: string },
    ): Promise<void> {
      const about: ScheduleSubject = {
        tenantId: contract.tenantId(input),
        process: contract.name,
        subject: contract.subject(input),
        by: actor.id,
      };
      const action = { type: 'startWorkflow', ...scheduledOptions(contract, input, actor, id) } as const;
      await change(client, async () => {
        try {
          await client.schedule.create({
            scheduleId: id,
            spec: toSpec(setup.when, setup.jitterS),
            // Its type lacks the priority, which is sent all the same.
            action: action as unknown as ScheduleOptionsAction,
            policies: toPolicies(setup),
            state: { note },
            memo: { [memoKey]: about },
            typedSearchAttributes: new TypedSearchAttributes(
              action.typedSearchAttributes.getAll().filter(({ key }) => key.name !== 'State'),
            ),
          });
        } catch (error) {
          if (!(error instanceof ScheduleAlreadyRunning)) throw error;
        }
      });
    },

    /** Changes when it starts runs and how; its process, tenant and input stay. */
    async update(id: string, setup: ScheduleSetup): Promise<void> {
      await change(client, () =>
        client.schedule.getHandle(id).update(({ action, state }) => ({
          action: action as unknown as ScheduleOptionsAction,
          spec: toSpec(setup.when, setup.jitterS),
          policies: toPolicies(setup),
          state,
        })),
      );
    },

    pause,
    resume,

    /** Starts a run now, whatever the times say; one for each key. */
    async trigger(id: string, requestKey: string): Promise<void> {
      await patch(id, requestKey, { triggerImmediately: {} });
    },

    /** Starts the runs of a span of time, both ends included, as if it were now; once for each key. */
    async backfill(
      id: string,
      requestKey: string,
      { fromMs, toMs, overlap }: { fromMs: number; toMs: number; overlap: OverlapPolicy },
    ): Promise<void> {
      const at = (ms: number) => ({ seconds: Math.floor(ms / 1_000), nanos: 0 }) as never;
      const policy = `SCHEDULE_OVERLAP_POLICY_${toOverlap(overlap)}` as const;
      const overlapPolicy = proto.temporal.api.enums.v1.ScheduleOverlapPolicy[policy];
      const span = { startTime: at(fromMs), endTime: at(toMs), overlapPolicy };
      await patch(id, requestKey, { backfillRequest: [span] });
    },

    /** Its runs stay. One that isn't there any more is no error. */
    async remove(id: string): Promise<void> {
      try {
        await change(client, () => client.schedule.getHandle(id).delete());
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'schedule.not-found') throw error;
      }
    },

    /** Pauses every schedule within reach that runs; answers their ids. The note says which pause it was. */
    async pauseAll(reach: Reach, note: string): Promise<string[]> {
      const running = (await list(reach)).filter(({ paused }) => !paused);
      return each(running, (id) => pause(id, note));
    },

    /** Resumes those within reach that were paused with this note, or one of these; others stay paused. */
    async resumeAll(reach: Reach, notes: ReadonlySet<string>, note: string): Promise<string[]> {
      const paused = (await list(reach)).filter((one) => one.paused && notes.has(one.note ?? ''));
      return each(paused, (id) => resume(id, note));
    },
  };
}
