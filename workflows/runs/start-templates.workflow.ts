import { isCancellation, ParentClosePolicy, sleep, startChild, workflowInfo } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { minuteMs } from '../../db/domain/time.ts';
import { type InputOf, workflowType } from '../define.ts';
import { describeFailure } from '../shared/failures.ts';
import { interactive } from '../shared/profiles.ts';
import { type ProgressTracker, trackProgress } from '../shared/progress.ts';
import { startOptions } from '../start-options.ts';
import type { runTemplateContract } from './run-template.contract.ts';
import type { startTemplatesContract } from './start-templates.contract.ts';

type Contract = typeof startTemplatesContract;
type Run = typeof runTemplateContract;
type Started = InputOf<Contract>['started'];

/** What starting needs to know of the contract, which holds zod and so stays outside of the bundle. */
const declaration = {
  name: 'run-template',
  queue: 'core',
  tenantId: ({ tenantId }: InputOf<Run>) => tenantId,
  key: ({ runKey }: InputOf<Run>) => runKey,
  subject: ({ templateId }: InputOf<Run>) => templateId,
} as Run;

const by = { type: 'system', id: 'event' } as const;
/** A run takes some hours, and is quick to replay. */
const longHistory = 2_000;
const pauseMs = minuteMs / 6;

/** One run for a template and an event, whatever happens: its id names both. */
async function startRun(
  run: Awaited<ReturnType<typeof interactive.takeTemplateStarts>>['runs'][number],
): Promise<void> {
  const { tenantId, templateId, eventId, parameters } = run;
  const input: InputOf<Run> = {
    ...{ tenantId, templateId, parameters, by, reason: null, version: null, bundle: null },
    runKey: `${templateId}:${eventId}`,
  };
  try {
    await startChild(workflowType(declaration.name), {
      ...startOptions(declaration, input, by, new Date()),
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** One turn; a turn that fails must not end the looking. */
async function turn(progress: ProgressTracker<'start' | 'wait'>, started: Started): Promise<Started> {
  try {
    const { runs, cursors } = await interactive.takeTemplateStarts({ started });
    for (const run of runs) await startRun(run);
    if (progress.stepOf('start').state !== 'done') progress.set('start', 'done');
    return cursors;
  } catch (error) {
    if (isCancellation(error)) throw error;
    if (progress.stepOf('start').state !== 'skipped')
      progress.set('start', 'skipped', { error: describeFailure(error) });
    return started;
  } finally {
    if (progress.stepOf('wait').state !== 'waiting')
      progress.set('wait', 'waiting', { waitingFor: 'schedule' });
  }
}

/** Starts templates turn after turn, and continues in a new run before the history grows long. */
export async function startTemplates(input: InputOf<Contract>): Promise<Record<string, never>> {
  const progress = trackProgress<Contract>(['start', 'wait']);
  let { started } = input;
  for (;;) {
    started = await turn(progress, started);
    await sleep(pauseMs);
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if (historyLength > longHistory || continueAsNewSuggested)
      return progress.continueAsNew<typeof startTemplates>({ started });
  }
}
