import { z } from 'zod';
import { reason } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { riskClasses } from '../../../db/domain/integrations/risk.ts';
import type { Tx } from '../../../db/scope.ts';
import * as registry from '../../../db/repos/integrations/servers.ts';
import * as tools from '../../../db/repos/integrations/tools.ts';
import { toolCopy } from '../../../templates/admin/integrations/copy/tool.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { AnyRoute } from '../../kit/route.ts';
import { optionalParam } from '../shared/query.ts';
import { serverAction } from './act.ts';
import { readTool } from './read.ts';
import { liveHash, toolDetail, toolParams } from './schemas.ts';
import { toolPage } from './view.ts';

type Place = z.output<typeof toolParams>;

function toolAction<B extends z.ZodType>(spec: {
  action: string;
  summary: string;
  body: B;
  done: string;
  run(tx: Tx, place: Place, body: z.output<B>): Promise<void>;
}): AnyRoute[] {
  const { action, summary, body, done } = spec;
  return serverAction({
    path: `/servers/:server/tools/:tool/${action}`,
    ...{ summary, body, done },
    params: toolParams,
    response: toolDetail,
    errors: ['server.not-found', 'tool.not-found', 'tool.quarantined'],
    run: (context: RequestContext, at, values) =>
      context.deps.db.inScope(context.overview(), (tx) => spec.run(tx, at, values)),
    answer: async (context, { server, tool }) => (await readTool(context, server, tool)).detail,
    to: ({ server, tool }) => paths.serverTool(server, tool),
    again: (context, { server, tool }, state) => toolPage(context, server, tool, { action, state }),
  });
}

/** The risk of a built-in tool is fixed by its code; that of a third-party tool is set by an administrator. */
async function assertRiskCanChange(tx: Tx, server: string, risk: string | undefined): Promise<void> {
  const { kind } = await registry.getServer(tx, server);
  if (kind === 'builtin' && risk !== undefined) {
    throw new AppError('request.invalid', {
      fields: { risk: toolCopy.builtInRisk },
    });
  }
}

const risk = z.enum(riskClasses, toolCopy.chooseRisk);

export const toolActions: AnyRoute[] = [
  ...toolAction({
    action: 'approve',
    summary: 'Approve the current definition of a tool; liveHash is the one that was read',
    body: z.strictObject({ liveHash, risk: optionalParam(risk), reason }),
    done: toolCopy.approve.done,
    async run(tx, { server, tool }, { liveHash: read, risk: newRisk, reason: why }) {
      await assertRiskCanChange(tx, server, newRisk);
      const approval = { server, tool, liveHash: read, reason: why };
      await tools.approveTool(tx, { ...approval, ...(newRisk && { risk: newRisk }) });
    },
  }),
  ...toolAction({
    action: 'quarantine',
    summary: 'Quarantine a tool: calls are blocked until it is approved again',
    body: z.strictObject({ reason }),
    done: toolCopy.quarantine.done,
    run: (tx, { server, tool }, body) => tools.quarantineTool(tx, { server, tool, ...body }),
  }),
];
