import { setTimeout as sleep } from 'node:timers/promises';
import { RunLive } from '../../../templates/admin/runs/run-live.tsx';
import { renderSseMessage } from '../../../templates/layout/render.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { isWorkerAvailable, readEvents, readRun, readStatus, type RunRead } from './read.ts';
import { runTabs } from './tabs.ts';
import { liveProps } from './view.ts';
import { minuteMs } from '../../../db/domain/time.ts';

const pollMs = 1_000;
const pingMs = 15_000;
const workerCheckMs = 10_000;
/** A browser reconnects automatically; a forgotten tab does not hold a connection for ever. */
const longestMs = 10 * minuteMs;

/** Tells the browser that nothing more will come. */
const ended = 'event: ended\ndata: \n\n';

/** Sends the live part of a run's page each time the run has changed, until it ends or the reader leaves. */
export async function streamRun(context: RequestContext, runId: string): Promise<void> {
  const { request, response } = context;
  const tab = runTabs.find((key) => key === request.query['tab']) ?? 'steps';
  let run: RunRead = await readRun(context, runId);
  const frame = { ...pageContextOf(context), path: `/admin/workflows/${runId}` };
  response.status(200).set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  const leaving = new AbortController();
  response.on('close', () => leaving.abort());

  const startedMs = Date.now();
  let sentVersion = '';
  let spokeMs = Date.now();
  let checkedMs = Date.now();
  const send = (text: string) => {
    response.write(text);
    spokeMs = Date.now();
  };
  while (!leaving.signal.aborted) {
    const version = `${run.version} ${run.workerAvailable}`;
    if (version !== sentVersion) {
      const events = await readEvents(context, run);
      send(renderSseMessage(RunLive(liveProps(context, frame, run, events, tab))));
      sentVersion = version;
    } else if (Date.now() - spokeMs > pingMs) send(': still here\n\n');
    if (run.closedAt || Date.now() - startedMs > longestMs) break;
    await sleep(pollMs, undefined, { signal: leaving.signal }).catch(() => undefined);
    if (leaving.signal.aborted) break;
    // A session that was ended is over here too.
    if (!(await context.deps.auth.authenticate(request.headers.cookie))) break;
    let { workerAvailable } = run;
    if (Date.now() - checkedMs > workerCheckMs || run.source === 'projection') {
      workerAvailable = await isWorkerAvailable(context, run.row.process);
      checkedMs = Date.now();
    }
    run = await readStatus(context, run.row, { startedBy: run.startedBy, worker: workerAvailable });
  }
  if (run.closedAt) send(ended);
  response.end();
}
