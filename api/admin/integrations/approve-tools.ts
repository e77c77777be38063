import { z } from 'zod';
import { reason } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { type RiskClass, riskClasses } from '../../../db/domain/integrations/risk.ts';
import * as registry from '../../../db/repos/integrations/servers.ts';
import * as tools from '../../../db/repos/integrations/tools.ts';
import { approveToolsCopy } from '../../../templates/admin/integrations/copy/server.ts';
import { toolCopy } from '../../../templates/admin/integrations/copy/tool.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { type AnyRoute, defineForm, defineRoute } from '../../kit/route.ts';
import { readServer } from './read.ts';
import { liveHash, serverDetail, serverParams, toolParams } from './schemas.ts';
import { serverPage } from './view.ts';

const approval = z.strictObject({ tool: toolParams.shape.tool, liveHash, risk: z.enum(riskClasses) });
const several = z.strictObject({
  tools: z.array(approval).min(1, approveToolsCopy.none).max(500),
  reason,
});

/** A form posts the risk of each row, and the chosen rows as "3:<hash>:<tool>". */
const severalInForm = z.preprocess((values) => {
  const { chosen, reason: why, ...rest } = values as Record<string, unknown>;
  const rows = [chosen ?? []].flat().map((row) => {
    const [at = '', hash = '', ...name] = typeof row === 'string' ? row.split(':') : [];
    return { tool: name.join(':'), liveHash: hash, risk: rest[`risk${at}`] };
  });
  return { tools: rows, reason: why };
}, several) as unknown as z.ZodType<z.output<typeof several>>;

/** Approves all of them or none. Throws `tool.quarantined` where a tool changed after it was read. */
async function approve(
  context: RequestContext,
  server: string,
  body: z.output<typeof several>,
): Promise<void> {
  await context.deps.db.inScope(context.overview(), async (tx) => {
    const { kind } = await registry.getServer(tx, server);
    if (kind === 'builtin') {
      throw new AppError('request.invalid', { text: toolCopy.builtInRisk });
    }
    for (const { tool, liveHash: read, risk } of body.tools) {
      const classed: { risk: RiskClass } = { risk };
      await tools.approveTool(tx, { server, tool, liveHash: read, ...classed, reason: body.reason });
    }
  });
}

export const approveToolsRoutes: AnyRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/api/admin/integrations/servers/:server/approve-tools',
    access: 'registry.manage',
    summary: 'Approve several tools of a third-party server, each exactly as read and with its risk',
    params: serverParams,
    body: several,
    response: serverDetail,
    errors: ['server.not-found', 'tool.not-found', 'tool.quarantined'],
    async handle(context, { params: { server }, body }) {
      await approve(context, server, body);
      return (await readServer(context, server)).detail;
    },
  }),
  defineForm({
    path: '/admin/integrations/servers/:server/approve-tools',
    access: 'registry.manage',
    params: serverParams,
    body: severalInForm,
    async submit(context, { params: { server }, body }) {
      await approve(context, server, body);
      const text = approveToolsCopy.done(body.tools.length);
      return { to: paths.serverTools(server), flash: { kind: 'done', text } };
    },
    again: (context, { params: { server }, form: state }) =>
      serverPage(context, server, { tab: 'tools', rejected: { action: 'approve-tools', state } }),
  }),
];
