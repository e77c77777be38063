import type { onboardingTitles } from '../../../db/domain/onboarding/steps.ts';
import { type OnboardingStep, allStepKeys, skippableSteps } from '../../../db/domain/onboarding/steps.ts';
import type { Progress, RunState, StepProgress } from '../../../db/domain/progress.ts';
import * as runs from '../../../db/repos/runs/runs.ts';
import type { TenantLine } from '../../../db/repos/tenants/overview.ts';
import { onboardTenantContract } from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import { onboardingId } from '../../both/onboarding/id.ts';
import type { RequestContext } from '../../kit/context.ts';
import { oncePerRequest } from '../../kit/once.ts';
import { type LiveRun, readLiveRun } from '../../kit/run-view/live.ts';
import { progressOfRow, statusOf } from '../shared/run-status.ts';
import { nullIfUnavailable } from '../shared/null-if-unavailable.ts';
import { type Why, whyOf } from '../shared/why.ts';

/** The onboarding of a tenant as an administrator sees it. */
export interface Onboarding {
  runId: string;
  /** Read from the process itself, or from the projection's last known state. */
  source: 'temporal' | 'projection';
  open: boolean;
  state: RunState;
  currentStep: string | null;
  steps: StepProgress[];
  next: NonNullable<Progress['next']> | null;
  why: Why | null;
}

function fromLive(runId: string, live: LiveRun & { progress: Progress }): Onboarding {
  const { progress, state } = live;
  const why = whyOf(statusOf(onboardTenantContract.name, state, progress, live.pending));
  const open = live.closedAt === null;
  return {
    runId,
    source: 'temporal',
    open,
    state,
    currentStep: open ? progress.currentStep : null,
    steps: progress.steps,
    next: open ? (progress.next ?? null) : null,
    why,
  };
}

/** A run the projection does not know yet: it is a moment old. */
async function readNewest(context: RequestContext, tenantId: string): Promise<Onboarding | null> {
  const found = await nullIfUnavailable(() => context.deps.processes.findProgress(onboardingId(tenantId)));
  if (!found) return null;
  const { progress, open, runId } = found;
  const closedAt = open ? null : progress.changedAt;
  return fromLive(runId, {
    state: progress.state,
    progress,
    pending: [],
    closedAt,
    parent: null,
    version: '',
  });
}

async function readNow(context: RequestContext, line: TenantLine): Promise<Onboarding | null> {
  const known = line.onboarding;
  if (!known) return readNewest(context, line.id);
  const live = await nullIfUnavailable(() => readLiveRun(context.deps.processes, known));
  if (live?.progress) return fromLive(known.runId, { ...live, progress: live.progress });
  return context.deps.db.inScope(context.overview(), async (tx) => {
    const row = await runs.get(tx, known.runId);
    const progress = progressOfRow(row, await runs.listSteps(tx, known.runId));
    const closedAt = row.closedAt?.toISOString() ?? null;
    const read = fromLive(known.runId, {
      state: row.state,
      progress,
      pending: [],
      closedAt,
      parent: null,
      version: '',
    });
    return { ...read, source: 'projection' as const };
  });
}

/**
 * The onboarding of a tenant: from the process, or from the projection where the process does not answer. Null where
 * there is none. Several parts of the tenant's page need it; it is read once.
 */
export const readOnboarding = oncePerRequest(readNow, ({ id }: TenantLine) => id);

export type StepAction = 'retry' | 'skip' | 'complete';

/** Steps an administrator can complete for the tenant, since they can be left empty. */
export const completableSteps = ['tools', 'website', 'analytics', 'agents'] as const;
export type CompletableStep = (typeof completableSteps)[number];

/** The actions available for a step now. */
export function actionsFor(onboarding: Onboarding, { key, state }: StepProgress): StepAction[] {
  if (!onboarding.open || (state !== 'waiting' && state !== 'needsAttention')) return [];
  const actions: StepAction[] = [];
  if (state === 'needsAttention') actions.push('retry');
  if ((skippableSteps as readonly string[]).includes(key)) actions.push('skip');
  const isNext = onboarding.currentStep === key;
  if (isNext && (completableSteps as readonly string[]).includes(key)) actions.push('complete');
  return actions;
}

/** The tenant has an account and has not finished onboarding. */
export function canExtend({ open, steps }: Pick<Onboarding, 'open' | 'steps'>): boolean {
  const state = (step: OnboardingStep) => steps.find(({ key }) => key === step)?.state;
  return open && state('account') === 'done' && state('review') !== 'done';
}

/** The steps of an onboarding in order: those a person fills in, then what the platform does. */
export function onboardingStepRows(
  steps: readonly StepProgress[],
): (StepProgress & { key: keyof typeof onboardingTitles })[] {
  return allStepKeys.flatMap((step) => {
    const found = steps.find(({ key }) => key === step);
    return found ? [{ ...found, key: step }] : [];
  });
}
