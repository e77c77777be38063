import { AppError } from '../../../../db/domain/errors.ts';
import { PLATFORM_TENANT_ID } from '../../../../db/domain/ids.ts';
import type { RunState } from '../../../../db/domain/progress.ts';
import { collisionsOf } from '../../../../db/domain/runs/schedules/collisions.ts';
import { nextFirings } from '../../../../db/domain/runs/schedules/firings.ts';
import type { Hold } from '../../../../db/domain/runs/why/cause.ts';
import * as scheduled from '../../../../db/repos/runs/scheduled.ts';
import * as tenants from '../../../../db/repos/tenants/tenants.ts';
import { contracts } from '../../../../workflows/contracts.ts';
import { workflowId } from '../../../../workflows/define.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { oncePerRequest } from '../../../kit/once.ts';
import type { ListedSchedule, Schedule } from '../../../kit/processes/schedules.ts';
import { nullIfUnavailable } from '../../shared/null-if-unavailable.ts';

/** A schedule as one person sees it. */
export interface SeenSchedule extends ListedSchedule {
  /** Null for one of the platform itself. */
  tenant: { id: string; name: string } | null;
  /** Why it is paused, as far as that is known; null where it runs. */
  hold: Hold | null;
  /** Null while it is paused. */
  nextAtMs: number | null;
  /** Its last runs, the newest first. */
  runs: { runId: string; state: RunState | null; plannedAt: string; startedAt: string }[];
  collidesWith: string[];
}

const isPartner = (context: RequestContext) => context.person().role === 'partner';

/** Those within the person's reach, with the names, states and reasons that the database knows. */
export async function seen(
  context: RequestContext,
  found: readonly ListedSchedule[],
  nowMs = Date.now(),
): Promise<SeenSchedule[]> {
  const { names, states, holds } = await context.deps.db.inScope(
    { ...context.overview(), readOnly: true },
    async (tx) => ({
      names: await tenants.names(tx, [...new Set(found.map(({ tenantId }) => tenantId))]),
      states: await scheduled.statesOf(
        tx,
        found.flatMap(({ recent }) => recent.map(({ runId }) => runId)),
      ),
      holds: await scheduled.holdsOf(
        tx,
        found.flatMap(({ paused, note }) => (paused && note ? [note] : [])),
      ),
    }),
  );
  const visible = found.filter(({ tenantId }) =>
    tenantId === PLATFORM_TENANT_ID ? !isPartner(context) : names.has(tenantId),
  );
  const collisions = collisionsOf(visible, nowMs);
  return visible.map((schedule) => {
    const { id, tenantId, paused, note, recent, when } = schedule;
    const name = names.get(tenantId);
    return {
      ...schedule,
      tenant: name === undefined || tenantId === PLATFORM_TENANT_ID ? null : { id: tenantId, name },
      hold: paused ? (holds.get(note ?? '') ?? { since: null, by: null, reason: null }) : null,
      nextAtMs: paused ? null : (nextFirings(when, nowMs, 1).at(-1)?.atMs ?? null),
      runs: recent.map(({ workflowId: _id, ...run }) => ({ ...run, state: states.get(run.runId) ?? null })),
      collidesWith: collisions.get(id) ?? [],
    };
  });
}

export interface ScheduleFilter {
  tenant?: string | undefined;
  process?: string | undefined;
  paused?: 'yes' | 'no' | undefined;
}

/** The soonest first, paused ones last. */
const order = (a: SeenSchedule, b: SeenSchedule) =>
  (a.nextAtMs ?? Infinity) - (b.nextAtMs ?? Infinity) || a.id.localeCompare(b.id);

/** Schedules within the person's reach. Collisions are found among all of them, whatever the filter. */
export async function readSchedules(
  context: RequestContext,
  { tenant, process, paused }: ScheduleFilter,
): Promise<SeenSchedule[]> {
  const found = await context.deps.processes.schedules.list('platform');
  const all = await seen(context, found);
  return all
    .filter((one) => tenant === undefined || one.tenantId === tenant)
    .filter((one) => process === undefined || one.process === process)
    .filter((one) => paused === undefined || one.paused === (paused === 'yes'))
    .sort(order);
}

/** One schedule as it is now. Throws `schedule.not-found`, also for one outside of the person's reach. */
export async function readSchedule(
  context: RequestContext,
  scheduleId: string,
): Promise<{ schedule: Schedule; seen: SeenSchedule }> {
  const schedule = await context.deps.processes.schedules.describe(scheduleId);
  const others = (await nullIfUnavailable(() => readSchedules(context, { tenant: schedule.tenantId }))) ?? [];
  const [own] = await seen(context, [schedule]);
  if (!own) throw new AppError('schedule.not-found');
  const collidesWith = collisionsOf([own, ...others.filter(({ id }) => id !== own.id)], Date.now());
  return { schedule, seen: { ...own, collidesWith: collidesWith.get(own.id) ?? [] } };
}

/** A process of the platform that never ends, and when it works next. */
interface EndlessProcess {
  process: string;
  runId: string | null;
  /** ISO; null where it works now, or isn't known. */
  nextAt: string | null;
}

/** The processes of the platform that never end; none for partners, to whom the platform doesn't show itself. */
export const readEndless = oncePerRequest(
  async (context: RequestContext, _given: undefined): Promise<EndlessProcess[]> => {
    if (isPartner(context)) return [];
    const endless = Object.values(contracts).filter((contract) => contract.endless);
    return Promise.all(
      endless.map(async ({ name }) => {
        const id = workflowId(PLATFORM_TENANT_ID, name, 'all');
        const found = await nullIfUnavailable(() => context.deps.processes.findProgress(id));
        const next = found?.open ? found.progress.next : null;
        return { process: name, runId: found?.runId ?? null, nextAt: next?.at ?? null };
      }),
    );
  },
  () => '',
);
