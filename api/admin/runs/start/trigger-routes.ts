import { z } from 'zod';
import * as runs from '../../../../db/repos/runs/runs.ts';
import { triggerCopy } from '../../../../templates/admin/runs/copy.ts';
import { ProcessPage } from '../../../../templates/admin/runs/process.tsx';
import { ProcessesPage } from '../../../../templates/admin/runs/processes.tsx';
import { paths, withQuery } from '../../../../templates/paths.ts';
import type { FormState } from '../../../../templates/ui/form-state.tsx';
import { contracts } from '../../../../workflows/contracts.ts';
import type { Area } from '../../../kit/area.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { idempotencyKey, idempotencyKeyOf, keptKey } from '../../../kit/idempotency-key.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { defineForm, definePage, defineRoute } from '../../../kit/route.ts';
import { isListed } from '../../shared/listed.ts';
import { processProps } from './start-page.ts';
import { inputSchema } from './input-schema.ts';
import { pickOrThrow } from '../../../both/runs/pick.ts';
import { startable, startables, startBody, startBodyOf, startByHand } from './trigger.ts';

const processParams = z.object({ name: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/) });

const processItem = z.object({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  steps: z.array(z.object({ key: z.string(), title: z.string(), skippable: z.boolean() })),
  openRuns: z.number().int(),
  /** Whether the caller may start it by hand. */
  mayStart: z.boolean(),
  /** JSON Schema of the input, where it may be started by hand. */
  inputSchema: z.record(z.string(), z.unknown()).nullable(),
});

const countOpen = (context: RequestContext) =>
  context.deps.db.inScope(context.overview(), (tx) => runs.countOpen(tx));

const api = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/processes',
    access: 'runs.read',
    summary: 'Every process there is, its steps, and which may be started by hand with what',
    response: z.object({ items: z.array(processItem), nextCursor: z.null() }),
    async handle(context) {
      const open = await countOpen(context);
      const mine = new Set(startables(context).map(({ name }) => name));
      const items = Object.values(contracts).map(({ name, title, summary, steps, input }) => ({
        name,
        title,
        summary,
        steps: steps.map((step) => ({
          key: step.key,
          title: step.title,
          skippable: step.skippable ?? false,
        })),
        openRuns: open.get(name) ?? 0,
        mayStart: mine.has(name),
        inputSchema: mine.has(name) ? inputSchema(input) : null,
      }));
      return { items, nextCursor: null };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/admin/processes/:name/runs',
    access: 'processes.trigger',
    summary: 'Start a process by hand; with an Idempotency-Key, a repeated request answers with the same run',
    params: processParams,
    body: startBody,
    bodyFor: (context, { name }) => startBodyOf(startable(context, name)),
    status: 202,
    response: z.object({ workflowId: z.string(), runId: z.string() }),
    errors: ['process.not-found', 'tenant.not-found', 'run.conflict'],
    handle: (context, { params, body }) => startByHand(context, params.name, body, idempotencyKeyOf(context)),
  }),
];

const processPage = async (context: RequestContext, name: string, key: string, form?: FormState) =>
  ProcessPage(await processProps(context, name, key, form));

const pages = [
  definePage({
    path: '/admin/processes',
    access: 'processes.trigger',
    async show(context) {
      const open = await countOpen(context);
      return ProcessesPage({
        frame: pageContextOf(context),
        processes: startables(context).map(({ name, title, summary }) => ({
          name,
          title,
          purpose: summary,
          openRuns: open.get(name) ?? 0,
        })),
      });
    },
  }),
  definePage({
    path: '/admin/processes/:name',
    access: 'processes.trigger',
    params: processParams,
    show: async (context, { params }) => processPage(context, params.name, crypto.randomUUID()),
  }),
  defineForm({
    path: '/admin/processes/:name',
    access: 'processes.trigger',
    params: processParams,
    body: startBody.extend({ requestKey: idempotencyKey }),
    bodyFor: (context, { name }) =>
      startBodyOf(startable(context, name)).extend({ requestKey: idempotencyKey }),
    async submit(context, { params, body: { requestKey: key, ...body } }) {
      const input = await pickOrThrow(context, body.input);
      const { runId } = await startByHand(context, params.name, { ...body, input }, key);
      const flash = { kind: 'done' as const, text: triggerCopy.started, run: runId };
      if (await isListed(context, runId)) return { to: paths.run(runId), flash };
      return { to: withQuery('/admin/workflows', { process: params.name }), flash };
    },
    again: async (context, { params, form }) => processPage(context, params.name, keptKey(form.values), form),
  }),
];

export const processesArea: Area = {
  side: 'admin',
  nav: [],
  routes: [...api, ...pages],
  commands: (context) =>
    startables(context).flatMap(({ name, title, trigger }) =>
      trigger
        ? [
            {
              title: `Start process: ${title}`,
              words: 'run workflow',
              href: paths.process(name),
              permission: trigger,
            },
          ]
        : [],
    ),
};
