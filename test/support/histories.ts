import { openConnection } from '../../workers/runtime/connection.ts';
import proto from '@temporalio/proto';
import { dataConverter } from '../../workers/runtime/temporal.ts';
import { eventually, type World } from './world.ts';

const { History } = proto.temporal.api.history.v1;

/** All payloads in a recorded thing, wherever they stand. */
function payloadsIn(value: unknown): proto.temporal.api.common.v1.IPayload[] {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return [];
  const one = value as proto.temporal.api.common.v1.IPayload;
  if (one.metadata && one.data instanceof Uint8Array) return [one];
  return Object.values(value).flatMap(payloadsIn);
}

/**
 * What Temporal keeps of the ended runs of a process for a tenant, opened with our keys: what no key may bring to light
 * must not be in it. Waits until none is under way.
 */
export async function historiesOf(world: World, tenantId: string, process: string): Promise<string> {
  const { address, namespace } = world.config.temporal;
  const connection = await openConnection({ address });
  const { payloadCodecs = [] } = dataConverter(world.config.masterKey);
  try {
    const query = `TenantId = '${tenantId}' and Process = '${process}'`;
    const { executions } = await eventually(
      () => connection.workflowService.listWorkflowExecutions({ namespace, query }),
      (found) => found.executions.length > 0 && found.executions.every(({ closeTime }) => closeTime),
    );
    const texts: string[] = [];
    for (const { execution } of executions) {
      const { history } = await connection.workflowService.getWorkflowExecutionHistory({
        namespace,
        execution: execution ?? {},
      });
      texts.push(Buffer.from(History.encode(history ?? {}).finish()).toString('latin1'));
      for (const payload of payloadsIn(history)) {
        let opened = [payload];
        for (const codec of payloadCodecs) opened = (await codec.decode(opened)) as typeof opened;
        texts.push(...opened.map(({ data }) => Buffer.from(data ?? []).toString()));
      }
    }
    return texts.join('\n');
  } finally {
    await connection.close();
  }
}
