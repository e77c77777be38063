import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestContext } from '../../kit/context.ts';
import { jsonOf } from '../../kit/run-view/event-labels.ts';
import { readHistoryPage } from '../../kit/run-view/history.ts';
import { getRun } from './read.ts';
import { recordOnRun } from './record.ts';

const pageSize = 500;

/** Waits until what was written has left, or the reader has. */
async function drained(response: RequestContext['response']): Promise<void> {
  while (response.writableNeedDrain && !response.closed) await sleep(20);
}

/**
 * Sends the whole history of a visible run as a JSON array, as redacted as the raw view, part by part: a long one is
 * never held in memory. Who takes it out of the platform is recorded first.
 */
export async function downloadHistory(context: RequestContext, runId: string): Promise<void> {
  const { response, deps } = context;
  const row = await getRun(context, runId);
  // The first part is read before anything is promised, so that a Temporal that is away gives an error page.
  let page = await readHistoryPage(deps.processes, row, { size: pageSize });
  await recordOnRun(context, row, 'run.history-downloaded', {});
  response.status(200).set({
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="history-${runId}.json"`,
    'cache-control': 'no-store',
  });
  let separator = '[\n';
  for (;;) {
    for (const event of page.events) {
      response.write(`${separator}${jsonOf(event)}`);
      separator = ',\n';
    }
    await drained(response);
    if (!page.nextToken || response.closed) break;
    page = await readHistoryPage(deps.processes, row, { size: pageSize, token: page.nextToken });
  }
  response.end('\n]\n');
}
