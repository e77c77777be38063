import { AppError } from '../../../../db/domain/errors.ts';
import type { Issue } from '../../../../db/domain/runs/templates/issue.ts';
import type { Step } from '../../../../db/domain/runs/templates/definition.ts';
import { fieldsOf } from '../../../../db/domain/runs/templates/edit/fields.ts';
import { type Typed, typedStep } from '../../../../db/domain/runs/templates/edit/step-form.ts';
import * as registry from '../../../../db/repos/integrations/servers.ts';
import { listTools } from '../../../../db/repos/integrations/tools.ts';
import { editCopy } from '../../../../templates/shared/workflow-templates/edit-copy.ts';
import { issueText } from '../../../../templates/shared/workflow-templates/issues-copy.ts';
import { templatesCopy } from '../../../../templates/shared/workflow-templates/copy.ts';
import type { KnownRow, StepPanel } from '../../../../templates/shared/workflow-templates/edit/step-form.tsx';
import type { UsePanel } from '../../../../templates/shared/workflow-templates/edit/choose.tsx';
import { fieldTitle } from '../../../../templates/ui/field-title.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { definitionOf, findSeen, listSeen } from '../home.ts';

interface Shape {
  type?: unknown;
  title?: string;
  description?: string;
  enum?: readonly unknown[];
}

/** What a step uses, and the fields that gives its form. */
export interface Used {
  known: KnownRow[];
  /** Names of those that hold texts. */
  texts: ReadonlySet<string>;
  uses: StepPanel['uses'];
}

const nothing: Used = { known: [], texts: new Set(), uses: null };

function rowsFrom(properties: Readonly<Record<string, Shape>>, required: readonly string[]) {
  const known = Object.entries(properties).map(([name, { title, description, enum: allowed }]): KnownRow => {
    const options = allowed
      ? `${description ? `${description} ` : ''}${allowed.map(String).join(', ')}`
      : description;
    return { name, label: title ?? fieldTitle(name), help: options, required: required.includes(name) };
  });
  const texts = Object.entries(properties).filter(([, { type }]) => type === 'string');
  return { known, texts: new Set(texts.map(([name]) => name)) };
}

const platform = (context: RequestContext) => ({ ...context.scope('platform'), readOnly: true as const });

async function usedTool(context: RequestContext, server: string, name: string): Promise<Used> {
  const tools = await context.deps.db.inScope(platform(context), (tx) =>
    listTools(tx, { server, state: 'approved' }),
  );
  const tool = tools.find((one) => one.name === name);
  const uses = { label: editCopy.chooseTool, title: tool?.title ?? name };
  if (!tool) return { ...nothing, uses };
  const { properties = {}, required = [] } = tool.definition.inputSchema as {
    properties?: Record<string, Shape>;
    required?: string[];
  };
  return { ...rowsFrom(properties, required), uses };
}

async function usedTemplate(context: RequestContext, id: string): Promise<Used> {
  const label = templatesCopy.columns.title;
  try {
    const template = await findSeen(context, id);
    const uses = { label, title: template.title };
    if (template.liveVersion === null) return { ...nothing, uses };
    const { parameters } = await definitionOf(context, template, template.liveVersion);
    return { ...rowsFrom(parameters.properties, parameters.required), uses };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'template.not-found') throw error;
    return { ...nothing, uses: { label, title: id } };
  }
}

/** What the form of a step knows of the tool or template it uses. */
export async function usedBy(context: RequestContext, kind: Step['kind'], typed: Typed): Promise<Used> {
  const text = (name: string) => (typeof typed[name] === 'string' ? typed[name] : '');
  if (kind === 'tool') return usedTool(context, text('server'), text('tool'));
  return kind === 'template' ? usedTemplate(context, text('template')) : nothing;
}

/** Tools of servers that are offered, or templates that have a live version. */
export async function useOptions(
  context: RequestContext,
  kind: UsePanel['step'],
  self: string,
): Promise<UsePanel['options']> {
  if (kind === 'template') {
    const { own, shared } = await listSeen(context, { limit: 100 });
    return [...own, ...shared]
      .filter((one) => one.id !== self && one.liveVersion !== null && one.origin !== 'curated')
      .map(({ id, title }) => ({ value: id, label: title }));
  }
  return context.deps.db.inScope(platform(context), async (tx) => {
    const titles = await registry.serverTitles(tx);
    const tools = await listTools(tx, { state: 'approved' });
    return tools.map(({ server, name, title }) => ({
      value: `${server}/${name}`,
      label: `${titles.get(server) ?? server}: ${title}`,
    }));
  });
}

/** Known rows as the form shows them, in its order, with what was given for each. */
function inOrder(kind: Step['kind'], typed: Typed, known: readonly KnownRow[]): Typed {
  if (known.length === 0) return typed;
  const name = kind === 'tool' ? 'arguments' : 'parameters';
  const given = Object.values((typed[name] ?? {}) as Record<string, { name: string; value: string }>);
  const values = new Map(given.map((row) => [row.name, row.value]));
  const rows = known.map((row) => ({ name: row.name, value: values.get(row.name) ?? '' }));
  return { ...typed, [name]: Object.fromEntries(rows.entries()) };
}

const rowFields = (kind: Step['kind']) => fieldsOf(kind).filter(({ type }) => type === 'rows');

/** Where a message about a part of a step stands in its form. */
function placeIn(kind: Step['kind'], typed: Typed, part: string): string {
  for (const { name } of rowFields(kind)) {
    if (!part.startsWith(`${name}.`)) continue;
    const [row = ''] = part.slice(name.length + 1).split('.');
    const rows = Object.entries((typed[name] ?? {}) as Record<string, { name?: unknown }>);
    const found = rows.find(([, one]) => one.name === row);
    return found ? `step.${name}.${found[0]}.value` : `step.${name}`;
  }
  const names = fieldsOf(kind).map(({ name }) => name);
  const known = names.find((name) => part === name || part.startsWith(`${name}.`));
  return `step.${known ?? names.find((name) => name.startsWith(`${part}.`)) ?? part}`;
}

/** What is wrong with a step, at the fields of its form; the rest under "definition". */
export function errorsOf(
  issues: readonly Issue[],
  { kind, at, id, typed }: { kind: Step['kind']; at: string; id: string; typed: Typed },
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of issues) {
    const isOwn =
      issue.at.startsWith(`${at}.`) && !/^(?:then|else|branches|steps)\./.test(issue.at.slice(at.length + 1));
    const isName = issue.code === 'duplicate-name' && issue.step === id;
    if (!isOwn && !isName) continue;
    const place = isName ? 'step.id' : placeIn(kind, typed, issue.at.slice(at.length + 1));
    errors[place] ??= issueText(issue);
  }
  return errors;
}

const blankRows = 3;

/** The form of a step. */
export async function stepPanel(
  context: RequestContext,
  given: { kind: Step['kind']; at: string; isNew: boolean; typed: Typed; form?: Partial<StepPanel['form']> },
): Promise<StepPanel> {
  const { kind, at, isNew, form } = given;
  const { known, uses } = await usedBy(context, kind, given.typed);
  const typed = inOrder(kind, given.typed, known);
  const filled = rowFields(kind).map(({ name }) => Object.keys((typed[name] ?? {}) as object).length);
  return {
    ...{ kind: 'step', step: kind, at, isNew, known, uses },
    rows: Math.max(0, ...filled) + blankRows,
    form: { ...form, values: { step: typed } },
  };
}

/** The form of a step that is there, with what is wrong at its fields. */
export async function panelOf(
  context: RequestContext,
  { step, at, issues }: { step: Step; at: string; issues: readonly Issue[] },
): Promise<StepPanel> {
  const bare = typedStep(step);
  const { known, texts } = await usedBy(context, step.kind, bare);
  const typed = inOrder(step.kind, typedStep(step, texts), known);
  const errors = errorsOf(issues, { kind: step.kind, at, id: step.id, typed });
  const form = Object.keys(errors).length > 0 ? { errors } : {};
  return stepPanel(context, { kind: step.kind, at, isNew: false, typed, form });
}
