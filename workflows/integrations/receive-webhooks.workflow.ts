import { CancellationScope, condition, isCancellation, workflowInfo } from '@temporalio/workflow';
import type { InputOf, OutputOf } from '../define.ts';
import type { receiveWebhooksContract } from './receive-webhooks.contract.ts';
import { onSignals } from '../shared/handle.ts';
import { db } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof receiveWebhooksContract;

const quietFor = '1 day';
/** After so many events a new run begins, so that no history grows without end. */
const mostPerRun = 500;
/** Deliveries of one transaction: a flood that waited for the database is recorded in parts. */
const mostAtOnce = 100;

/** Records the webhooks of one server for one tenant, in the order they came; ends after a day without any. */
export async function receiveWebhooks(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { tenantId, server } = input;
  const progress = trackProgress<Contract>(['receive']);
  const arrived = [...input.arrived];
  onSignals<Contract>({
    delivered: { summary: 'The vendor reports an event', run: (event) => void arrived.push(event) },
  });

  // A run that continues another one shows that it waits before anything arrives.
  if (arrived.length === 0) progress.set('receive', 'waiting', { waitingFor: 'vendor' });

  let seen = 0;
  let taken = input.taken ?? 0;

  const next = () => arrived.splice(0, mostAtOnce).map(({ deliveryId, type }) => ({ deliveryId, type }));
  // The vendor was told that we have it, so not even a cancellation drops it.
  const take = (deliveries: ReturnType<typeof next>) =>
    CancellationScope.nonCancellable(() => db.recordDeliveries({ tenantId, server, deliveries }));

  /** False after a quiet day. A quiet day may end in the very moment in which an event arrives. */
  async function moreArrives(): Promise<boolean> {
    return (await condition(() => arrived.length > 0, quietFor)) || arrived.length > 0;
  }

  try {
    while (await moreArrives()) {
      const deliveries = next();
      seen += deliveries.length;
      taken += (await progress.step('receive', () => take(deliveries))) ?? 0;
      if (arrived.length > 0) continue;
      progress.set('receive', 'waiting', { waitingFor: 'vendor' });
      // Nothing is left over here, so that no payload is carried over; what arrives at this moment prevents it and is recorded first.
      if (seen >= mostPerRun || workflowInfo().continueAsNewSuggested) {
        await progress.continueAsNew<typeof receiveWebhooks>({ tenantId, server, arrived, taken });
      }
    }
  } catch (error) {
    if (isCancellation(error)) while (arrived.length > 0) await take(next());
    throw error;
  }
  progress.set('receive', 'done');
  progress.finish('done');
  return { taken };
}
