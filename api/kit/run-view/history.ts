import proto from '@temporalio/proto';
import type { temporal } from '@temporalio/proto';
import type { Processes } from '../processes/client.ts';
import { decoderOf, isoOf, type Decoder } from './decode.ts';

type Json = Record<string, unknown>;

/** One event of a history: opened, as plain data, not yet redacted. */
export interface RecordedEvent {
  id: number;
  at: string;
  /** As Temporal calls it, in words without spaces: "ActivityTaskScheduled". */
  type: string;
  attributes: Json;
}

export interface Recorded {
  events: RecordedEvent[];
  /** Where to go on; null at the end. */
  nextToken: string | null;
}

interface Target {
  workflowId: string;
  runId: string;
}

/** "EVENT_TYPE_ACTIVITY_TASK_SCHEDULED" → "ActivityTaskScheduled". */
function typeName(type: string): string {
  return type
    .replace('EVENT_TYPE_', '')
    .toLowerCase()
    .replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Default values are no properties of their own in protobufjs 8, so events are never spread as they come. */
async function openEvent(
  event: temporal.api.history.v1.IHistoryEvent,
  decoder: Decoder,
): Promise<RecordedEvent> {
  const plain = proto.temporal.api.history.v1.HistoryEvent.toObject(
    event as temporal.api.history.v1.HistoryEvent,
    {
      enums: String,
      longs: String,
    },
  );
  const name = Object.keys(plain).find((key) => key.endsWith('EventAttributes'));
  const attributes = name ? ((await decoder.message(plain[name])) as Json) : {};
  return {
    id: Number(plain['eventId'] ?? 0),
    at: isoOf(plain['eventTime']) ?? '',
    type: typeName(String(plain['eventType'] ?? '')),
    attributes,
  };
}

/** A part of a run's history, opened. */
export async function readHistoryPage(
  processes: Processes,
  target: Target,
  page: { size: number; token?: string | undefined },
): Promise<Recorded> {
  const { events, nextToken } = await processes.historyPage(target, page);
  const decoder = decoderOf(processes.dataConverter);
  return { events: await Promise.all(events.map((event) => openEvent(event, decoder))), nextToken };
}

/** More than any business process writes; beyond it the bars of the earliest steps are what is kept. */
const mostEvents = 5_000;

/** The history from its start, as far as pages need it. */
export async function readHistory(processes: Processes, target: Target): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  let token: string | undefined;
  do {
    const page = await readHistoryPage(processes, target, { size: 1_000, token });
    all.push(...page.events);
    token = page.nextToken ?? undefined;
  } while (token && all.length < mostEvents);
  return all;
}
