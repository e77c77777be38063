import { condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { InputOf, OutputOf } from './define.ts';
import type { receiveEventsContract } from './receive-events.contract.ts';
import { listen } from './shared/handle.ts';
import { db } from './shared/profiles.ts';
import { tell } from './shared/story.ts';

type Contract = typeof receiveEventsContract;

const quietFor = '1 day';
/** After so many events a new run begins, so that no history grows without end. */
const mostPerRun = 500;

/** Takes in the events of one service for one tenant, in the order they came; ends after a day without any. */
export async function receiveEvents(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { tenantId, server } = input;
  const story = tell<Contract>(['receive']);
  const arrived = [...input.arrived];
  listen<Contract>({
    delivered: { summary: 'The service tells what happened', run: (event) => void arrived.push(event) },
  });

  let seen = 0;
  let taken = 0;
  while (await condition(() => arrived.length > 0, quietFor)) {
    const deliveries = arrived.splice(0).map(({ deliveryId, type }) => ({ deliveryId, type }));
    seen += deliveries.length;
    taken += (await story.step('receive', () => db.takeDeliveries({ tenantId, server, deliveries }))) ?? 0;
    story.set('receive', 'waiting', { waitingFor: 'the service' });
    if (seen >= mostPerRun || workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof receiveEvents>({ tenantId, server, arrived });
    }
  }
  story.set('receive', 'done');
  story.end('done');
  return { taken };
}
