import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import { kebabName } from '../../../db/domain/mcp.ts';
import { getApproval } from '../../../db/repos/mcp-approvals.ts';
import { getServer } from '../../../db/repos/mcp-registry.ts';
import { listCalls } from '../../../db/repos/mcp-calls.ts';
import { getTool } from '../../../db/repos/mcp-tools.ts';
import { TryToolPage, type TryState } from '../../../templates/client/try-tool.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { frameOf } from '../../kit/frame.ts';
import { type AnyRoute, defineForm, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { toolAnswer } from '../../../workflows/call-tool.contract.ts';
import { callTool, errorOf, standingOf } from './calling.ts';

const toolName = z.string().regex(/^[A-Za-z0-9_.-]{1,128}$/);
const params = z.object({ server: kebabName, tool: toolName });
const values = z.record(z.string(), z.unknown());

/** JSON of an object, as a person typed it. */
const typed = z
  .string('Enter the values.')
  .max(100_000)
  .transform((text, context) => {
    try {
      return values.parse(JSON.parse(text));
    } catch {
      context.addIssue('This is not JSON of an object. Look for a missing quote or comma.');
      return z.NEVER;
    }
  });

async function tryPage(
  context: RequestContext,
  at: { server: string; tool: string },
  shown: { state?: TryState; form?: FormState } = {},
) {
  const { server, tool } = await context.deps.db.inScope(context.tenant(), async (tx) => ({
    server: await getServer(tx, at.server),
    tool: await getTool(tx, at.server, at.tool),
  }));
  if (tool.state !== 'approved') throw new AppError('tool.quarantined');
  const { definition } = tool;
  const [example] = (definition.inputSchema['examples'] ?? []) as unknown[];
  return TryToolPage({
    frame: frameOf(context),
    server: { name: server.name, title: server.title },
    tool: {
      name: tool.name,
      title: tool.title,
      description: definition.description,
      risk: tool.risk,
      schema: definition.inputSchema,
    },
    example: JSON.stringify(example ?? {}, null, 2),
    requestKey: randomUUID(),
    ...(shown.state && { state: shown.state }),
    mayApprove: context.can('tools.approve'),
    ...(shown.form && { form: shown.form }),
  });
}

/** How a call that was tried here stands, as the page shows it. */
async function shownState(context: RequestContext, callId: string): Promise<TryState> {
  const answer = await standingOf(context, callId);
  if (answer.status === 'done') return { kind: 'done', result: answer.result };
  if (answer.status === 'failed') return { kind: 'failed', problem: answer.error.message };
  const { summary } = await context.deps.db.inScope(context.tenant(), (tx) =>
    getApproval(tx, answer.approvalId),
  );
  return { kind: 'waiting', approvalId: answer.approvalId, expiresAt: answer.expiresAt, arguments: summary };
}

/** Field messages of a call stand with the one field the form has. */
function atTheForm(error: AppError): AppError {
  const said = Object.entries(error.fields ?? {}).map(([field, message]) => `${field}: ${message}`);
  return new AppError('request.invalid', {
    ...(said.length > 0 ? { fields: { arguments: said.join(' ') } } : { text: error.message }),
  });
}

export const tryRoutes: AnyRoute[] = [
  definePage({
    path: '/app/connections/:server/tools/:tool',
    access: 'tools.call',
    params,
    query: z.object({ call: z.string().regex(idPattern('call')).optional() }),
    async show(context, { params: at, query }) {
      const state = query.call === undefined ? undefined : await shownState(context, query.call);
      return tryPage(context, at, state && { state });
    },
  }),
  defineForm({
    path: '/app/connections/:server/tools/:tool',
    access: 'tools.call',
    params,
    body: z.object({ arguments: typed, requestKey: z.string().max(100) }),
    async submit(context, { params: at, body }) {
      const answer = await callTool(context, { ...at, ...body });
      if (answer.status === 'failed') throw atTheForm(errorOf(answer));
      return { to: `/app/connections/${at.server}/tools/${at.tool}?call=${answer.callId}#result` };
    },
    again: (context, { params: at, form }) => tryPage(context, at, { form }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/client/tools/:tool/calls',
    access: 'tools.call',
    summary: 'Use a tool of a connected service; 200 with how the call stands',
    params: z.object({ tool: toolName }),
    body: z.strictObject({
      server: kebabName,
      arguments: values.default({}),
      requestKey: z.string().max(100).optional(),
    }),
    response: z.intersection(toolAnswer, z.object({ callId: z.string() })),
    errors: ['tool.not-found', 'process.timeout'],
    handle: (context, { params: { tool }, body }) => callTool(context, { ...body, tool }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/client/tool-calls',
    access: 'tools.read',
    summary: 'What was done with tools, newest first',
    query: z.object({
      server: kebabName.optional(),
      tool: toolName.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(25),
      cursor: z.string().max(500).optional(),
    }),
    response: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          server: z.string(),
          tool: z.string(),
          actor: z.object({ type: z.string(), id: z.string() }),
          workflowId: z.string().nullable(),
          outcome: z.string(),
          ms: z.number(),
          at: z.string(),
        }),
      ),
      nextCursor: z.string().nullable(),
    }),
    async handle(context, { query }) {
      const page = await context.deps.db.inScope(context.tenant(), (tx) => listCalls(tx, query));
      return {
        nextCursor: page.nextCursor,
        items: page.items.map(({ id, server, tool, actorType, actorId, workflowId, outcome, ms, at }) => ({
          id,
          server,
          tool,
          actor: { type: actorType, id: actorId },
          workflowId,
          outcome,
          ms,
          at: at.toISOString(),
        })),
      };
    },
  }),
];
