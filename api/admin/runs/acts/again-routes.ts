import { z } from 'zod';
import { triggerCopy } from '../../../../templates/admin/runs/copy.ts';
import { ProcessPage } from '../../../../templates/admin/runs/process.tsx';
import { paths } from '../../../../templates/paths.ts';
import type { FormState } from '../../../../templates/ui/form-state.tsx';
import { defineAction } from '../../../kit/action.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { keptKey } from '../../../kit/idempotency-key.ts';
import { definePage } from '../../../kit/route.ts';
import { isListed } from '../../shared/listed.ts';
import { runTitle, tenantRef } from '../../shared/names.ts';
import { getRun } from '../read.ts';
import { startable } from '../start/trigger.ts';
import { inputSchema } from '../start/input-schema.ts';
import { processProps } from '../start/start-page.ts';
import { againBody, asTyped, readFormerInput, startAgain } from './start-again.ts';

const runParams = z.object({ runId: z.uuid() });

async function againPage(context: RequestContext, runId: string, form?: FormState) {
  const row = await getRun(context, runId);
  const { input } = startable(context, row.process);
  const { values, withheld } = await readFormerInput(context, row);
  const shown: FormState = form ?? { values: { input: asTyped(inputSchema(input), values) } };
  const props = await processProps(context, row.process, keptKey(form?.values ?? {}), shown);
  return ProcessPage({
    ...props,
    again: { runId, title: runTitle(row.process, tenantRef(row)?.name ?? null), withheld },
  });
}

/** Starting a run again with edited input. */
export const againRoutes = [
  definePage({
    path: '/admin/workflows/:runId/start-again',
    access: 'processes.trigger',
    params: runParams,
    show: (context, { params }) => againPage(context, params.runId),
  }),
  ...defineAction({
    paths: {
      api: '/api/admin/runs/:runId/start-again',
      form: '/admin/workflows/:runId/start-again',
    },
    access: 'processes.trigger',
    summary:
      'Start a new run with the input of this one, in which the given fields take the place of its own',
    params: runParams,
    body: againBody,
    status: 202,
    response: z.object({ workflowId: z.string(), runId: z.string() }),
    errors: ['run.not-found', 'run.history-gone', 'process.not-found', 'tenant.not-found', 'run.conflict'],
    async run(context, { params, body }) {
      const started = await startAgain(context, params.runId, body);
      return { ...started, listed: await isListed(context, started.runId) };
    },
    answer: async (_context, { workflowId, runId }) => ({ workflowId, runId }),
    done: ({ runId }) => ({ kind: 'done', text: triggerCopy.started, run: runId }),
    then: ({ runId, listed }, { params }) => paths.run(listed ? runId : params.runId),
    rerender: (context, { params, form }) => againPage(context, params.runId, form),
  }),
];
