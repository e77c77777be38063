import { continueAsNew, isCancellation, sleep, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import type { InputOf } from '../define.ts';
import { asked } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { monitorServersContract } from './monitor-servers.contract.ts';

type Contract = typeof monitorServersContract;
type ToCheck = Awaited<ReturnType<Activities['servicesToCheck']>>;

const everyMs = 5 * 60_000;
/** A round of thirty services writes some two hundred events; a history of a few thousand stays quick to replay. */
const longHistory = 3_000;
const atOnce = 5;

/** A check that cannot be made says nothing about a service, and must not end the watch. */
async function tried<T>(check: () => Promise<T>): Promise<T | null> {
  try {
    return await check();
  } catch (error) {
    if (isCancellation(error)) throw error;
    return null;
  }
}

async function checkAll(turn: number): Promise<void> {
  const services: ToCheck = (await tried(() => asked.servicesToCheck())) ?? [];
  for (let from = 0; from < services.length; from += atOnce) {
    const some = services.slice(from, from + atOnce);
    await Promise.all(some.map((service) => tried(() => asked.checkService({ ...service, turn }))));
  }
}

/** Checks the services in use, round after round, and goes on in a new run before the history grows long. */
export async function monitorServers({ turn: first }: InputOf<Contract>): Promise<Record<string, never>> {
  const story = trackProgress<Contract>(['check', 'rest']);
  for (let turn = first; ; turn += 1) {
    story.set('check', 'running');
    story.set('rest', 'upcoming');
    await checkAll(turn);
    await tried(() => asked.announceLostConnections());
    story.set('check', 'done');
    story.set('rest', 'waiting', { waitingFor: 'the next round' });
    story.setNext({ what: 'The services are checked again', atMs: Date.now() + everyMs });
    await sleep(everyMs);
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if (historyLength > longHistory || continueAsNewSuggested) {
      return continueAsNew<typeof monitorServers>({ turn: turn + 1 });
    }
  }
}
