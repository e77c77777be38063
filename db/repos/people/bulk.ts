import { type PeopleBulkFilter, type PeopleBulkKey, peopleChangeOf } from '../../domain/people/bulk.ts';
import { whyUnchanged } from '../../domain/people/change.ts';
import type { BulkCandidate } from '../../domain/runs/bulk-operation.ts';
import type { Tx } from '../../scope.ts';
import * as people from './people.ts';

/** A person with the memberships that a change is about: in one tenant, or all. */
export const within = (person: people.Person, tenantId: string | null): people.Person => ({
  ...person,
  memberships: person.memberships.filter((one) => tenantId === null || one.tenantId === tenantId),
});

/** The tenant that roles and features are changed in; null for wherever a person belongs. */
export const tenantIn = ({ tenant }: Readonly<Record<string, unknown>>): string | null =>
  typeof tenant === 'string' && tenant !== '' ? tenant : null;

/** Ids of the people within reach that filters find, one more than `limit` where there are more. */
export function choose(tx: Tx, { tenant, ...filter }: PeopleBulkFilter, limit: number): Promise<string[]> {
  return people.ids(tx, { ...filter, tenantId: tenant }, limit);
}

/** What an operation would do to each of these; people out of reach are missing. */
export async function inspect(
  tx: Tx,
  operation: PeopleBulkKey,
  given: { ids: readonly string[]; parameters: Readonly<Record<string, unknown>>; by: string },
): Promise<BulkCandidate[]> {
  const { ids, parameters, by } = given;
  if (ids.length === 0) return [];
  const change = peopleChangeOf(operation, parameters);
  const tenantId = tenantIn(parameters);
  const { items } = await people.list(tx, { ids, limit: ids.length });
  return items.map((person) => ({
    id: person.id,
    leftOut: change
      ? whyUnchanged(within(person, tenantId), change, by)
      : person.id === by
        ? 'member.own-role'
        : null,
  }));
}
