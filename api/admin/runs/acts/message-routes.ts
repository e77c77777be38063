import { z } from 'zod';
import { messageCopy } from '../../../../templates/admin/runs/acts/copy.ts';
import { MessagesPage } from '../../../../templates/admin/runs/acts/messages.tsx';
import { paths } from '../../../../templates/paths.ts';
import { type FormState, textOf } from '../../../../templates/ui/form-state.tsx';
import { defineAction } from '../../../kit/action.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { keptKey } from '../../../kit/idempotency-key.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { definePage, defineRoute } from '../../../kit/route.ts';
import { runTitle, tenantRef } from '../../shared/names.ts';
import { getRun } from '../read.ts';
import { askedSchema, messageBody, messageKinds, messagesOf, sendMessage } from './messages.ts';

const runParams = z.object({ runId: z.uuid() });

const messageItem = z.object({
  name: z.string(),
  kind: z.enum(messageKinds),
  title: z.string(),
  happens: z.string(),
  /** JSON Schema of its fields; null where it has none. */
  inputSchema: z.record(z.string(), z.unknown()).nullable(),
});

const refusedOf = (form: FormState) => ({
  message: textOf(form.values?.['message']),
  requestKey: keptKey(form.values ?? {}),
  state: form,
});

async function messagesPage(context: RequestContext, runId: string, form?: FormState) {
  const row = await getRun(context, runId);
  return MessagesPage({
    frame: pageContextOf(context),
    run: { id: runId, title: runTitle(row.process, tenantRef(row)?.name ?? null) },
    ended: row.closedAt !== null,
    messages: messagesOf(row.process).map(({ input, ...words }) => ({
      ...words,
      schema: askedSchema(input),
    })),
    requestKey: crypto.randomUUID(),
    ...(form && { refused: refusedOf(form) }),
  });
}

const sends = messageKinds.flatMap((kind) =>
  defineAction({
    paths: { api: `/api/admin/runs/:runId/${kind}`, form: `/admin/workflows/:runId/${kind}` },
    access: 'runs.control',
    summary: `Send a run a message of its contract (${kind}), with a reason; with a key, once`,
    params: runParams,
    body: messageBody,
    response: z.object({ result: z.unknown() }),
    errors: ['run.not-found', 'run.ended', 'run.paused', 'message.not-found'],
    run: (context, { params, body }) => sendMessage(context, params.runId, kind, body),
    answer: async (_context, done) => done,
    done: (_done, { params: { runId } }) => ({ kind: 'done', text: messageCopy.done[kind], run: runId }),
    then: (_done, { params }) => paths.run(params.runId),
    rerender: (context, { params, form }) => messagesPage(context, params.runId, form),
  }),
);

/** Messages that administrators send to a run. */
export const messageRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/runs/:runId/messages',
    access: 'runs.control',
    summary: 'The messages an administrator may send to a run',
    params: runParams,
    response: z.object({ items: z.array(messageItem) }),
    errors: ['run.not-found'],
    async handle(context, { params }) {
      const { process } = await getRun(context, params.runId);
      return {
        items: messagesOf(process).map(({ input, ...words }) => ({
          ...words,
          inputSchema: askedSchema(input),
        })),
      };
    },
  }),
  definePage({
    path: '/admin/workflows/:runId/messages',
    access: 'runs.control',
    params: runParams,
    show: (context, { params }) => messagesPage(context, params.runId),
  }),
  ...sends,
];
