import {
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  workflowInfo,
} from '@temporalio/workflow';
import type { InputOf, OutputOf } from '../define.ts';
import type { receiveWebhooksContract } from './receive-webhooks.contract.ts';
import { onSignals } from '../shared/handle.ts';
import { db } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof receiveWebhooksContract;

const quietFor = '1 day';
/** After so many events a new run begins, so that no history grows without end. */
const mostPerRun = 500;
/** Events of one transaction: a flood that waited for the database is taken in by parts. */
const mostAtOnce = 100;

/** Takes in the events of one service for one tenant, in the order they came; ends after a day without any. */
export async function receiveWebhooks(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { tenantId, server } = input;
  const story = trackProgress<Contract>(['receive']);
  const arrived = [...input.arrived];
  onSignals<Contract>({
    delivered: { summary: 'The service tells what happened', run: (event) => void arrived.push(event) },
  });

  // A run that goes on where another one left off says so before anything arrives.
  if (arrived.length === 0) story.set('receive', 'waiting', { waitingFor: 'the service' });

  let seen = 0;
  let taken = input.taken ?? 0;

  const next = () => arrived.splice(0, mostAtOnce).map(({ deliveryId, type }) => ({ deliveryId, type }));
  // Services were told that we have it, so not even who cancels the run takes it away.
  const take = (deliveries: ReturnType<typeof next>) =>
    CancellationScope.nonCancellable(() => db.takeDeliveries({ tenantId, server, deliveries }));

  /** False after a quiet day. A quiet day may end in the very moment in which an event arrives. */
  async function moreArrives(): Promise<boolean> {
    return (await condition(() => arrived.length > 0, quietFor)) || arrived.length > 0;
  }

  try {
    while (await moreArrives()) {
      const deliveries = next();
      seen += deliveries.length;
      taken += (await story.step('receive', () => take(deliveries))) ?? 0;
      if (arrived.length > 0) continue;
      story.set('receive', 'waiting', { waitingFor: 'the service' });
      // Nothing is left over here, so that no payload travels on; what arrives in this moment undoes it and is taken first.
      if (seen >= mostPerRun || workflowInfo().continueAsNewSuggested) {
        await continueAsNew<typeof receiveWebhooks>({ tenantId, server, arrived, taken });
      }
    }
  } catch (error) {
    if (isCancellation(error)) while (arrived.length > 0) await take(next());
    throw error;
  }
  story.set('receive', 'done');
  story.finish('done');
  return { taken };
}
