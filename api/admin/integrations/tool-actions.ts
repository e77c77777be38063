import { z } from 'zod';
import { reason } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { riskClasses } from '../../../db/domain/integrations/servers.ts';
import type { Tx } from '../../../db/scope.ts';
import * as registry from '../../../db/repos/integrations/servers.ts';
import * as tools from '../../../db/repos/integrations/tools.ts';
import { toolPath } from '../../../templates/admin/integrations/servers.tsx';
import type { RequestContext } from '../../kit/context.ts';
import type { AnyRoute } from '../../kit/route.ts';
import { optionalParam } from '../shared/query.ts';
import { serverAction } from './act.ts';
import { readTool } from './read.ts';
import { liveHash, toolDetail, toolParams } from './schemas.ts';
import { toolPage } from './view.ts';

type At = z.output<typeof toolParams>;

function toolAct<B extends z.ZodType>(spec: {
  act: string;
  summary: string;
  body: B;
  done: string;
  run(tx: Tx, at: At, body: z.output<B>): Promise<void>;
}): AnyRoute[] {
  const { act, summary, body, done } = spec;
  return serverAction({
    path: `/servers/:server/tools/:tool/${act}`,
    ...{ summary, body, done },
    params: toolParams,
    response: toolDetail,
    errors: ['server.not-found', 'tool.not-found', 'tool.quarantined'],
    run: (context: RequestContext, at, values) =>
      context.deps.db.inScope(context.overview(), (tx) => spec.run(tx, at, values)),
    answer: async (context, { server, tool }) => (await readTool(context, server, tool)).detail,
    to: ({ server, tool }) => toolPath(server, tool),
    again: (context, { server, tool }, state) => toolPage(context, server, tool, { act, state }),
  });
}

/** Our own tools carry their class in their code; another's class is what an administrator makes of it. */
async function mayBeClassed(tx: Tx, server: string, risk: string | undefined): Promise<void> {
  const { kind } = await registry.getServer(tx, server);
  if (kind === 'own' && risk !== undefined) {
    throw new AppError('request.invalid', {
      fields: { risk: 'The class of our own tools stands in their code.' },
    });
  }
}

const risk = z.enum(riskClasses, 'Choose what this tool can do.');

export const toolActions: AnyRoute[] = [
  ...toolAct({
    act: 'approve',
    summary: 'Approve what a tool says now; liveHash is what was read',
    body: z.strictObject({ liveHash, risk: optionalParam(risk), reason }),
    done: 'The tool is approved as it is now.',
    async run(tx, { server, tool }, { liveHash: read, risk: classed, reason: why }) {
      await mayBeClassed(tx, server, classed);
      const approval = { server, tool, liveHash: read, reason: why };
      await tools.approveTool(tx, { ...approval, ...(classed && { risk: classed }) });
    },
  }),
  ...toolAct({
    act: 'set-aside',
    summary: 'Set a tool aside: nobody can use it until it is approved again',
    body: z.strictObject({ reason }),
    done: 'The tool is set aside. Nobody can use it until somebody approves it.',
    run: (tx, { server, tool }, body) => tools.quarantineTool(tx, { server, tool, ...body }),
  }),
];
