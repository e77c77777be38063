import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import * as events from '../../../db/repos/audit/events.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import { contracts } from '../../../workflows/contracts.ts';
import type { Identity, ProcessDeclaration } from '../../../workflows/define.ts';
import type { RequestContext } from '../../kit/context.ts';
import { fieldsOf } from '../../kit/errors.ts';
import { readForm } from '../../kit/form-body.ts';

type Json = Record<string, unknown>;
type Startable = ProcessDeclaration & Identity<unknown>;

/** The process of that name, if this person may start it. Throws `process.not-found` for every other. */
export function startable(context: RequestContext, name: string): Startable {
  const contract = Object.hasOwn(contracts, name) ? contracts[name] : undefined;
  if (!contract?.trigger || !context.can(contract.trigger)) throw new AppError('process.not-found');
  // The input is checked by the contract's own schema before its identity is asked for anything.
  return contract as Startable;
}

/** Processes this person may start by hand. */
export function startables(context: RequestContext): Startable[] {
  return Object.values(contracts).filter(({ trigger }) => trigger && context.can(trigger)) as Startable[];
}

/** Fields of a form that were left empty count as not given. */
function filled(input: Json): Json {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== ''));
}

/** The input as the process takes it; messages name fields as the form does: `input.userId`. */
function parseInput(contract: Startable, input: Json): unknown {
  const parsed = contract.input.safeParse(readForm(contract.input, filled(input)));
  if (parsed.success) return parsed.data;
  const fields = Object.entries(fieldsOf(parsed.error)).map(([name, text]) => [`input.${name}`, text]);
  throw new AppError('request.invalid', {
    fields: Object.fromEntries(fields) as Record<string, string>,
    cause: parsed.error,
  });
}

interface Started {
  workflowId: string;
  runId: string;
  tenantId: string;
}

/** Who started it and why, once, however often the same request came. */
async function record(context: RequestContext, run: Started, process: string, reason: string): Promise<void> {
  const { tenantId, workflowId, runId } = run;
  const { visibility, by } = context.scope({ tenantId });
  const scope = { visibility, by: { ...by, context: { ...by.context, workflowId, runId } } };
  await context.deps.db.inScope(scope, async (tx) => {
    const before = await events.list(tx, { tenantId, workflowId, action: 'run.triggered', limit: 50 });
    if (before.items.some((event) => event.context.runId === runId)) return;
    tx.record({
      action: 'run.triggered',
      targets: [{ type: 'run', id: workflowId }],
      data: { process, reason },
    });
  });
}

export const startBody = z.strictObject({
  input: z.record(z.string(), z.unknown()).default({}),
  reason: z.string().trim().min(10, 'At least 10 characters.').max(500, 'At most 500 characters.'),
});

/**
 * Starts a process by hand, linked to the person. The tenant must be within visibility. The same key again leads to the
 * run that was started with it; another start while one is going on is a conflict.
 */
export async function startByHand(
  context: RequestContext,
  name: string,
  { input: given, reason }: z.output<typeof startBody>,
  key: string,
): Promise<Started> {
  const contract = startable(context, name);
  const input = parseInput(contract, given);
  const tenantId = contract.tenantId(input);
  await context.deps.db.inScope(context.overview(), (tx) => tenants.get(tx, tenantId));
  const actor = context.actor();
  // Keys are per person: one never leads to another person's run.
  const requestId = createHash('sha256').update(`${actor.id}\n${name}\n${key}`).digest('hex').slice(0, 40);
  const run = await context.deps.processes.start(contract, input, actor, requestId);
  context.response.locals['workflowId'] = run.workflowId;
  await record(context, { ...run, tenantId }, name, reason);
  return { ...run, tenantId };
}
