import { randomUUID } from 'node:crypto';
import { AppError, errorTable, isErrorCode } from '../../../db/domain/errors.ts';
import { idFromKey } from '../../../db/domain/ids.ts';
import { findOpen } from '../../../db/repos/tenants/freezes.ts';
import { getTool } from '../../../db/repos/integrations/tools.ts';
import { callToolContract, type ToolAnswer } from '../../../workflows/integrations/call-tool.contract.ts';
import { workflowId } from '../../../workflows/define.ts';
import type { RequestContext } from '../../kit/context.ts';

/** Id of a call, the same for the same request key of the same person. */
export async function callIdOf(context: RequestContext, requestKey: string | undefined): Promise<string> {
  const { userId } = context.person();
  return idFromKey('call', `${context.tenant().tenantId} ${userId} ${requestKey ?? randomUUID()}`);
}

/** Has a tool called in a process, and answers how that stands. Throws `process.timeout` when it takes long. */
export async function callTool(
  context: RequestContext,
  asked: {
    server: string;
    tool: string;
    arguments: Record<string, unknown>;
    requestKey?: string | undefined;
  },
): Promise<ToolAnswer & { callId: string }> {
  const { server, tool, arguments: args, requestKey } = asked;
  const { tenantId } = context.tenant();
  const isHeld = await context.deps.db.inScope(context.tenant(), async (tx) => {
    const { risk } = await getTool(tx, server, tool);
    return risk !== 'read' && (await findOpen(tx, tenantId)) !== null;
  });
  // Its answer would come after the thaw; the person who waits for it is told at once.
  if (isHeld) throw new AppError('tenant.frozen');
  const callId = await callIdOf(context, requestKey);
  const input = { tenantId, callId, actor: context.actor(), server, tool, arguments: args };
  const { processes } = context.deps;
  try {
    const answer = await processes.startWithUpdate(callToolContract, input, context.actor(), 'answer', null);
    return { ...answer, callId };
  } catch (error) {
    // The same request came before, and its call has ended.
    if (!(error instanceof AppError) || error.code !== 'run.conflict') throw error;
    return { ...(await callStatusOf(context, callId)), callId };
  }
}

/** The failure of a call as the error it is. */
export function errorOf(answer: Extract<ToolAnswer, { status: 'failed' }>): AppError {
  const { code, message, fields } = answer.error;
  const known = isErrorCode(code) ? code : 'internal.unexpected';
  return new AppError(known, {
    text: code === known ? message : errorTable[known].text,
    ...(fields && { fields }),
  });
}

/** How a call of this tenant stands now. Throws `run.not-found`. */
export async function callStatusOf(context: RequestContext, callId: string): Promise<ToolAnswer> {
  const { processes } = context.deps;
  const id = workflowId(context.tenant().tenantId, callToolContract.name, callId);
  const found = await processes.findProgress(id);
  if (!found) throw new AppError('run.not-found');
  const result = () => processes.result(callToolContract, id);
  if (!found.open) return result();
  try {
    return await processes.update(callToolContract, id, 'answer', null);
  } catch (error) {
    // It ended after the look.
    if (error instanceof AppError && error.code === 'run.ended') return result();
    throw error;
  }
}
