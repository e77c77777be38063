import type { VNode } from 'preact';
import { z } from 'zod';
import { paths, withQuery } from '../../../../templates/paths.ts';
import { templatesCopy } from '../../../../templates/shared/workflow-templates/copy.ts';
import { TemplateRunPage } from '../../../../templates/shared/workflow-templates/runs.tsx';
import { TemplatePage, templateTabs } from '../../../../templates/shared/workflow-templates/template.tsx';
import { runTemplateContract } from '../../../../workflows/runs/run-template.contract.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { type AnyRoute, defineForm, definePage, type FormState } from '../../../kit/route.ts';
import { publishVersion, restoreVersion, upgradeOf } from '../change-template.ts';
import { addressSince, createAddress, removeAddress } from '../change-start.ts';
import { issuesOf } from '../checked.ts';
import { definitionOf, findSeen, versionsOf } from '../home.ts';
import { label, params, versionNumber } from '../schemas.ts';
import { readRun, readRuns, stateOf, versionRows } from './read.ts';

const query = z.object({
  tab: z.enum(templateTabs).optional().catch(undefined),
  version: versionNumber.optional().catch(undefined),
});

async function templatePage(
  context: RequestContext,
  id: string,
  { tab = 'overview', version }: z.output<typeof query>,
  { refused, address }: { refused?: FormState; address?: string } = {},
): Promise<VNode> {
  const template = await findSeen(context, id);
  const shown = version ?? template.newestVersion;
  const definition = await definitionOf(context, template, shown);
  const isOwn = template.origin === 'own';
  const { runs, open } = isOwn ? await readRuns(context, id) : { runs: [], open: 0 };
  return TemplatePage({
    frame: pageContextOf(context),
    template: { ...template, state: stateOf(template) },
    tab: isOwn || tab === 'graph' ? tab : 'overview',
    version: shown,
    definition,
    problems: (await issuesOf(context, definition, id)).length,
    versions: isOwn ? await versionRows(context, template, await versionsOf(context, template)) : [],
    runs,
    openRuns: open,
    upgrade: isOwn ? ((await upgradeOf(context, id))?.version ?? null) : null,
    may: { edit: context.can('templates.edit'), start: context.can('templates.start') },
    requestKey: crypto.randomUUID(),
    starts: {
      on: definition.on ?? null,
      ofBusiness: context.person().tenant !== null,
      addressSince: isOwn ? ((await addressSince(context, id))?.toISOString() ?? null) : null,
      address: address ?? null,
      scheduleHref:
        context.can('schedules.manage') && template.liveVersion !== null
          ? withQuery(paths.newScheduleOf(runTemplateContract.name), { templateId: id })
          : null,
    },
    ...(refused && { refused }),
  });
}

const runParams = params.extend({ runId: z.uuid() });

/** One template: what it does, its versions and its runs. */
export const templatePages: AnyRoute[] = [
  definePage({
    path: '/workflow-templates/:templateId',
    access: 'templates.read',
    params,
    query,
    show: (context, { params: { templateId }, query: asked }) => templatePage(context, templateId, asked),
  }),
  definePage({
    path: '/workflow-templates/:templateId/runs/:runId',
    access: 'templates.read',
    params: runParams,
    async show(context, { params: { templateId, runId } }) {
      const { id, title } = await findSeen(context, templateId);
      return TemplateRunPage({
        frame: pageContextOf(context),
        template: { id, title },
        ...(await readRun(context, id, runId)),
        mayControl: context.can('runs.read'),
      });
    },
  }),
  defineForm({
    path: '/workflow-templates/:templateId/publish',
    access: 'templates.edit',
    params,
    body: z.strictObject({
      version: versionNumber,
      label: z.preprocess((given) => (given === '' ? undefined : given), label.optional()),
    }),
    async submit(context, { params: { templateId }, body }) {
      await publishVersion(context, templateId, body);
      const text = templatesCopy.versions.published1(body.version);
      return { to: paths.workflowTemplate(templateId), flash: { kind: 'done', text } };
    },
    again(context, { params: { templateId }, form }) {
      const version = versionNumber.optional().catch(undefined).parse(form.values['version']);
      return templatePage(context, templateId, { tab: undefined, version }, { refused: form });
    },
  }),
  defineForm({
    path: '/workflow-templates/:templateId/address',
    access: 'templates.edit',
    params,
    body: z.strictObject({}),
    async submit(context, { params: { templateId } }) {
      const address = await createAddress(context, templateId);
      return templatePage(context, templateId, { tab: 'starts', version: undefined }, { address });
    },
  }),
  defineForm({
    path: '/workflow-templates/:templateId/remove-address',
    access: 'templates.edit',
    params,
    body: z.strictObject({}),
    async submit(context, { params: { templateId } }) {
      await removeAddress(context, templateId);
      const text = templatesCopy.starts.addressRemoved;
      return { to: paths.workflowTemplateTab(templateId, 'starts'), flash: { kind: 'done', text } };
    },
  }),
  defineForm({
    path: '/workflow-templates/:templateId/restore',
    access: 'templates.edit',
    params,
    body: z.strictObject({ version: versionNumber }),
    async submit(context, { params: { templateId }, body: { version } }) {
      const saved = await restoreVersion(context, templateId, version);
      const text = templatesCopy.versions.restored(version, saved.version);
      return { to: paths.workflowTemplate(templateId), flash: { kind: 'done', text } };
    },
  }),
];
