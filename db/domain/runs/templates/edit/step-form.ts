import type { Json, Step } from '../definition.ts';
import { fieldsOf, type StepField } from './fields.ts';

/** What a form sends: texts, and texts by name. */
export type Typed = Record<string, unknown>;

/** JSON that a person typed, as far as it isn't simply a text. */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** A value as it is typed: texts as they are, the rest and what would be read as something else as JSON. */
export function typedValue(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' && value !== '' && parsed(value) === undefined
    ? value
    : JSON.stringify(value);
}

/** The value that was typed. */
export const valueTyped = (text: string): Json => parsed(text.trim()) ?? (text === 'null' ? null : text);

const normal = (value: unknown): string => (typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '');

const at = (of: unknown, name: string): unknown =>
  name
    .split('.')
    .reduce<unknown>(
      (found, part) =>
        found !== null && typeof found === 'object' && Object.hasOwn(found, part)
          ? (found as Typed)[part]
          : undefined,
      of,
    );

function put(into: Typed, name: string, value: unknown): void {
  const parts = name.split('.');
  const last = parts.pop() ?? '';
  let place = into;
  for (const part of parts) place = (place[part] ??= {}) as Typed;
  place[last] = value;
}

/** Rows of a form: `{ 0: { name, value }, … }`. */
const rowsIn = (typed: unknown): { name: string; value: string }[] =>
  typed !== null && typeof typed === 'object'
    ? Object.values(typed).map((row) => ({
        name: normal(at(row, 'name')).trim(),
        value: normal(at(row, 'value')),
      }))
    : [];

/** Rows that hold texts, also where they look like numbers. `texts` are the arguments and parameters that do. */
const isText = (field: string, row: string, texts: ReadonlySet<string>): boolean =>
  field === 'headers' || (given.includes(field) && texts.has(row));
/** Rows whose names are known beforehand: one left empty isn’t given. */
const given: readonly string[] = ['arguments', 'parameters'];

function rowsTyped({ name, required }: StepField, typed: unknown, texts: ReadonlySet<string>): unknown {
  const rows = rowsIn(typed).filter((row) => row.name !== '' && (row.value !== '' || !given.includes(name)));
  if (rows.length === 0 && !required) return undefined;
  return Object.fromEntries(
    rows.map((row) => [row.name, isText(name, row.name, texts) ? row.value : valueTyped(row.value)] as const),
  );
}

function read(field: StepField, typed: unknown, texts: ReadonlySet<string>): unknown {
  const { type, required } = field;
  if (type === 'rows') return rowsTyped(field, typed, texts);
  const text = normal(typed);
  if (type === 'yes') return text === '' ? undefined : ['true', 'on'].includes(text);
  if (text.trim() === '') return required && (type === 'text' || type === 'line') ? '' : undefined;
  if (type === 'number' || type === 'count') return /^\s*\d+\s*$/.test(text) ? Number(text) : text.trim();
  if (type === 'value') return valueTyped(text);
  return type === 'text' ? text : text.trim();
}

/** The step that a form describes; the steps inside it are those of `before`. Whether it is right, its schema tells. */
export function stepTyped(
  kind: Step['kind'],
  typed: Typed,
  before: Step | null,
  texts: ReadonlySet<string> = new Set(),
): Typed {
  const step: Typed = { ...(before && insideOf(before)) };
  for (const field of fieldsOf(kind)) {
    const value = read(field, at(typed, field.name), texts);
    if (value !== undefined) put(step, field.name, value);
  }
  return { ...emptyLists[kind], ...step, kind };
}

/** The lists that a new step of a kind begins with. */
const emptyLists: Partial<Record<Step['kind'], Typed>> = {
  condition: { then: [] },
  parallel: { branches: [[], []] },
  loop: { steps: [] },
};

function insideOf(step: Step): Typed {
  if (step.kind === 'condition') return { then: step.then, ...(step.else && { else: step.else }) };
  if (step.kind === 'parallel') return { branches: step.branches };
  return step.kind === 'loop' ? { steps: step.steps } : {};
}

/** What the form of a step shows: its fields as they are typed, rows in order. */
export function typedStep(step: Step, texts: ReadonlySet<string> = new Set()): Typed {
  const typed: Typed = {};
  for (const { name, type } of fieldsOf(step.kind)) {
    const value = at(step, name) as Json | undefined;
    if (value === undefined) continue;
    if (type === 'rows') {
      const rows = Object.entries(value as Record<string, Json>).map(([key, one]) => ({
        name: key,
        value: typeof one === 'string' && isText(name, key, texts) ? one : typedValue(one),
      }));
      put(typed, name, Object.fromEntries(rows.entries()));
    } else put(typed, name, typeof value === 'string' && type !== 'value' ? value : typedValue(value));
  }
  return typed;
}

/** A name for expressions out of a title: "Ask the owner" is `ask_the_owner`; with a number where it is taken. */
export function nameFrom(title: string, taken: ReadonlySet<string>): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 30);
  const base = plain === '' ? 'step' : plain;
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}_${number}`;
    if (!taken.has(name)) return name;
  }
}
