import type { HistoryEvent } from '../../../templates/admin/runs/run-types.ts';
import { durationText } from '../../../templates/ui/format.ts';
import type { RecordedEvent } from './history.ts';
import { labelOf } from './event-labels.ts';

/** Events that begin something; what comes of it names the event that began it. */
const heads = new Set([
  'ActivityTaskScheduled',
  'TimerStarted',
  'StartChildWorkflowExecutionInitiated',
  'SignalExternalWorkflowExecutionInitiated',
  'RequestCancelExternalWorkflowExecutionInitiated',
  'WorkflowExecutionSignaled',
  'WorkflowExecutionUpdateAccepted',
  'MarkerRecorded',
  'NexusOperationScheduled',
]);

/** The same work again and again, of which a reader learns nothing. */
const isNoise = (type: string) =>
  type.startsWith('WorkflowTask') ||
  type === 'WorkflowPropertiesModified' ||
  type === 'UpsertWorkflowSearchAttributes';

/** Id of the event that began what this one continues; 0 for a single event. */
function headOf({ type, attributes }: RecordedEvent): number {
  const of = (name: string) => Number(attributes[name] ?? 0);
  if (type === 'TimerFired' || type === 'TimerCanceled') return of('startedEventId');
  if (type === 'WorkflowExecutionUpdateCompleted') return of('acceptedEventId');
  return of('scheduledEventId') || of('initiatedEventId');
}

function entryOf(events: readonly RecordedEvent[]): HistoryEvent {
  const [first] = events as [RecordedEvent];
  const last = events.at(-1) ?? first;
  const head = labelOf(first);
  if (events.length === 1)
    return { ...head, tone: heads.has(first.type) ? 'waiting' : (head.tone ?? 'idle') };
  const end = labelOf(last);
  const tries = Math.max(1, ...events.map(({ attributes }) => Number(attributes['attempt'] ?? 1)));
  const took = durationText(Date.parse(last.at) - Date.parse(first.at));
  const outcome = [
    end.title,
    `after ${took}`,
    tries > 1 ? `attempt ${tries}` : '',
    head.detail ?? '',
    end.detail ?? '',
  ];
  return { ...head, detail: outcome.filter(Boolean).join(' · '), tone: end.tone ?? 'waiting' };
}

/** Everything that belongs together as one line: an activity with its tries, a timer, a request with its answer. */
export function compact(events: readonly RecordedEvent[]): HistoryEvent[] {
  const groups = new Map<number, RecordedEvent[]>();
  for (const event of events) {
    if (isNoise(event.type)) continue;
    const group = groups.get(headOf(event));
    if (group) group.push(event);
    else groups.set(event.id, [event]);
  }
  return [...groups.values()].map(entryOf);
}
