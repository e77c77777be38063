import type { Progress, RunState, StepState, WaitKind } from '../../../db/domain/progress.ts';
import { onboardTenantContract } from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import { onboardingId } from '../../both/onboarding/id.ts';
import type { RequestContext } from '../../kit/context.ts';

export interface SetupProgress {
  status: Exclude<RunState, 'done'> | 'live';
  currentStep: string | null;
  steps: {
    key: string;
    title: string;
    state: StepState;
    since: string;
    waitingFor?: WaitKind;
    error?: { code: string; message: string };
  }[];
}

const titles = new Map(onboardTenantContract.steps.map(({ key, title }) => [key as string, title]));

function view(progress: Progress): SetupProgress {
  return {
    status: progress.state === 'done' ? 'live' : progress.state,
    currentStep: progress.currentStep,
    steps: progress.steps.map(({ key, state, since, waitingFor, error }) => ({
      key,
      title: titles.get(key) ?? key,
      state,
      since,
      ...(waitingFor && { waitingFor }),
      ...(error && { error }),
    })),
  };
}

/** How far the setup of the caller's tenant is; straight from the process, so it is never behind. */
export async function readSetup(context: RequestContext): Promise<SetupProgress> {
  const { tenantId } = context.tenant();
  context.response.locals['workflowId'] = onboardingId(tenantId);
  const found = await context.deps.processes.findProgress(onboardingId(tenantId));
  if (found) return view(found.progress);
  // The run is no longer kept, or the tenant was never onboarded by one: its status tells.
  const status = context.person().tenant?.status === 'onboarding' ? 'waiting' : 'live';
  const since = new Date(0).toISOString();
  const state: StepState = status === 'live' ? 'done' : 'waiting';
  return {
    status,
    currentStep: null,
    steps: onboardTenantContract.steps.map(({ key, title }) => ({ key, title, state, since })),
  };
}
