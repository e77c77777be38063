import type { z } from 'zod';
import { AppError } from '../../../../db/domain/errors.ts';
import type { ListedRun } from '../../../../db/repos/runs/runs.ts';
import { type JsonSchema, kindOf } from '../../../../templates/ui/schema-form.tsx';
import { contracts } from '../../../../workflows/contracts.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { idempotencyKey, idempotencyKeyOf } from '../../../kit/idempotency-key.ts';
import { readHistoryPage } from '../../../kit/run-view/history.ts';
import { redact } from '../../../kit/run-view/redact.ts';
import { pickOrThrow } from '../../../both/runs/pick.ts';
import { getRun } from '../read.ts';
import { startBody, startBodyOf, startByHand, startable } from '../start/trigger.ts';

type Json = Record<string, unknown>;

export const againBody = startBody.extend({
  /** Starts it once; instead of the `Idempotency-Key` header. */
  requestKey: idempotencyKey.optional(),
});

/** Whether a person may start runs of this process by hand. */
export const canStartAgain = (context: RequestContext, process: string): boolean => {
  const trigger = contracts[process]?.trigger;
  return trigger !== undefined && trigger !== null && context.can(trigger);
};

interface FormerInput {
  /** Its fields, without those that hold secrets or personal data. */
  values: Json;
  /** Names of the fields that were left out and have to be entered again. */
  withheld: string[];
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What a run was started with, as far as it may be shown. Throws `run.history-gone`. */
export async function readFormerInput(context: RequestContext, row: ListedRun): Promise<FormerInput> {
  const { events } = await readHistoryPage(context.deps.processes, row, { size: 1 }).catch(
    (error: unknown) => {
      const isGone = error instanceof AppError && error.code === 'run.ended';
      throw isGone ? new AppError('run.history-gone', { cause: error }) : error;
    },
  );
  const [input] = (events[0]?.attributes['input'] as Json[] | undefined) ?? [];
  const values: Json = {};
  const withheld: string[] = [];
  for (const [name, value] of Object.entries(input ?? {})) {
    const shown = redact({ [name]: value }) as Json;
    if (same(shown[name], value)) values[name] = value;
    else withheld.push(name);
  }
  return { values, withheld };
}

/** The fields of a former input as a form of its schema holds them. */
export function asTyped(schema: JsonSchema, values: Json): Json {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
      const value = values[name];
      if (value === undefined || value === null) return [];
      const kind = kindOf(property);
      if (kind === 'json') return [[name, JSON.stringify(value, null, 2)]];
      if (kind === 'lines' && Array.isArray(value)) return [[name, value.join('\n')]];
      return [[name, value]];
    }),
  );
}

/**
 * Starts a new run with the input of a visible run, in which the given fields take the place of its own. Throws
 * `process.not-found` where the person may not start it by hand, and all that a start by hand throws.
 */
export async function startAgain(
  context: RequestContext,
  runId: string,
  body: z.output<typeof againBody>,
): Promise<{ runId: string; workflowId: string }> {
  const row = await getRun(context, runId);
  const contract = startable(context, row.process);
  const { values } = await readFormerInput(context, row);
  const given = await pickOrThrow(context, { ...values, ...body.input });
  const start = startBodyOf(contract).parse({ input: given, reason: body.reason });
  const key = `${runId}-${body.requestKey ?? idempotencyKeyOf(context)}`;
  const { runId: newRunId, workflowId } = await startByHand(context, row.process, start, key, row);
  return { runId: newRunId, workflowId };
}
