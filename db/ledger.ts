import { createHash } from 'node:crypto';
import type { QueryConfig } from 'pg';
import type { Scope } from './scope.ts';
import { canonicalJson } from './domain/canonical-json.ts';
import type { EventBody, NewEvent } from './domain/event.ts';
import { newId, PLATFORM_TENANT_ID } from './domain/ids.ts';

/** SHA-256 of the canonical JSON of an event. */
export function leafHash(body: EventBody): Buffer {
  return createHash('sha256').update(canonicalJson(body)).digest();
}

/** The chain's next hash, as append_event computes it: previous hash, position in the chain, leaf hash. */
export function chainHash(previous: Buffer, seq: number, leaf: Buffer): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigInt64BE(BigInt(seq));
  return createHash('sha256').update(previous).update(place).update(leaf).digest();
}

function chainOf(scope: Scope, event: { tenantId?: string }): string {
  if (event.tenantId) return event.tenantId;
  return typeof scope.visibility === 'object' && 'tenantId' in scope.visibility
    ? scope.visibility.tenantId
    : PLATFORM_TENANT_ID;
}

/** The statement that appends events to their chains; several of one transaction in the order in which they were recorded. */
export function appendEvents(scope: Scope, events: (NewEvent & { tenantId?: string })[]): QueryConfig {
  const occurredAt = new Date().toISOString();
  const bodies = events.map((event): EventBody => {
    const { type, id, onBehalfOf } = scope.by.actor;
    const context = Object.fromEntries(
      Object.entries({ ...scope.by.context, onBehalfOf }).filter(([, value]) => value !== undefined),
    );
    return {
      id: event.id ?? newId('event'),
      tenantId: chainOf(scope, event),
      occurredAt,
      action: event.action,
      outcome: event.outcome ?? 'success',
      actor: { type, id },
      impersonatorId: scope.by.impersonatorId ?? null,
      targets: [...event.targets],
      data: event.data ?? {},
      context,
      schemaVersion: 1,
    };
  });
  return {
    name: 'append-events',
    // One statement for all: a row function is called once per row, in the order of the list.
    text: `select append_event(event, leaf) from (
       select event, leaf from unnest($1::jsonb[], $2::bytea[]) with ordinality as list (event, leaf, place) order by place
     ) as ordered`,
    values: [bodies.map((body) => JSON.stringify(body)), bodies.map(leafHash)],
  };
}
