import { createHash } from 'node:crypto';
import { z } from 'zod';
import { reason } from '../../../../db/domain/common.ts';
import { AppError } from '../../../../db/domain/errors.ts';
import * as events from '../../../../db/repos/audit/events.ts';
import type { ListedRun } from '../../../../db/repos/runs/runs.ts';
import { findRole } from '../../../../db/repos/people/users.ts';
import * as tenants from '../../../../db/repos/tenants/tenants.ts';
import { triggerCopy } from '../../../../templates/admin/runs/copy.ts';
import { contracts } from '../../../../workflows/contracts.ts';
import type { Identity, ProcessDeclaration } from '../../../../workflows/define.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { readForm } from '../../../kit/form-body.ts';

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
export function filled(input: Json): Json {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== ''));
}

interface Started {
  workflowId: string;
  runId: string;
  tenantId: string;
}

/** Who started it and why, once, however often the same request came; `from` is the run that was started again. */
async function record(
  context: RequestContext,
  run: Started,
  data: { process: string; reason: string },
  from?: ListedRun,
): Promise<void> {
  const { tenantId, workflowId, runId } = run;
  const { visibility, by } = context.scope({ tenantId });
  const scope = { visibility, by: { ...by, context: { ...by.context, workflowId, runId } } };
  const action = from ? 'run.restarted' : 'run.triggered';
  await context.deps.db.inScope(scope, async (tx) => {
    const before = await events.list(tx, { tenantId, workflowId, action, limit: 50 });
    if (before.items.some((event) => event.context.runId === runId)) return;
    tx.record({
      action,
      targets: [{ type: 'run', id: from?.workflowId ?? workflowId }],
      data: { ...data, ...(from && { fromRunId: from.runId }) },
    });
  });
}

/** What every start needs; the input is described by its process. */
export const startBody = z.strictObject({ input: z.record(z.string(), z.unknown()).default({}), reason });

/** The same for one process: input and reason are checked together, so that all that is wrong is told at once. */
export function startBodyOf(contract: Startable) {
  const read = (given: unknown) => readForm(contract.input, filled((given ?? {}) as Json));
  return z.strictObject({ input: z.preprocess(read, contract.input), reason });
}

/** A person that the input names must belong to its tenant: no run could ever finish for another. */
export async function assertMember(
  context: RequestContext,
  contract: Startable,
  input: unknown,
): Promise<void> {
  const field = contract.member;
  if (field === undefined) return;
  const userId = String((input as Json)[field]);
  const tenantId = contract.tenantId(input);
  const role = await context.deps.db.inScope(context.overview(), (tx) => findRole(tx, tenantId, userId));
  if (role) return;
  throw new AppError('request.invalid', { fields: { [`input.${field}`]: triggerCopy.notMember } });
}

/**
 * Starts a process by hand with an input of `startBodyOf`, linked to the person. The tenant must be within visibility. The same key again leads to the
 * run that was started with it; another start while one is under way is a conflict. `from` is the run
 * that this one starts again.
 */
export async function startByHand(
  context: RequestContext,
  name: string,
  { input, reason: why }: { input: unknown; reason: string },
  key: string,
  from?: ListedRun,
): Promise<Started> {
  const contract = startable(context, name);
  const tenantId = contract.tenantId(input);
  await context.deps.db.inScope(context.overview(), (tx) => tenants.get(tx, tenantId));
  await assertMember(context, contract, input);
  const actor = context.actor();
  // Keys are per person: one never leads to another person's run.
  const requestId = createHash('sha256').update(`${actor.id}\n${name}\n${key}`).digest('hex').slice(0, 40);
  const run = await context.deps.processes.start(contract, input, actor, requestId);
  context.response.locals['workflowId'] = run.workflowId;
  await record(context, { ...run, tenantId }, { process: name, reason: why }, from);
  return { ...run, tenantId };
}
