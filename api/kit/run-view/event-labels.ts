import type { HistoryEvent } from '../../../templates/admin/runs/run-types.ts';
import { durationText } from '../../../templates/ui/format.ts';
import type { RecordedEvent } from './history.ts';
import { redact, redactText } from './redact.ts';

type Json = Record<string, unknown>;
type Words = Pick<HistoryEvent, 'title' | 'detail' | 'tone'>;

/** The value at a path inside plain data; undefined where there is nothing. */
export const inside = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? (at as Json)[name] : undefined),
    value,
  );
/** The same as text; empty where there is none. */
export const textIn = (value: unknown, ...path: string[]): string => {
  const found = inside(value, ...path);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
};

/** "sendInvoiceMail" → "Send invoice mail". */
export function humanName(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const failureText = (attributes: Json) =>
  textIn(attributes, 'failure', 'message') || textIn(attributes, 'failure', 'cause', 'message');

/** "86400 s" → "1 d". */
const lengthOf = (seconds: string) => durationText(Number.parseFloat(seconds) * 1_000);

function updateWords({ attributes }: RecordedEvent): Words {
  const name = textIn(attributes, 'acceptedRequest', 'input', 'name');
  const [argument] = (inside(attributes, 'acceptedRequest', 'input', 'args') as unknown[] | undefined) ?? [];
  const step = textIn(argument, 'submission', 'step') || textIn(argument, 'step');
  return { title: `Request “${humanName(name)}”`, ...(step && { detail: `Step: ${step}` }), tone: 'idle' };
}

function answerWords({ attributes }: RecordedEvent): Words {
  const refused = inside(attributes, 'outcome', 'failure');
  if (!refused) return { title: 'Request answered', tone: 'done' };
  return { title: 'Request refused', detail: textIn(refused, 'message'), tone: 'attention' };
}

function progressWords({ attributes }: RecordedEvent): Words {
  const progress = inside(attributes, 'upsertedMemo', 'fields', 'progress');
  const step = textIn(progress, 'currentStep');
  return { title: 'Progress saved', detail: [textIn(progress, 'state'), step].filter(Boolean).join(', ') };
}

/** What each kind of event says. What is missing here is shown by its own name. */
const words: Record<string, (event: RecordedEvent) => Words> = {
  WorkflowExecutionStarted: () => ({ title: 'Run started', tone: 'done' }),
  WorkflowExecutionCompleted: () => ({ title: 'Run completed', tone: 'done' }),
  WorkflowExecutionFailed: ({ attributes }) => ({
    title: 'Run failed',
    detail: failureText(attributes),
    tone: 'failed',
  }),
  WorkflowExecutionTimedOut: () => ({ title: 'Run timed out', tone: 'failed' }),
  WorkflowExecutionCancelRequested: () => ({ title: 'Cancellation requested', tone: 'attention' }),
  WorkflowExecutionCanceled: () => ({ title: 'Run cancelled', tone: 'idle' }),
  WorkflowExecutionTerminated: ({ attributes }) => ({
    title: 'Run terminated',
    detail: textIn(attributes, 'reason'),
    tone: 'failed',
  }),
  WorkflowExecutionContinuedAsNew: () => ({ title: 'Run continued in a new one', tone: 'done' }),
  WorkflowExecutionSignaled: ({ attributes }) => ({
    title: `Signal: ${humanName(textIn(attributes, 'signalName'))}`,
  }),
  WorkflowExecutionUpdateAccepted: updateWords,
  WorkflowExecutionUpdateCompleted: answerWords,
  WorkflowPropertiesModified: progressWords,
  UpsertWorkflowSearchAttributes: () => ({ title: 'Search attributes updated' }),
  ActivityTaskScheduled: ({ attributes }) => ({
    title: humanName(textIn(attributes, 'activityType', 'name')),
  }),
  ActivityTaskStarted: ({ attributes }) => {
    const attempt = Number(attributes['attempt'] ?? 1);
    const before = textIn(attributes, 'lastFailure', 'message');
    return {
      title: attempt > 1 ? `Started by a worker, attempt ${attempt}` : 'Started by a worker',
      ...(before && { detail: `Last failure: ${before}` }),
    };
  },
  ActivityTaskCompleted: () => ({ title: 'Done', tone: 'done' }),
  ActivityTaskFailed: ({ attributes }) => ({
    title: 'Failed',
    detail: failureText(attributes),
    tone: 'failed',
  }),
  ActivityTaskTimedOut: () => ({ title: 'Timed out', tone: 'failed' }),
  ActivityTaskCancelRequested: () => ({ title: 'Cancellation requested', tone: 'idle' }),
  ActivityTaskCanceled: () => ({ title: 'Cancelled', tone: 'idle' }),
  TimerStarted: ({ attributes }) => ({
    title: `Timer set for ${lengthOf(textIn(attributes, 'startToFireTimeout'))}`,
    tone: 'waiting',
  }),
  TimerFired: () => ({ title: 'Timer fired', tone: 'done' }),
  TimerCanceled: () => ({ title: 'Timer cancelled', tone: 'idle' }),
  StartChildWorkflowExecutionInitiated: ({ attributes }) => ({
    title: `Process “${humanName(textIn(attributes, 'workflowType', 'name'))}” requested`,
  }),
  ChildWorkflowExecutionStarted: () => ({ title: 'Process started' }),
  ChildWorkflowExecutionCompleted: () => ({ title: 'Process completed', tone: 'done' }),
  ChildWorkflowExecutionFailed: ({ attributes }) => ({
    title: 'Process failed',
    detail: failureText(attributes),
    tone: 'failed',
  }),
  WorkflowTaskScheduled: () => ({ title: 'Waiting for a worker' }),
  WorkflowTaskStarted: () => ({ title: 'Worker started deciding' }),
  WorkflowTaskCompleted: () => ({ title: 'Worker decided what’s next' }),
  WorkflowTaskTimedOut: () => ({
    title: 'The worker timed out; another one takes over',
    tone: 'attention',
  }),
  WorkflowTaskFailed: ({ attributes }) => ({
    title: 'The worker couldn’t continue',
    detail: failureText(attributes),
    tone: 'failed',
  }),
};

/** One event in words. */
export function labelOf(event: RecordedEvent): HistoryEvent {
  const said = words[event.type]?.(event) ?? { title: humanName(event.type) };
  return {
    id: String(event.id),
    at: event.at,
    type: event.type,
    title: redactText(said.title),
    ...(said.detail && { detail: redactText(said.detail) }),
    ...(said.tone && { tone: said.tone }),
  };
}

/** One event as recorded, opened and redacted; indented. */
export function jsonOf({ id, at, type, attributes }: RecordedEvent): string {
  return JSON.stringify(redact({ eventId: id, eventTime: at, eventType: type, attributes }), null, 2);
}

/** The same, with its words. */
export function rawOf(event: RecordedEvent): HistoryEvent {
  return { ...labelOf(event), json: jsonOf(event) };
}
