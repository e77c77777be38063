import { type BulkChoice, type BulkKey, bulkOperations } from '../../../domain/bulk.ts';
import { AppError, type ErrorCode } from '../../../domain/errors.ts';
import type { PeopleBulkKey } from '../../../domain/people/bulk.ts';
import type { RunsBulkKey } from '../../../domain/runs/bulk.ts';
import { type BulkCandidate, type BulkSubject, mostBulkItems } from '../../../domain/runs/bulk-operation.ts';
import type { Tx } from '../../../scope.ts';
import * as billingBulk from '../../billing/bulk.ts';
import * as peopleBulk from '../../people/bulk.ts';
import * as tenantsBulk from '../../tenants/bulk.ts';
import * as runs from './chosen-runs.ts';

const notFound: Record<BulkSubject, ErrorCode> = {
  tenants: 'tenant.not-found',
  people: 'user.not-found',
  runs: 'run.not-found',
  subscriptions: 'subscription.not-found',
};

function found(tx: Tx, choice: BulkChoice): Promise<string[]> {
  if ('ids' in choice) return Promise.resolve([...new Set(choice.ids)]);
  switch (choice.subject) {
    case 'tenants':
      return tenantsBulk.choose(tx, choice.filter, mostBulkItems);
    case 'people':
      return peopleBulk.choose(tx, choice.filter, mostBulkItems);
    case 'runs':
      return runs.choose(tx, choice.filter, mostBulkItems);
    case 'subscriptions':
      return billingBulk.choose(tx, choice.filter, mostBulkItems);
  }
}

interface Asked {
  operation: BulkKey;
  parameters: Readonly<Record<string, unknown>>;
  choice: BulkChoice;
  /** The person, to whom some operations do not apply. */
  by: string;
}

function inspect(tx: Tx, { operation, parameters, by }: Asked, ids: readonly string[]) {
  switch (bulkOperations[operation].subject) {
    case 'tenants':
      return tenantsBulk.inspect(tx, ids);
    case 'people':
      return peopleBulk.inspect(tx, operation as PeopleBulkKey, { ids, parameters, by });
    case 'runs':
      return runs.inspect(tx, operation as RunsBulkKey, ids);
    case 'subscriptions':
      return billingBulk.inspect(tx, ids, parameters);
  }
}

/** Items that are looked at in one statement. */
const batch = 1_000;

/**
 * Everything an operation is about, and why what is left out is; what is out of the reach of the transaction does not
 * exist. Throws `bulk.nothing-chosen`, `bulk.too-many`.
 */
export async function candidates(tx: Tx, asked: Asked): Promise<BulkCandidate[]> {
  const ids = await found(tx, asked.choice);
  if (ids.length === 0) throw new AppError('bulk.nothing-chosen');
  if (ids.length > mostBulkItems) throw new AppError('bulk.too-many');
  const leftOut = new Map<string, ErrorCode | null>();
  for (let from = 0; from < ids.length; from += batch)
    for (const one of await inspect(tx, asked, ids.slice(from, from + batch)))
      leftOut.set(one.id, one.leftOut);
  const missing = notFound[asked.choice.subject];
  return ids.map((id) => ({ id, leftOut: leftOut.has(id) ? (leftOut.get(id) ?? null) : missing }));
}
