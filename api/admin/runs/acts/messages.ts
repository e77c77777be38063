import { z } from 'zod';
import { reason } from '../../../../db/domain/common.ts';
import { AppError } from '../../../../db/domain/errors.ts';
import type { ListedRun } from '../../../../db/repos/runs/runs.ts';
import type { JsonSchema } from '../../../../templates/ui/schema-form.tsx';
import { contracts } from '../../../../workflows/contracts.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { readForm } from '../../../kit/form-body.ts';
import { idempotencyKey, idempotencyKeyOf } from '../../../kit/idempotency-key.ts';
import { redact } from '../../../kit/run-view/redact.ts';
import { getRun } from '../read.ts';
import { recordOnRun } from '../record.ts';
import { filled } from '../start/trigger.ts';
import { readOpenRun } from './open-run.ts';

type Json = Record<string, unknown>;

/** The two ways in which a run takes a message: an update answers, a signal doesn't. */
export const messageKinds = ['update', 'signal'] as const;
export type MessageKind = (typeof messageKinds)[number];

export const messageBody = z.strictObject({
  /** Name of the message. */
  message: z.string('Name the message.').min(1, 'Name the message.').max(60),
  /** Its fields, all but `by` and `reason`. */
  input: z.record(z.string(), z.unknown()).default({}),
  reason,
  /** Sends it once; instead of the `Idempotency-Key` header. */
  requestKey: idempotencyKey.optional(),
});

interface OfferedMessage {
  name: string;
  kind: MessageKind;
  title: string;
  happens: string;
  input: z.ZodType;
}

/** The messages of a process that administrators may send, as its contract declares them. */
export function messagesOf(process: string): OfferedMessage[] {
  const { manualMessages = {}, updates = {}, signals = {} } = contracts[process] ?? {};
  return Object.entries(manualMessages).flatMap(([name, words]): OfferedMessage[] => {
    const update = updates[name];
    if (update) return [{ name, kind: 'update', ...words, input: update.input }];
    const signal = signals[name];
    return signal ? [{ name, kind: 'signal', ...words, input: signal }] : [];
  });
}

/** Filled in by the server: who sends it, and why. */
const filledIn = ['by', 'reason'] as const;

const shapeOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema & Json;

/** JSON Schema of the fields a person is asked for; null where there is none. */
export function askedSchema(schema: z.ZodType): (JsonSchema & Json) | null {
  const { $schema: _dialect, ...shape } = shapeOf(schema);
  const asked = Object.entries(shape.properties ?? {}).filter(
    ([name]) => !(filledIn as readonly string[]).includes(name),
  );
  if (asked.length === 0) return null;
  const required = (shape.required ?? []).filter((name) => asked.some(([known]) => known === name));
  return { ...shape, properties: Object.fromEntries(asked), required };
}

/** The whole input of a message, checked by its schema. Throws what is wrong by the fields of the form. */
function inputOf(
  context: RequestContext,
  { input: schema }: OfferedMessage,
  given: Json,
  why: string,
): unknown {
  const { properties } = shapeOf(schema);
  if (!properties) return z.object({ input: schema }).parse({ input: null }).input;
  const typed = readForm(schema, filled(given));
  const by = properties['by'] && (properties['by'].type === 'string' ? context.actor().id : context.actor());
  const whole = { ...typed, ...(by && { by }), ...(properties['reason'] && { reason: why }) };
  return z.object({ input: schema }).parse({ input: whole }).input;
}

/** Sends a message to an open run. Throws `message.not-found`, `run.ended`, `run.paused`, and what the run refuses with. */
export async function sendMessage(
  context: RequestContext,
  runId: string,
  kind: MessageKind,
  body: z.output<typeof messageBody>,
): Promise<{ result: unknown }> {
  const { processes } = context.deps;
  const row: ListedRun = await getRun(context, runId);
  context.response.locals['workflowId'] = row.workflowId;
  const message = messagesOf(row.process).find(({ name }) => name === body.message);
  if (message?.kind !== kind) throw new AppError('message.not-found');
  const input = inputOf(context, message, body.input, body.reason);
  await readOpenRun(context, row, { paused: 'refused' });
  // Per person: a key never leads to another person's answer.
  const requestKey = `${context.actor().id}-${body.requestKey ?? idempotencyKeyOf(context)}`;
  let result: unknown = null;
  if (kind === 'update') result = await processes.updateRun(row, message.name, input, requestKey);
  else await processes.signalRun(row, message.name, input, requestKey);
  const data = { message: message.name, reason: body.reason };
  await recordOnRun(context, row, 'run.message-sent', data, requestKey);
  return { result: redact(result) ?? null };
}
