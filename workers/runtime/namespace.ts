import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { searchAttributes } from '../../workflows/search-attributes.ts';

/** Numbers of temporal.api.enums.v1.IndexedValueType: the enum lives in a CommonJS package ESM cannot name. */
export const indexedValueType = { KEYWORD: 2, BOOL: 5, DATETIME: 6 } as const;
/** Numbers of google.rpc.Code. */
const code = {
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  unavailable: 14,
  unimplemented: 12,
} as const;

const retentionDays = 30;

/** How long closed runs stay readable, and whether the search attributes could be ensured. */
export type NamespaceState = Readonly<{ created: boolean; searchAttributes: 'ready' | 'not managed here' }>;

/**
 * Makes the namespace and its search attributes exist; safe to repeat. A namespace that Temporal Cloud manages has no
 * operator service: then it answers `not managed here`, and the attributes must be made in the Cloud console.
 */
export async function ensureNamespace(
  connection: Connection,
  namespace: string,
  timeoutMs: number,
): Promise<NamespaceState> {
  const deadline = Date.now() + timeoutMs;
  const created = await retry(deadline, () => registerIfAbsent(connection, namespace));
  const searchAttributes = await retry(deadline, () => addSearchAttributes(connection, namespace));
  return { created, searchAttributes };
}

async function registerIfAbsent(connection: Connection, namespace: string): Promise<boolean> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
    return false;
  } catch (error) {
    if (!hasCode(error, code.notFound)) throw error;
  }
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs(`${retentionDays} days`),
    });
    return true;
  } catch (error) {
    if (hasCode(error, code.alreadyExists)) return false;
    throw error;
  }
}

async function addSearchAttributes(
  connection: Connection,
  namespace: string,
): Promise<NamespaceState['searchAttributes']> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.values(searchAttributes).filter(({ name }) => !(name in (customAttributes ?? {})));
    if (missing.length === 0) return 'ready';
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, indexedValueType[type]])),
    });
    return 'ready';
  } catch (error) {
    if (hasCode(error, code.unimplemented) || hasCode(error, code.permissionDenied))
      return 'not managed here';
    if (hasCode(error, code.alreadyExists)) return 'ready';
    throw error;
  }
}

/** A server that just came up answers "unavailable", and its namespace cache lags by seconds: both pass. */
async function retry<T>(deadline: number, attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const passing = hasCode(error, code.unavailable) || hasCode(error, code.notFound);
      if (!passing || Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

function hasCode(error: unknown, wanted: number): boolean {
  return isGrpcServiceError(error) && Number(error.code) === wanted;
}
