import type { RecordedEvent } from './history.ts';
import { redact } from './redact.ts';
import { humanName, inside, textIn } from './event-labels.ts';

export interface DataBlock {
  /** ISO time. */
  at: string;
  title: string;
  json: string;
}

type Json = Record<string, unknown>;

const show = (value: unknown) => JSON.stringify(redact(value), null, 2) ?? 'null';

/** A list of one is that one: nearly everything takes and gives a single value. */
function single(value: unknown): unknown {
  return Array.isArray(value) && value.length <= 1 ? (value[0] as unknown) : value;
}

/** The failure that tells the cause: those around it only say which part failed. */
function failureOf(attributes: Json): unknown {
  let failure = attributes['failure'] as Json | undefined;
  while (failure?.['cause']) failure = failure['cause'] as Json;
  return { message: failure?.['message'] };
}

/** The blocks of one event; `names` keeps what later events refer to by its id. */
function blocksOf(
  { id, type, attributes }: RecordedEvent,
  names: Map<number, string>,
): Omit<DataBlock, 'at'>[] {
  const nameOf = (key: string) => names.get(Number(attributes[key] ?? 0)) ?? 'A part';
  switch (type) {
    case 'WorkflowExecutionStarted':
      return [{ title: 'Input', json: show(single(attributes['input'])) }];
    case 'WorkflowExecutionCompleted':
      return [{ title: 'Result', json: show(single(attributes['result'])) }];
    case 'WorkflowExecutionFailed':
      return [{ title: 'Failure', json: show(failureOf(attributes)) }];
    case 'ActivityTaskScheduled': {
      const name = humanName(textIn(attributes, 'activityType', 'name'));
      names.set(id, name);
      return [{ title: `${name}: input`, json: show(single(attributes['input'])) }];
    }
    case 'ActivityTaskCompleted':
      return [
        {
          title: `${nameOf('scheduledEventId')}: result`,
          json: show(single(attributes['result'])),
        },
      ];
    case 'ActivityTaskFailed':
      return [{ title: `${nameOf('scheduledEventId')}: failure`, json: show(failureOf(attributes)) }];
    case 'WorkflowExecutionUpdateAccepted': {
      const name = `Request “${humanName(textIn(attributes, 'acceptedRequest', 'input', 'name'))}”`;
      names.set(id, name);
      return [{ title: name, json: show(single(inside(attributes, 'acceptedRequest', 'input', 'args'))) }];
    }
    case 'WorkflowExecutionUpdateCompleted': {
      const outcome = attributes['outcome'] as { success?: unknown; failure?: Json } | undefined;
      const answer = outcome?.failure ? { message: outcome.failure['message'] } : single(outcome?.success);
      return [{ title: `${nameOf('acceptedEventId')}: answer`, json: show(answer) }];
    }
    case 'WorkflowExecutionSignaled':
      return [
        {
          title: `Signal: ${humanName(textIn(attributes, 'signalName'))}`,
          json: show(single(attributes['input'])),
        },
      ];
    default:
      return [];
  }
}

/** What went into a run and each of its parts, and what came out; secrets and personal data are left out. */
export function dataBlocks(events: readonly RecordedEvent[]): DataBlock[] {
  const names = new Map<number, string>();
  return events.flatMap((event) => blocksOf(event, names).map((block) => ({ ...block, at: event.at })));
}
