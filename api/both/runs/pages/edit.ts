import { z } from 'zod';
import { AppError } from '../../../../db/domain/errors.ts';
import type {
  Definition,
  EventStart,
  Parameter,
  Step,
} from '../../../../db/domain/runs/templates/definition.ts';
import {
  moved,
  moves,
  stepAt,
  withoutParameter,
  withParameter,
  withStep,
  withStepReplaced,
} from '../../../../db/domain/runs/templates/edit/change.ts';
import { stepKinds } from '../../../../db/domain/runs/templates/edit/fields.ts';
import { startTyped } from '../../../../db/domain/runs/templates/edit/start-form.ts';
import { parameterTyped } from '../../../../db/domain/runs/templates/edit/parameter-form.ts';
import { nameFrom, stepTyped, type Typed } from '../../../../db/domain/runs/templates/edit/step-form.ts';
import { allSteps } from '../../../../db/domain/runs/templates/definition.ts';
import { paths, withQuery } from '../../../../templates/paths.ts';
import { editCopy as copy } from '../../../../templates/shared/workflow-templates/edit-copy.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { type AnyRoute, defineForm, definePage, type Redirect } from '../../../kit/route.ts';
import { discardChanges, type Saved, saveTemplate, undoChange } from '../change-template.ts';
import { issueFields, readDefinition } from '../checked.ts';
import { assertOwn, definitionOf, findSeen } from '../home.ts';
import { params, summary, title, versionNumber } from '../schemas.ts';
import { editorPage, editorQuery, stepPath } from './editor.ts';
import { errorsOf, stepPanel, usedBy } from './step-panel.ts';

const access = 'templates.edit' as const;
const base = versionNumber;
const record = z.record(z.string(), z.unknown()).default({});
const stepBody = z.strictObject({
  base,
  at: stepPath,
  kind: z.enum(stepKinds as [Step['kind']]),
  isNew: z.enum(['yes', 'no']),
  step: record,
});
const moveBody = z.strictObject({
  base,
  do: z.string().regex(new RegExp(`^(?:${moves.join('|')}) steps[a-z0-9.]{1,200}$`)),
});
const parameterBody = z.strictObject({ base, was: z.string().max(40).optional(), parameter: record });

/** What is changed: the version the person looked at. Throws `template.changed`. */
async function current(context: RequestContext, id: string, version: number): Promise<Definition> {
  const template = await findSeen(context, id);
  assertOwn(template);
  if (template.newestVersion !== version) throw new AppError('template.changed');
  return definitionOf(context, template, version);
}

const edit = (id: string) => paths.workflowTemplateAction(id, 'edit');
const to = (id: string, text: string, query: Record<string, string> = {}): Redirect => ({
  to: withQuery(edit(id), query) + (Object.keys(query).length > 0 ? '#panel' : ''),
  flash: { kind: 'done', text },
});

/** The step that was typed, in its place; with every message of its shape at its field. */
async function withTyped(
  context: RequestContext,
  definition: Definition,
  { at, kind, isNew, step: typed }: z.output<typeof stepBody>,
): Promise<{ definition: Definition; step: Step }> {
  const before = isNew === 'yes' ? null : stepAt(definition, at);
  if (isNew === 'no' && before?.kind !== kind) throw new AppError('template.changed');
  const { texts } = await usedBy(context, kind, typed);
  const found = stepTyped(kind, typed, before, texts);
  if (!found['id']) {
    const taken = new Set(allSteps(definition.steps).map(({ id }) => id));
    found['id'] = nameFrom(typeof found['title'] === 'string' ? found['title'] : '', taken);
  }
  const step = found as unknown as Step;
  const next = (isNew === 'yes' ? withStep : withStepReplaced)(definition, at, step);
  if (!next) throw new AppError('template.changed');
  const { issues } = readDefinition(next);
  const fields = errorsOf(issues, { kind, at, id: step.id, typed });
  if (Object.keys(fields).length > 0) throw new AppError('request.invalid', { fields });
  return { definition: next, step };
}

/** A problem of the step that was saved opens its form again; everything else closes it. */
function afterStep(id: string, at: string, { issues }: Saved, step: Step): Redirect {
  const errors = errorsOf(issues, { kind: step.kind, at, id: step.id, typed: {} });
  return to(id, copy.saved, Object.keys(errors).length > 0 ? { step: at } : {});
}

const stepForms: AnyRoute[] = [
  defineForm({
    path: '/workflow-templates/:templateId/edit/step',
    access,
    params,
    body: stepBody,
    async submit(context, { params: { templateId }, body }) {
      const before = await current(context, templateId, body.base);
      const { definition, step } = await withTyped(context, before, body);
      const saved = await saveTemplate(context, templateId, { base: body.base, definition });
      return afterStep(templateId, body.at, saved, step);
    },
    async again(context, { params: { templateId }, form }) {
      const { at, kind, isNew, step } = form.values;
      const given = stepBody.pick({ at: true, kind: true, isNew: true }).safeParse({ at, kind, isNew });
      if (!given.success) return editorPage(context, templateId, {});
      const typed = (step ?? {}) as Typed;
      const of = { ...given.data, isNew: given.data.isNew === 'yes', typed, form };
      return editorPage(context, templateId, {}, { panel: await stepPanel(context, of) });
    },
  }),
  defineForm({
    path: '/workflow-templates/:templateId/edit/move',
    access,
    params,
    body: moveBody,
    async submit(context, { params: { templateId }, body }) {
      const [move = '', at = ''] = body.do.split(' ');
      const before = await current(context, templateId, body.base);
      const after = moved(before, at, move as (typeof moves)[number]);
      if (!after) return { to: edit(templateId), flash: { kind: 'problem', text: copy.cantMove } };
      await saveTemplate(context, templateId, { base: body.base, definition: after });
      const said = { up: copy.moved, down: copy.moved, remove: copy.removed };
      const branches = { 'add-branch': copy.branchAdded, 'remove-branch': copy.branchRemoved };
      return to(templateId, { ...said, ...branches }[move as (typeof moves)[number]]);
    },
  }),
];

const parameterForms: AnyRoute[] = [
  defineForm({
    path: '/workflow-templates/:templateId/edit/parameter',
    access,
    params,
    body: parameterBody,
    async submit(context, { params: { templateId }, body: { base: version, was, parameter: typed } }) {
      const before = await current(context, templateId, version);
      const name = typeof typed['name'] === 'string' ? typed['name'].trim() : '';
      const isTaken = name !== was && Object.hasOwn(before.parameters.properties, name);
      if (isTaken) throw new AppError('request.invalid', { fields: { 'parameter.name': copy.nameTaken } });
      const definition = withParameter(before, was ?? null, {
        name,
        parameter: parameterTyped(typed) as unknown as Parameter,
        required: typed['required'] === 'true',
      });
      const { issues } = readDefinition(definition);
      const prefix = `parameters.properties.${name}`;
      const fields = Object.fromEntries(
        issues.map(({ at, text = '' }) => {
          const part = at.startsWith(`${prefix}.`) ? at.slice(prefix.length + 1).split('.')[0] : 'name';
          return [`parameter.${part === 'enum' ? 'choices' : part}`, text] as const;
        }),
      );
      if (issues.length > 0) throw new AppError('request.invalid', { fields });
      await saveTemplate(context, templateId, { base: version, definition });
      return to(templateId, copy.saved);
    },
    again(context, { params: { templateId }, form }) {
      const was = typeof form.values['was'] === 'string' ? form.values['was'] : null;
      return editorPage(context, templateId, {}, { panel: { kind: 'parameter', was, form } });
    },
  }),
  defineForm({
    path: '/workflow-templates/:templateId/edit/remove-parameter',
    access,
    params,
    body: z.strictObject({ base, name: z.string().max(40) }),
    async submit(context, { params: { templateId }, body }) {
      const before = await current(context, templateId, body.base);
      const definition = withoutParameter(before, body.name);
      await saveTemplate(context, templateId, { base: body.base, definition });
      return to(templateId, copy.parameterRemoved);
    },
  }),
];

const eventForms: AnyRoute[] = [
  defineForm({
    path: '/workflow-templates/:templateId/edit/event',
    access,
    params,
    body: z.strictObject({ base, on: record }),
    async submit(context, { params: { templateId }, body: { base: version, on: typed } }) {
      const before = await current(context, templateId, version);
      const definition = { ...before, on: startTyped(typed, before.parameters) as unknown as EventStart };
      const { issues } = readDefinition(definition);
      const fields = Object.fromEntries(issues.map(({ at, text = '' }) => [at, text]));
      if (issues.length > 0) throw new AppError('request.invalid', { fields });
      const saved = await saveTemplate(context, templateId, { base: version, definition });
      const isWrong = saved.issues.some(({ at }) => at.startsWith('on.'));
      return to(templateId, copy.saved, isWrong ? { new: 'event' } : {});
    },
    again: (context, { params: { templateId }, form }) =>
      editorPage(context, templateId, {}, { panel: { kind: 'event', form } }),
  }),
  defineForm({
    path: '/workflow-templates/:templateId/edit/remove-event',
    access,
    params,
    body: z.strictObject({ base }),
    async submit(context, { params: { templateId }, body: { base: version } }) {
      const { on: _on, ...definition } = await current(context, templateId, version);
      await saveTemplate(context, templateId, { base: version, definition });
      return to(templateId, copy.eventRemoved);
    },
  }),
];

const wholeForms: AnyRoute[] = [
  defineForm({
    path: '/workflow-templates/:templateId/edit/about',
    access,
    params,
    body: z.strictObject({ base, title, summary }),
    async submit(context, { params: { templateId }, body: { base: version, ...about } }) {
      const definition = await current(context, templateId, version);
      // What it does stays: a step back leads past this one.
      await saveTemplate(context, templateId, { base: version, definition, repeats: version, ...about });
      return to(templateId, copy.saved);
    },
    again: (context, { params: { templateId }, form }) =>
      editorPage(context, templateId, {}, { about: form }),
  }),
  defineForm({
    path: '/workflow-templates/:templateId/edit/json',
    access,
    params,
    body: z.strictObject({ base, definition: z.string().max(100_000) }),
    async submit(context, { params: { templateId }, body: { base: version, definition: text } }) {
      let given: unknown;
      try {
        given = JSON.parse(text);
      } catch (error) {
        const message = copy.jsonUnreadable((error as Error).message);
        throw new AppError('request.invalid', { fields: { definition: message } });
      }
      const { issues } = readDefinition(given);
      if (issues.length > 0) throw new AppError('request.invalid', { fields: issueFields(issues) });
      await saveTemplate(context, templateId, { base: version, definition: given });
      return to(templateId, copy.jsonSaved);
    },
    again: (context, { params: { templateId }, form }) => {
      // The whole is one field: messages name the place in it.
      const lines = Object.entries(form.errors).map(([at, message]) => [
        at,
        at === 'definition' ? message : `${at.replace('definition.', '')}: ${message}`,
      ]);
      const json = { ...form, errors: Object.fromEntries(lines) as Record<string, string> };
      return editorPage(context, templateId, {}, { json });
    },
  }),
  ...(['undo', 'discard'] as const).map((action) =>
    defineForm({
      path: `/workflow-templates/:templateId/edit/${action}`,
      access,
      params,
      body: z.strictObject({}),
      async submit(context, { params: { templateId } }) {
        const work = action === 'undo' ? undoChange : discardChanges;
        const { version } = await work(context, templateId);
        return to(templateId, action === 'undo' ? copy.undone(version) : copy.discarded);
      },
    }),
  ),
];

/** The editor: every change is a new draft, so that each can be undone. */
export const editPages: AnyRoute[] = [
  definePage({
    path: '/workflow-templates/:templateId/edit',
    access,
    params,
    query: editorQuery,
    show: (context, { params: { templateId }, query }) => editorPage(context, templateId, query),
  }),
  ...stepForms,
  ...parameterForms,
  ...eventForms,
  ...wholeForms,
];
