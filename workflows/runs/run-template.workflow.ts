import { isCancellation } from '@temporalio/workflow';
import { errorTable } from '../../db/domain/errors.ts';
import type { Bundle, Json } from '../../db/domain/runs/templates/definition.ts';
import { TemplateFault } from '../../db/domain/runs/templates/effects.ts';
import { type Host, interpret, rowsOf, type Taken } from '../../db/domain/runs/templates/interpret.ts';
import type { InputOf, OutputOf } from '../define.ts';
import { finish } from '../shared/early-answer.ts';
import { describeFailure, fail, failureOf } from '../shared/failures.ts';
import { db } from '../shared/profiles.ts';
import { type ProgressTracker, trackProgress } from '../shared/progress.ts';
import type { runTemplateContract } from './run-template.contract.ts';
import { performer } from './run-template.effects.ts';

type Contract = typeof runTemplateContract;

/** A step that can't be carried out as it is written, as the failure that people see. */
function failFault(error: unknown): never {
  if (!(error instanceof TemplateFault)) throw error;
  return fail(error.code, errorTable[error.code].text.replace(/\.$/, `: ${error.about}.`));
}

function hostOf(progress: ProgressTracker<string>, perform: Host['perform']): Host {
  return {
    nowMs: () => Date.now(),
    perform,
    take: <T>(key: string, work: () => Promise<T>) => progress.step(key, () => work().catch(failFault)),
    leaveOut(keys) {
      for (const key of keys) {
        if (progress.stepOf(key).state === 'upcoming') progress.set(key, 'skipped');
      }
    },
    codeOf: (error) => (isCancellation(error) ? null : describeFailure(error).code),
  };
}

/** What the run does: what it was started with, or the live version where it was planned ahead. */
async function begun({ tenantId, templateId, ...input }: InputOf<Contract>) {
  const parameters = input.parameters as Record<string, Json>;
  const bundle = input.bundle as unknown as Bundle | null;
  if (bundle && input.version !== null) return { version: input.version, bundle, parameters };
  return db.loadTemplate({ tenantId, templateId, parameters }).catch((error: unknown) => {
    throw isCancellation(error) ? error : failureOf(error);
  });
}

/** Runs one version of a template to its end. A step that fails for good waits for an administrator. */
export async function runTemplate(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { tenantId, templateId, by, reason } = input;
  const { version, bundle, parameters } = await begun(input);
  const steps = rowsOf(bundle);
  const progress = trackProgress<Contract>(steps.map(({ key }) => key));
  steps.forEach(({ title }, index) => Object.assign(progress.snapshot.steps[index] ?? {}, { title }));
  const perform = performer({ tenantId, by }, progress);
  const taken: Taken[] = [];
  try {
    const facts = await db.beginTemplate({ tenantId, templateId, version, by, reason });
    const host = hostOf(progress, perform);
    const result = await interpret(bundle, parameters, facts, host, { nowMs: Date.now() }, taken).catch(
      failFault,
    );
    host.leaveOut(steps.map(({ key }) => key));
    await finish(progress, 'done');
    return { taken, result };
  } catch (error) {
    await finish(progress, isCancellation(error) ? 'stopped' : 'failed');
    throw isCancellation(error) ? error : failureOf(error);
  }
}
