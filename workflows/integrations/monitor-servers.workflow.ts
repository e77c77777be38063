import { isCancellation, sleep, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import type { InputOf } from '../define.ts';
import { interactive } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { monitorServersContract } from './monitor-servers.contract.ts';
import { minuteMs } from '../../db/domain/time.ts';

type Contract = typeof monitorServersContract;
type ToCheck = Awaited<ReturnType<Activities['listServersToCheck']>>;

const everyMs = 5 * minuteMs;
/** Checking thirty servers writes some two hundred events; a history of a few thousand stays quick to replay. */
const longHistory = 3_000;
const atOnce = 5;

/** Null for a check that cannot be made: that says nothing about a server, and must not end the monitoring. */
async function nullIfFailed<T>(check: () => Promise<T>): Promise<T | null> {
  try {
    return await check();
  } catch (error) {
    if (isCancellation(error)) throw error;
    return null;
  }
}

async function checkAll(turn: number): Promise<void> {
  const servers: ToCheck = (await nullIfFailed(() => interactive.listServersToCheck())) ?? [];
  for (let from = 0; from < servers.length; from += atOnce) {
    const some = servers.slice(from, from + atOnce);
    await Promise.all(some.map((server) => nullIfFailed(() => interactive.checkServer({ ...server, turn }))));
  }
}

/** Checks the servers in use turn after turn, and continues in a new run before the history grows long. */
export async function monitorServers({ turn: first }: InputOf<Contract>): Promise<Record<string, never>> {
  const progress = trackProgress<Contract>(['check', 'wait']);
  for (let turn = first; ; turn += 1) {
    progress.set('check', 'running');
    progress.set('wait', 'upcoming');
    await checkAll(turn);
    await nullIfFailed(() => interactive.notifyLostConnections());
    progress.set('check', 'done');
    progress.set('wait', 'waiting', { waitingFor: 'schedule' });
    progress.setNext({ kind: 'check', atMs: Date.now() + everyMs });
    await sleep(everyMs);
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if (historyLength > longHistory || continueAsNewSuggested) {
      return progress.continueAsNew<typeof monitorServers>({ turn: turn + 1 });
    }
  }
}
