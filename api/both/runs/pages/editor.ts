import { z } from 'zod';
import type { Issue } from '../../../../db/domain/runs/templates/issue.ts';
import type { Definition } from '../../../../db/domain/runs/templates/definition.ts';
import { hasList, stepAt } from '../../../../db/domain/runs/templates/edit/change.ts';
import { stepKinds } from '../../../../db/domain/runs/templates/edit/fields.ts';
import { typedStart } from '../../../../db/domain/runs/templates/edit/start-form.ts';
import { typedParameter } from '../../../../db/domain/runs/templates/edit/parameter-form.ts';
import {
  EditorPage,
  type EditorPageProps,
  type Panel,
} from '../../../../templates/shared/workflow-templates/edit/editor.tsx';
import { issueText } from '../../../../templates/shared/workflow-templates/issues-copy.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { versionBefore } from '../change-template.ts';
import { issuesOf } from '../checked.ts';
import { assertOwn, definitionOf, findSeen } from '../home.ts';
import { panelOf, stepPanel, useOptions } from './step-panel.ts';

export const stepPath = z
  .string()
  .max(200)
  .regex(/^steps\.\d{1,3}(?:\.(?:then|else|steps|branches\.\d)\.\d{1,3})*$/);
const optional = <T extends z.ZodType>(shape: T) => shape.optional().catch(undefined);

/** Which form the editor shows: of a step, of a new one at a place, or of a parameter. */
export const editorQuery = z.object({
  step: optional(stepPath),
  add: optional(stepPath),
  kind: optional(z.enum(stepKinds as [(typeof stepKinds)[number]])),
  use: optional(z.string().max(200)),
  parameter: optional(z.string().max(40)),
  new: optional(z.enum(['parameter', 'event'])),
  view: optional(z.literal('json')),
});
export type EditorQuery = z.output<typeof editorQuery>;

function texts(issues: readonly Issue[], nameOf: (issue: Issue) => string | null): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const issue of issues) {
    const name = nameOf(issue);
    if (name !== null) found.set(name, [...(found.get(name) ?? []), issueText(issue)]);
  }
  return found;
}

const parameterIn = ({ at }: Issue) => /^parameters\.properties\.([^.]+)/.exec(at)?.[1] ?? null;

async function newStepPanel(
  context: RequestContext,
  id: string,
  { add: at = '', kind, use }: EditorQuery,
): Promise<Panel> {
  if (!kind) return { kind: 'choose', at };
  if ((kind === 'tool' || kind === 'template') && !use)
    return { kind: 'use', at, step: kind, options: await useOptions(context, kind, id) };
  const [server, tool] = (use ?? '').split('/');
  const typed = kind === 'tool' ? { server, tool } : kind === 'template' ? { template: use } : {};
  return stepPanel(context, { kind, at, isNew: true, typed });
}

function eventPanel({ on, parameters }: Definition, issues: readonly Issue[]): Panel {
  const wrong = issues.filter(({ at }) => at.startsWith('on.'));
  const errors = Object.fromEntries(wrong.map((issue) => [issue.at, issueText(issue)]));
  const values = { on: on ? typedStart(on, parameters) : {} };
  return { kind: 'event', form: { values, ...(wrong.length > 0 && { errors }) } };
}

async function panelFor(
  context: RequestContext,
  { id, definition, issues }: { id: string; definition: Definition; issues: readonly Issue[] },
  query: EditorQuery,
): Promise<Panel | null> {
  const { properties, required } = definition.parameters;
  if (query.add && hasList(definition, query.add.slice(0, query.add.lastIndexOf('.'))))
    return newStepPanel(context, id, query);
  const step = query.step ? stepAt(definition, query.step) : null;
  if (step && query.step) return panelOf(context, { step, at: query.step, issues });
  if (query.new === 'event') return eventPanel(definition, issues);
  if (query.new) return { kind: 'parameter', was: null, form: { values: { parameter: { kind: 'text' } } } };
  const name = query.parameter;
  const parameter = name !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (!parameter || name === undefined) return null;
  const [error] = texts(issues, parameterIn).get(name) ?? [];
  const values = { parameter: typedParameter(name, parameter, required.includes(name)) };
  return {
    ...{ kind: 'parameter', was: name },
    form: { values, ...(error !== undefined && { errors: { 'parameter.default': error } }) },
  };
}

/** The editor of a template. Throws `template.read-only` for what the viewer can only copy. */
export async function editorPage(
  context: RequestContext,
  id: string,
  query: EditorQuery,
  shown: { panel?: Panel } & Pick<EditorPageProps, 'about' | 'json'> = {},
) {
  const template = await findSeen(context, id);
  assertOwn(template);
  const definition = await definitionOf(context, template, template.newestVersion);
  const issues = await issuesOf(context, definition, id);
  return EditorPage({
    frame: pageContextOf(context),
    template,
    definition,
    problems: {
      count: issues.length,
      steps: texts(issues, ({ step }) => step),
      parameters: texts(issues, parameterIn),
      on: issues.filter(({ at }) => at.startsWith('on.')).map(issueText),
    },
    ofBusiness: context.person().tenant !== null,
    panel: shown.panel ?? (await panelFor(context, { id, definition, issues }, query)),
    mayUndo: (await versionBefore(context, template)) !== null,
    jsonOnly: query.view === 'json',
    about: shown.about,
    json: shown.json,
  });
}
