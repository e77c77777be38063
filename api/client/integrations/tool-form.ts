import { AppError } from '../../../db/domain/errors.ts';
import { tryCopy } from '../../../templates/client/integrations/copy.ts';
import { textOf } from '../../../templates/ui/form-state.tsx';
import { type JsonSchema, kindOf, plain } from '../../../templates/ui/schema-form.tsx';

type Json = Record<string, unknown>;

/** Prefix of the names of a tool's fields in its form. */
export const fieldsName = 'values';
const plainName = /^[A-Za-z0-9_-]+$/;
const unsafeNames = ['__proto__', 'constructor', 'prototype'];
const aNumber = /^-?\d+(?:\.\d+)?$/;

const propertiesOf = (schema: JsonSchema): [string, JsonSchema][] => Object.entries(schema.properties ?? {});
const isGiven = (value: unknown) => value !== undefined && value !== '';

/** Whether fields can be made for all values; names with dots would be taken for groups. */
export function fitsFields(schema: JsonSchema): boolean {
  return propertiesOf(schema).every(
    ([name, property]) =>
      plainName.test(name) &&
      !unsafeNames.includes(name) &&
      (kindOf(property) !== 'group' || fitsFields(plain(property))),
  );
}

/** Values as the fields hold them: text, lists one a line, the rest as JSON. Defaults fill in for missing values. */
export function toFields(schema: JsonSchema, values: Json): Json {
  return Object.fromEntries(
    propertiesOf(schema).flatMap(([name, property]) => {
      const value = values[name] ?? property.default;
      const kind = kindOf(property);
      if (kind === 'group') return [[name, toFields(plain(property), (value ?? {}) as Json)]];
      if (value === undefined) return [];
      if (kind === 'lines') return [[name, (value as unknown[]).join('\n')]];
      if (kind === 'choices') return [[name, value]];
      if (kind === 'json') return [[name, JSON.stringify(value, null, 2)]];
      return [[name, textOf(value)]];
    }),
  );
}

function linesOf(text: string, items: JsonSchema | undefined): unknown[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return items?.type === 'string' ? lines : lines.map(numberOrText);
}

/** Text that is no number is kept, so that the validation of the values can report it. */
const numberOrText = (text: string): unknown => (aNumber.test(text) ? Number(text) : text);

/** One posted field as the value it means; undefined where nothing was given. */
function valueOf(property: JsonSchema, posted: unknown, required: boolean, path: string): unknown {
  const schema = plain(property);
  const text = typeof posted === 'string' ? posted.trim() : '';
  switch (kindOf(schema)) {
    case 'fixed':
      return schema.const;
    case 'group': {
      const values = fromFields(schema, (posted ?? {}) as Json, path);
      return required || Object.keys(values).length > 0 ? values : undefined;
    }
    case 'yes':
      if (text === '') return required || schema.default !== undefined ? false : undefined;
      return text === 'true';
    case 'choices':
      return isGiven(posted) || required ? [posted ?? []].flat() : undefined;
    case 'lines':
      return text === '' && !required ? undefined : linesOf(text, schema.items);
    case 'number':
      return text === '' ? undefined : numberOrText(text);
    case 'choice':
      return schema.enum?.find((one) => String(one) === text) ?? (text || undefined);
    case 'json':
      return text === '' ? undefined : parsed(text, path);
    default:
      return text === '' ? undefined : posted;
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('request.invalid', { fields: { [path]: tryCopy.notJson } });
  }
}

/** The values that a posted form means; what was left empty is not given. Throws `request.invalid` for broken JSON. */
export function fromFields(schema: JsonSchema, posted: Json, path = fieldsName): Json {
  const required = new Set(schema.required ?? []);
  return Object.fromEntries(
    propertiesOf(schema).flatMap(([name, property]) => {
      const value = valueOf(property, posted[name], required.has(name), `${path}.${name}`);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function fieldNames(schema: JsonSchema, path: string): string[] {
  return propertiesOf(schema).flatMap(([name, property]) =>
    kindOf(property) === 'group'
      ? fieldNames(plain(property), `${path}.${name}`)
      : kindOf(property) === 'fixed'
        ? []
        : [`${path}.${name}`],
  );
}

/** Messages about values at the fields that hold them; the rest go into the message of the form. */
export function atFields(schema: JsonSchema, error: AppError): AppError {
  const known = fieldNames(schema, fieldsName);
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const [place, message] of Object.entries(error.fields ?? {})) {
    const path = `${fieldsName}.${place}`;
    const holder = known.find((name) => path === name || path.startsWith(`${name}.`));
    if (holder === undefined) rest.push(`${place}: ${message}`);
    else fields[holder] = path === holder ? message : `${path.slice(holder.length + 1)}: ${message}`;
  }
  return new AppError('request.invalid', { text: [error.message, ...rest].join(' '), fields });
}
