import { z } from 'zod';
import { reason } from '../../../../db/domain/common.ts';
import { AppError, errorTable } from '../../../../db/domain/errors.ts';
import { paths } from '../../../../templates/paths.ts';
import { templatesCopy } from '../../../../templates/shared/workflow-templates/copy.ts';
import { DryRunPage } from '../../../../templates/shared/workflow-templates/dry-run.tsx';
import { StartTemplatePage } from '../../../../templates/shared/workflow-templates/start.tsx';
import { namesOfPicked, pick } from '../pick.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { idempotencyKey, keptKey } from '../../../kit/idempotency-key.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { type AnyRoute, defineForm, definePage, type FormState } from '../../../kit/route.ts';
import { assertOwn, definitionOf, findSeen } from '../home.ts';
import { params, versionNumber } from '../schemas.ts';
import { startTemplate, tryTemplate } from '../start-template.ts';
import { answered, typedParameters } from './parameters.ts';

type Simulated = Parameters<typeof DryRunPage>[0]['run'];

async function dryRunPage(
  context: RequestContext,
  id: string,
  asked: number | undefined,
  { run = null, form }: { run?: Simulated; form?: FormState | undefined } = {},
) {
  const template = await findSeen(context, id);
  const version = asked ?? template.newestVersion;
  const definition = await definitionOf(context, template, version);
  return DryRunPage({ frame: pageContextOf(context), template, version, definition, run, form });
}

const dryRunBody = z.strictObject({ version: versionNumber, parameters: typedParameters });

async function simulate(
  context: RequestContext,
  id: string,
  { version, parameters: typed }: z.output<typeof dryRunBody>,
) {
  const template = await findSeen(context, id);
  const definition = await definitionOf(context, template, version);
  const parameters = answered(definition, typed);
  const run = await tryTemplate(context, template, { version, parameters });
  const text =
    run.fault &&
    templatesCopy.dry.stops(errorTable[run.fault.code as 'template.value-wrong'].text, run.fault.about);
  return dryRunPage(context, id, version, {
    run: { ...run, faultText: text },
    form: { values: { parameters: typed } },
  });
}

/** The business that an administrator named. Throws `request.invalid`. */
async function businessOf(context: RequestContext, typed: string | undefined): Promise<string | undefined> {
  if (context.person().tenant || !typed) return undefined;
  const { input, errors } = await pick(context, { tenantId: typed });
  const message = errors['input.tenantId'];
  if (message) throw new AppError('request.invalid', { fields: { tenantId: message } });
  return String(input['tenantId']);
}

async function businessField(context: RequestContext, typed: unknown) {
  if (context.person().tenant) return null;
  const given = typeof typed === 'string' ? { tenantId: typed } : {};
  const [{ choices }, { tenantId: chosen }] = [
    await pick(context, given),
    await namesOfPicked(context, given),
  ];
  return { choices: choices.tenantId, chosen };
}

async function startPage(context: RequestContext, id: string, form?: FormState) {
  const template = await findSeen(context, id);
  assertOwn(template);
  const { liveVersion: version } = template;
  if (version === null) {
    const text = errorTable['template.not-live'].text;
    return { to: paths.workflowTemplate(id), flash: { kind: 'problem' as const, text } };
  }
  const { parameters } = await definitionOf(context, template, version);
  return StartTemplatePage({
    frame: pageContextOf(context),
    ...{ template, version, parameters, form },
    requestKey: keptKey(form?.values ?? {}),
    business: await businessField(context, form?.values?.['tenantId']),
  });
}

const startForm = z.strictObject({
  parameters: typedParameters,
  tenantId: z.string().trim().max(200).optional(),
  reason: reason.optional(),
  requestKey: idempotencyKey,
});

/** Trying a template without effect, and starting it. */
export const runPages: AnyRoute[] = [
  definePage({
    path: '/workflow-templates/:templateId/dry-run',
    access: 'templates.read',
    params,
    query: z.object({ version: versionNumber.optional().catch(undefined) }),
    show: (context, { params: { templateId }, query }) => dryRunPage(context, templateId, query.version),
  }),
  defineForm({
    path: '/workflow-templates/:templateId/dry-run',
    access: 'templates.read',
    params,
    body: dryRunBody,
    submit: (context, { params: { templateId }, body }) => simulate(context, templateId, body),
    again: (context, { params: { templateId }, form }) =>
      dryRunPage(
        context,
        templateId,
        versionNumber.optional().catch(undefined).parse(form.values['version']),
        {
          form,
        },
      ),
  }),
  definePage({
    path: '/workflow-templates/:templateId/start',
    access: 'templates.start',
    params,
    show: (context, { params: { templateId } }) => startPage(context, templateId),
  }),
  defineForm({
    path: '/workflow-templates/:templateId/start',
    access: 'templates.start',
    params,
    body: startForm,
    async submit(context, { params: { templateId }, body: { requestKey, parameters: typed, ...rest } }) {
      const template = await findSeen(context, templateId);
      const definition = await definitionOf(
        context,
        template,
        template.liveVersion ?? template.newestVersion,
      );
      const parameters = answered(definition, typed);
      const tenantId = await businessOf(context, rest.tenantId);
      const start = { parameters, tenantId, reason: rest.reason };
      const { runId } = await startTemplate(context, templateId, start, requestKey);
      const flash = { kind: 'done' as const, text: templatesCopy.starting.started, run: runId };
      return { to: paths.workflowTemplateTab(templateId, 'runs'), flash };
    },
    again: (context, { params: { templateId }, form }) => startPage(context, templateId, form),
  }),
];
