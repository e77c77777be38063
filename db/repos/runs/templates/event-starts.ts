import { PLATFORM_TENANT_ID } from '../../../domain/ids.ts';
import type { EventBody } from '../../../domain/event.ts';
import type { EventStart, Json } from '../../../domain/runs/templates/definition.ts';
import { type KnownEvent, parametersOn } from '../../../domain/runs/templates/event-start.ts';
import type { Tx } from '../../../scope.ts';
import { all } from '../../shared/rows.ts';

/** How far a template has looked through the events of its business. */
export interface EventCursor {
  tenantId: string;
  templateId: string;
  seq: number;
}

/** A run that an event starts. */
export interface EventRun {
  tenantId: string;
  templateId: string;
  eventId: string;
  parameters: Record<string, Json>;
}

interface Listening {
  tenantId: string;
  id: string;
  onEvent: string;
  eventSeq: number;
  head: number;
  on: EventStart;
  business: Record<string, Json>;
}

/** Templates that are looked after in one turn, and the events of each. */
const most = { templates: 100, events: 20 } as const;

/** Templates whose business has events that they haven’t looked at. */
const listening = (tx: Tx): Promise<Listening[]> =>
  all(
    tx
      .sql('workflow_templates as t')
      .join('event_heads as h', 'h.tenant_id', 't.tenant_id')
      .join('tenants as b', 'b.id', 't.tenant_id')
      .join('workflow_template_versions as v', (on) =>
        on
          .on('v.tenant_id', 't.tenant_id')
          .andOn('v.template_id', 't.id')
          .andOn('v.version', 't.live_version'),
      )
      .whereNotNull('t.on_event')
      .whereNot('t.tenant_id', PLATFORM_TENANT_ID)
      .whereRaw('h.seq > t.event_seq')
      .orderBy(['t.tenant_id', 't.id'])
      .limit(most.templates)
      .select('t.tenant_id', 't.id', 't.on_event')
      .select(
        tx.sql.raw(`t.event_seq, h.seq as head, v.definition->'on' as on,
        json_build_object('id', b.id, 'name', b.name, 'timezone', b.timezone, 'language', b.language,
          'country', b.country) as business`),
      ),
  );

/** What came since; events of workflows from templates start none, so that no template starts itself for ever. */
const eventsSince = (tx: Tx, { tenantId, onEvent, eventSeq, head }: Listening) =>
  all<{ seq: number; id: string; body: EventBody }>(
    tx
      .sql('events')
      .where({ tenant_id: tenantId, action: onEvent, outcome: 'success' })
      .whereBetween('seq', [eventSeq + 1, head])
      .whereRaw(`(workflow_id is null or workflow_id not like '%:run-template:%')`)
      .orderBy('seq')
      .limit(most.events)
      .select('seq', 'id', 'body'),
  );

function known({ action, occurredAt, targets, data }: EventBody): KnownEvent {
  const [about] = targets;
  return { action, at: occurredAt, about: about?.id ?? null, kind: about?.type ?? null, data: data as Json };
}

/** Writes down how far templates have looked; never back. Needs the reach of the platform. */
export async function advance(tx: Tx, cursors: readonly EventCursor[]): Promise<void> {
  for (const { tenantId, templateId, seq } of cursors) {
    await tx
      .sql('workflow_templates')
      .where({ tenant_id: tenantId, id: templateId })
      .update({ event_seq: tx.sql.raw('greatest(event_seq, ?)', [seq]) });
  }
}

/**
 * The runs that new events start, and how far each of their templates has then looked. Those without a run are advanced
 * at once. Needs the reach of the platform.
 */
export async function takeDue(tx: Tx): Promise<{ runs: EventRun[]; cursors: EventCursor[] }> {
  const runs: EventRun[] = [];
  const cursors: EventCursor[] = [];
  const idle: EventCursor[] = [];
  for (const template of await listening(tx)) {
    const { tenantId, id: templateId, head, on, business } = template;
    const events = await eventsSince(tx, template);
    const due = events.flatMap(({ id: eventId, body }): EventRun[] => {
      const parameters = parametersOn(on, known(body), business);
      return parameters ? [{ tenantId, templateId, eventId, parameters }] : [];
    });
    const seq = events.length === most.events ? (events.at(-1)?.seq ?? head) : head;
    (due.length > 0 ? cursors : idle).push({ tenantId, templateId, seq });
    runs.push(...due);
  }
  await advance(tx, idle);
  return { runs, cursors };
}
