import { z } from 'zod';
import { reason } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { type RiskClass, riskClasses } from '../../../db/domain/integrations/servers.ts';
import * as registry from '../../../db/repos/integrations/servers.ts';
import * as tools from '../../../db/repos/integrations/tools.ts';
import { serverPath } from '../../../templates/admin/integrations/servers.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { type AnyRoute, defineForm, defineRoute } from '../../kit/route.ts';
import { readServer } from './read.ts';
import { liveHash, serverDetail, serverParams, toolParams } from './schemas.ts';
import { serverPage } from './view.ts';

const approval = z.strictObject({ tool: toolParams.shape.tool, liveHash, risk: z.enum(riskClasses) });
const several = z.strictObject({
  tools: z.array(approval).min(1, 'Choose at least one tool.').max(500),
  reason,
});

/** A form says of each row what it may do, and which rows are chosen: "3:<hash>:<tool>". */
const severalInForm = z.preprocess((values) => {
  const { chosen, reason: why, ...rest } = values as Record<string, unknown>;
  const rows = [chosen ?? []].flat().map((row) => {
    const [at = '', hash = '', ...name] = typeof row === 'string' ? row.split(':') : [];
    return { tool: name.join(':'), liveHash: hash, risk: rest[`risk${at}`] };
  });
  return { tools: rows, reason: why };
}, several) as unknown as z.ZodType<z.output<typeof several>>;

/** All of them or none: what has changed since it was read is named. */
async function approve(
  context: RequestContext,
  server: string,
  body: z.output<typeof several>,
): Promise<void> {
  await context.deps.db.inScope(context.overview(), async (tx) => {
    const { kind } = await registry.getServer(tx, server);
    if (kind === 'own') {
      throw new AppError('request.invalid', { text: 'The class of our own tools stands in their code.' });
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
    path: '/api/admin/connections/servers/:server/approve-tools',
    access: 'registry.manage',
    summary:
      'Approve several tools of a service that is not ours, each as it was read and with what it may do',
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
    path: '/admin/connections/servers/:server/approve-tools',
    access: 'registry.manage',
    params: serverParams,
    body: severalInForm,
    async submit(context, { params: { server }, body }) {
      await approve(context, server, body);
      const text = `${body.tools.length === 1 ? 'One tool is' : `${body.tools.length} tools are`} approved.`;
      return { to: `${serverPath(server)}?tab=tools`, flash: { kind: 'done', text } };
    },
    again: (context, { params: { server }, form: state }) =>
      serverPage(context, server, { tab: 'tools', refused: { act: 'approve-tools', state } }),
  }),
];
