import { z } from 'zod';
import { paging } from '../../../../db/domain/common.ts';
import { type Definition } from '../../../../db/domain/runs/templates/definition.ts';
import { templateStates } from '../../../../db/repos/runs/templates/templates.ts';
import { paths } from '../../../../templates/paths.ts';
import { templatesCopy } from '../../../../templates/shared/workflow-templates/copy.ts';
import { NewTemplatePage } from '../../../../templates/shared/workflow-templates/create.tsx';
import { TemplatesPage } from '../../../../templates/shared/workflow-templates/list.tsx';
import type { RequestContext } from '../../../kit/context.ts';
import { idempotencyKey, keptKey } from '../../../kit/idempotency-key.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { type AnyRoute, defineForm, definePage } from '../../../kit/route.ts';
import { copyTemplate, createTemplate } from '../change-template.ts';
import { listSeen } from '../home.ts';
import { params, summary, title } from '../schemas.ts';
import { holds, rowsOf } from './read.ts';

const query = paging.extend({
  q: z.string().trim().max(80).optional().catch(undefined),
  state: z.enum(templateStates).optional().catch(undefined),
});

const nothing: Definition = { parameters: { type: 'object', properties: {}, required: [] }, steps: [] };

async function listPage(context: RequestContext, asked: z.output<typeof query>) {
  const { own, shared, nextCursor } = await listSeen(context, asked);
  const { q, state, cursor } = asked;
  // What can be copied is published; it stands on the first page.
  const others =
    cursor === undefined && (state ?? 'live') === 'live' ? shared.filter((one) => holds(one, q)) : [];
  return TemplatesPage({
    frame: pageContextOf(context),
    own: await rowsOf(context, own),
    shared: await rowsOf(context, others),
    query: { ...(q && { q }), ...(state && { state }), ...(cursor && { cursor }) },
    nextCursor,
    mayEdit: context.can('templates.edit'),
    requestKey: crypto.randomUUID(),
  });
}

/** The list of templates, and how a new one begins. */
export const listPages: AnyRoute[] = [
  definePage({
    path: '/workflow-templates',
    access: 'templates.read',
    query,
    show: (context, { query: asked }) => listPage(context, asked),
  }),
  definePage({
    path: '/workflow-templates/new',
    access: 'templates.edit',
    show: async (context) =>
      NewTemplatePage({ frame: pageContextOf(context), requestKey: crypto.randomUUID() }),
  }),
  defineForm({
    path: '/workflow-templates/new',
    access: 'templates.edit',
    body: z.strictObject({ title, summary, requestKey: idempotencyKey }),
    async submit(context, { body: { requestKey, ...given } }) {
      const { id } = await createTemplate(context, { ...given, definition: nothing }, requestKey);
      return {
        to: paths.workflowTemplateAction(id, 'edit'),
        flash: { kind: 'done', text: templatesCopy.form.created },
      };
    },
    again: async (context, { form }) =>
      NewTemplatePage({ frame: pageContextOf(context), requestKey: keptKey(form.values), form }),
  }),
  defineForm({
    path: '/workflow-templates/:templateId/copy',
    access: 'templates.edit',
    params,
    body: z.strictObject({ requestKey: idempotencyKey }),
    async submit(context, { params: { templateId }, body }) {
      const { id, issues } = await copyTemplate(context, templateId, body.requestKey);
      const text = issues.length > 0 ? templatesCopy.copiedWithProblems : templatesCopy.copied;
      return { to: paths.workflowTemplate(id), flash: { kind: 'done', text } };
    },
  }),
];
