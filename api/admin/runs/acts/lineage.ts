import * as events from '../../../../db/repos/audit/events.ts';
import { lineageCopy } from '../../../../templates/admin/runs/acts/copy.ts';
import type { RunRelative } from '../../../../templates/admin/runs/run-types.ts';
import { paths } from '../../../../templates/paths.ts';
import type { RequestContext } from '../../../kit/context.ts';
import type { RecordedEvent } from '../../../kit/run-view/history.ts';
import { baseRunOf } from '../../../kit/run-view/reset-points.ts';
import type { RunRead } from '../read.ts';
import { readReplay } from './replay.ts';

/** The newest of each is enough: a run is started again once, or a few times. */
const newest = 20;

/** Runs that this one was started again from, and as. */
async function startedAgain(
  context: RequestContext,
  { runId, workflowId }: RunRead['row'],
): Promise<RunRelative[]> {
  const filter = { action: 'run.restarted', limit: newest };
  const { ofThis, ofOthers } = await context.deps.db.inScope(context.overview(), async (tx) => ({
    ofThis: (await events.list(tx, { ...filter, workflowId })).items,
    ofOthers: (await events.list(tx, { ...filter, targetId: workflowId })).items,
  }));
  const from = ofThis.find(({ context: at }) => at.runId === runId)?.data['fromRunId'];
  const as = ofOthers.filter(({ data }) => data['fromRunId'] === runId);
  return [
    ...(typeof from === 'string' ? [{ title: lineageCopy.againFrom, href: paths.run(from) }] : []),
    ...as.flatMap(({ context: { runId: later } }) =>
      later ? [{ title: lineageCopy.againAs, href: paths.run(later) }] : [],
    ),
  ];
}

/** The runs that this one was made from, that were made from it, and its last replay. */
export async function readRelatives(
  context: RequestContext,
  { resetTo, row, source }: RunRead,
  recorded: readonly RecordedEvent[],
): Promise<RunRelative[]> {
  const base = baseRunOf(recorded);
  const replay = source === 'temporal' && context.can('runs.control') ? await readReplay(context, row) : null;
  return [
    ...(base ? [{ title: lineageCopy.resetFrom, href: paths.run(base) }] : []),
    ...(resetTo ? [{ title: lineageCopy.resetTo, href: paths.run(resetTo) }] : []),
    ...(await startedAgain(context, row)),
    ...(replay ? [replay] : []),
  ];
}
