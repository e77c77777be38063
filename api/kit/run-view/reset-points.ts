import type { Progress, StepState } from '../../../db/domain/progress.ts';
import { inside, textIn } from './event-labels.ts';
import type { RecordedEvent } from './history.ts';

/** Where a run can be reset to, so that a step runs again. */
export interface ResetPoint {
  step: string;
  /** Id of the completed workflow task whose decisions began the step: it is decided anew. */
  eventId: number;
  /** When the step began; ISO time. */
  at: string;
}

/** A step that was skipped, or hasn't been reached, can't be gone back to. */
const begun = (state: StepState) => state !== 'upcoming' && state !== 'skipped';

/**
 * The moment before the first work of every step that a run has begun: what a person submitted for it comes after, and
 * so is sent again. A step without work begins when it is reached.
 */
export function resetPoints(events: readonly RecordedEvent[]): ResetPoint[] {
  const reached = new Map<string, ResetPoint>();
  const worked = new Map<string, ResetPoint>();
  for (const { type, at, attributes } of events) {
    if (type !== 'WorkflowPropertiesModified') continue;
    const progress = inside(attributes, 'upsertedMemo', 'fields', 'progress') as Progress | undefined;
    const eventId = Number(attributes['workflowTaskCompletedEventId'] ?? 0);
    if (eventId === 0) continue;
    for (const { key, state } of progress?.steps ?? []) {
      const point = { step: key, eventId, at };
      if (begun(state) && !reached.has(key)) reached.set(key, point);
      if (state === 'running' && !worked.has(key)) worked.set(key, point);
    }
  }
  const points = [...reached].map(([key, point]) => worked.get(key) ?? point);
  return points.sort((a, b) => a.eventId - b.eventId);
}

/** What was recorded after a point, and so is decided anew or sent again. */
export interface AfterPoint {
  /** Names of the activities that were begun, each as often as it was. */
  activities: string[];
  /** Names of the updates and signals that arrived: Temporal sends them to the new run. */
  messages: string[];
  /** Runs it started. */
  children: number;
}

export function afterPoint(events: readonly RecordedEvent[], { eventId }: ResetPoint): AfterPoint {
  const after = events.filter(({ id }) => id > eventId);
  const namesOf = (type: string, ...path: string[]) =>
    after.filter((event) => event.type === type).map(({ attributes }) => textIn(attributes, ...path));
  return {
    activities: namesOf('ActivityTaskScheduled', 'activityType', 'name'),
    messages: [
      ...namesOf('WorkflowExecutionUpdateAccepted', 'acceptedRequest', 'input', 'name'),
      ...namesOf('WorkflowExecutionSignaled', 'signalName'),
    ],
    children: after.filter(({ type }) => type === 'ChildWorkflowExecutionStarted').length,
  };
}

/** The run that this one was made from by a reset; null where it is no such run. */
export function baseRunOf(events: readonly RecordedEvent[]): string | null {
  const reset = events.findLast(
    ({ type, attributes }) =>
      type === 'WorkflowTaskFailed' && textIn(attributes, 'cause').includes('RESET_WORKFLOW'),
  );
  return (reset && textIn(reset.attributes, 'baseRunId')) || null;
}
