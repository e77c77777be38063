import { RunLive } from '../../../templates/admin/runs/run-live.tsx';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { type LiveView, streamLive } from '../../kit/live.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { isWorkerAvailable, readEvents, readRun, readStatus, type RunRead } from './read.ts';
import { runTabs } from './tabs.ts';
import { liveProps } from './view.ts';

const workerCheckMs = 10_000;

/** Sends the live part of a run's page each time the run has changed, until it ends or the reader leaves. */
export async function streamRun(context: RequestContext, runId: string): Promise<void> {
  const tab = runTabs.find((key) => key === context.request.query['tab']) ?? 'steps';
  const { step } = context.request.query;
  const shown = { tab, ...(typeof step === 'string' && { step }) };
  const frame = { ...pageContextOf(context), path: paths.run(runId) };
  let known: RunRead | null = null;
  let checkedMs = Date.now();

  async function again(run: RunRead): Promise<RunRead> {
    let { workerAvailable } = run;
    if (Date.now() - checkedMs > workerCheckMs || run.source === 'projection') {
      workerAvailable = await isWorkerAvailable(context, run.row.process);
      checkedMs = Date.now();
    }
    return readStatus(context, run.row, { startedBy: run.startedBy, worker: workerAvailable });
  }

  await streamLive(context, async (): Promise<LiveView> => {
    const run: RunRead = known ? await again(known) : await readRun(context, runId);
    known = run;
    return {
      version: [run.version, run.workerAvailable, ...run.whys.map(({ code }) => code)].join(' '),
      isOver: run.closedAt !== null,
      render: async () => RunLive(liveProps(context, frame, run, await readEvents(context, run), shown)),
    };
  });
}
