import { randomUUID } from 'node:crypto';
import { AppError } from '../../../db/domain/errors.ts';
import { getFromInbox } from '../../../db/repos/approvals/inbox.ts';
import { needsApproval } from '../../../db/domain/integrations/risk.ts';
import { getServer } from '../../../db/repos/integrations/servers.ts';
import { getTool, type RegisteredTool } from '../../../db/repos/integrations/tools.ts';
import { TryToolPage, type TryState } from '../../../templates/client/integrations/try-tool.tsx';
import { tryCopy } from '../../../templates/client/integrations/copy.ts';
import type { JsonSchema } from '../../../templates/ui/schema-form.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import type { FormState } from '../../kit/route.ts';
import { approverOf } from '../shared/self-approval.ts';
import { callIdOf, callTool, errorOf, callStatusOf } from './calling.ts';
import { atFields, fieldsName, fitsFields, fromFields, toFields } from './tool-form.ts';

interface Place {
  server: string;
  tool: string;
}
export type Way = 'fields' | 'json';
interface Posted {
  as: Way;
  values: Record<string, unknown>;
  arguments: string;
  requestKey: string;
}

const schemaOf = ({ definition }: RegisteredTool) => definition.inputSchema as JsonSchema;

/** The JSON object that a person entered. Throws `request.invalid`. */
function parseObject(text: string): Record<string, unknown> {
  const problem = (message: string) => new AppError('request.invalid', { fields: { arguments: message } });
  if (text.trim() === '') throw problem(tryCopy.enterValues);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    throw problem(tryCopy.notJson);
  }
  throw problem(tryCopy.notObject);
}

/** Messages about values go to the only field of the JSON form. */
function atJsonField(error: AppError): AppError {
  const messages = Object.entries(error.fields ?? {}).map(([field, message]) => `${field}: ${message}`);
  return new AppError('request.invalid', {
    text: error.message,
    ...(messages.length > 0 && { fields: { arguments: messages.join(' ') } }),
  });
}

/** Calls the tool with the posted values and returns the id of the call. Throws `request.invalid` with messages at its fields. */
export async function tryOnce(context: RequestContext, at: Place, posted: Posted): Promise<string> {
  const tool = await context.deps.db.inScope(context.tenant(), (tx) => getTool(tx, at.server, at.tool));
  const schema = schemaOf(tool);
  const { requestKey } = posted;
  const args = posted.as === 'json' ? parseObject(posted.arguments) : fromFields(schema, posted.values);
  try {
    const answer = await callTool(context, { ...at, arguments: args, requestKey });
    if (answer.status !== 'failed') return answer.callId;
    const error = errorOf(answer);
    throw posted.as === 'json' ? atJsonField(error) : atFields(schema, error);
  } catch (error) {
    // The call keeps running; its page shows the outcome.
    if (error instanceof AppError && error.code === 'process.timeout') return callIdOf(context, requestKey);
    throw error;
  }
}

/** The page of one tool: its form, and the state of a call made from it. */
export async function tryPage(
  context: RequestContext,
  at: Place,
  shown: { state?: TryState; form?: FormState; as?: Way } = {},
) {
  const { server, tool } = await context.deps.db.inScope(context.tenant(), async (tx) => ({
    server: await getServer(tx, at.server),
    tool: await getTool(tx, at.server, at.tool),
  }));
  if (tool.state !== 'approved') throw new AppError('tool.quarantined');
  const { definition } = tool;
  const schema = schemaOf(tool);
  const [example = {}] = (definition.inputSchema['examples'] ?? []) as Record<string, unknown>[];
  const fits = fitsFields(schema);
  const as = fits ? (shown.as ?? 'fields') : 'json';
  const prefilled =
    as === 'json'
      ? { arguments: JSON.stringify(example, null, 2) }
      : { [fieldsName]: toFields(schema, example) };
  return TryToolPage({
    frame: pageContextOf(context),
    server: { name: server.name, title: server.title },
    tool: {
      name: tool.name,
      title: tool.title,
      description: definition.description,
      risk: tool.risk,
      schema,
    },
    as,
    fits,
    fieldsName,
    requestKey: randomUUID(),
    ...(shown.state && { state: shown.state }),
    approver: needsApproval(tool.risk) ? await approverOf(context) : null,
    form: shown.form ?? { values: prefilled },
  });
}

/** The state of a call, as the page of the tool shows it. */
export async function shownState(context: RequestContext, callId: string): Promise<TryState> {
  let answer;
  try {
    answer = await callStatusOf(context, callId);
  } catch (error) {
    if (error instanceof AppError && error.code === 'process.timeout') return { kind: 'running', callId };
    throw error;
  }
  if (answer.status === 'done') return { kind: 'done', result: answer.result };
  if (answer.status === 'failed') return { kind: 'failed', problem: answer.error.message };
  const { approvalId, expiresAt } = answer;
  const { summary, argumentsHash, isMine } = await context.deps.db.inScope(context.tenant(), (tx) =>
    getFromInbox(tx, approvalId, true),
  );
  return { kind: 'waiting', approvalId, expiresAt, arguments: summary, argumentsHash, isMine };
}
