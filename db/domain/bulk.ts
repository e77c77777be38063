import { z } from 'zod';
import { billingBulk, subscriptionFilter } from './billing/bulk.ts';
import { peopleBulk, peopleFilter } from './people/bulk.ts';
import { runFilter, runsBulk } from './runs/bulk.ts';
import { type BulkDeclaration, mostBulkItems } from './runs/bulk-operation.ts';
import { tenantFilter, tenantsBulk } from './tenants/bulk.ts';

/** Every bulk operation, by capability. What isn't here can't be run. */
const declared = { ...tenantsBulk, ...peopleBulk, ...runsBulk, ...billingBulk } as const;
export type BulkKey = keyof typeof declared;
export const bulkOperations: Readonly<Record<BulkKey, BulkDeclaration>> = declared;
export const bulkKeys = Object.keys(declared) as [BulkKey, ...BulkKey[]];

const ids = z.array(z.string().max(200)).min(1).max(mostBulkItems);
const choiceOf = <S extends string, F extends z.ZodObject>(subject: S, filter: F) =>
  z.union([
    z.strictObject({ subject: z.literal(subject), ids }),
    z.strictObject({ subject: z.literal(subject), filter }),
  ]);

/** What an operation is about: these items, or all that the filters of their list find. */
export const bulkChoice = z.union([
  choiceOf('tenants', tenantFilter),
  choiceOf('people', peopleFilter),
  choiceOf('runs', runFilter),
  choiceOf('subscriptions', subscriptionFilter),
]);
export type BulkChoice = z.output<typeof bulkChoice>;

/** Names in the address of a list that choose no items. */
const presentation = ['sort', 'cursor', 'limit', 'tab'];

/** The query of a list without what only orders it; empty where it would choose everything. */
export function filterIn(query: string): Record<string, string> {
  const given = [...new URLSearchParams(query)].filter(
    ([name, value]) => value !== '' && !presentation.includes(name),
  );
  return Object.fromEntries(given);
}
