import { z } from 'zod';
import { idPattern } from '../../../db/domain/ids.ts';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import { listCalls } from '../../../db/repos/integrations/calls.ts';
import { toolAnswer } from '../../../workflows/integrations/call-tool.contract.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import { type AnyRoute, defineForm, definePage, defineRoute } from '../../kit/route.ts';
import { callTool } from './calling.ts';
import { shownState, tryOnce, tryPage } from './try.ts';

const toolName = z.string().regex(/^[A-Za-z0-9_.-]{1,128}$/);
const params = z.object({ server: kebabName, tool: toolName });
const values = z.record(z.string(), z.unknown());
/** One field per value, or all values as one JSON text. */
const formats = z.enum(['fields', 'json']);

export const tryRoutes: AnyRoute[] = [
  definePage({
    path: '/app/integrations/:server/tools/:tool',
    access: 'tools.call',
    params,
    query: z.object({ call: z.string().regex(idPattern('call')).optional(), as: formats.optional() }),
    async show(context, { params: at, query: { call, as } }) {
      const state = call === undefined ? undefined : await shownState(context, call);
      return tryPage(context, at, { ...(state && { state }), ...(as && { as }) });
    },
  }),
  defineForm({
    path: '/app/integrations/:server/tools/:tool',
    access: 'tools.call',
    params,
    body: z.object({
      as: formats.default('fields'),
      values: values.default({}),
      arguments: z.string().max(100_000).default(''),
      requestKey: z.string().max(100),
    }),
    async submit(context, { params: at, body }) {
      const call = await tryOnce(context, at, body);
      return { to: `${withQuery(paths.integrationTool(at.server, at.tool), { call })}#result` };
    },
    again: (context, { params: at, form }) =>
      tryPage(context, at, { form, as: form.values['as'] === 'json' ? 'json' : 'fields' }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/client/tools/:tool/calls',
    access: 'tools.call',
    summary: 'Call a tool of a connected server; 200 with the state of the call',
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
    summary: 'Tool calls, newest first',
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
