import { AppError } from '../../../../db/domain/errors.ts';
import type { ListedRun } from '../../../../db/repos/runs/runs.ts';
import { replayCopy } from '../../../../templates/admin/runs/acts/copy.ts';
import type { RunRelative } from '../../../../templates/admin/runs/run-types.ts';
import { paths } from '../../../../templates/paths.ts';
import { workflowId } from '../../../../workflows/define.ts';
import { replayRunContract } from '../../../../workflows/runs/replay-run.contract.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { redactText } from '../../../kit/run-view/redact.ts';
import { nullIfUnavailable } from '../../shared/null-if-unavailable.ts';
import { recordOnRun } from '../record.ts';

/** Of a run there is one replay at a time. */
const replayOf = ({ tenantId, runId }: ListedRun) => workflowId(tenantId, replayRunContract.name, runId);

/** Starts a replay of a run and answers with the id of its workflow; one that is under way is joined. */
export async function startReplay(context: RequestContext, row: ListedRun, reason: string): Promise<string> {
  const input = { tenantId: row.tenantId, workflowId: row.workflowId, runId: row.runId };
  try {
    await context.deps.processes.start(replayRunContract, input, context.actor());
  } catch (error) {
    if (error instanceof AppError && error.code === 'run.conflict') return replayOf(row);
    throw error;
  }
  await recordOnRun(context, row, 'run.replayed', { reason });
  return replayOf(row);
}

/** How the last replay of a run went; null where there was none, or Temporal doesn't answer. */
export async function readReplay(context: RequestContext, row: ListedRun): Promise<RunRelative | null> {
  const found = await nullIfUnavailable(() => context.deps.processes.findProgress(replayOf(row)));
  if (!found) return null;
  const { progress, open, runId } = found;
  const href = paths.run(runId);
  if (open) return { title: replayCopy.open, href };
  if (progress.state !== 'done') return { title: replayCopy.failed, href };
  const note = progress.steps[0]?.note;
  if (note?.kind !== 'problem') return { title: replayCopy.matches, href, at: progress.changedAt };
  return { title: replayCopy.differs, text: redactText(note.message), href, at: progress.changedAt };
}
