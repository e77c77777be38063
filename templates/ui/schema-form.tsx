import type { VNode } from 'preact';
import { Checkbox, CheckboxList } from './choices.tsx';
import { fieldTitle } from './field-title.ts';
import { textOf } from './form-state.tsx';
import { Select, TextInput, Textarea } from './inputs.tsx';

/** The part of JSON Schema that forms are made from; the rest is ignored. */
export interface JsonSchema {
  type?: string | string[];
  title?: string;
  description?: string;
  format?: string;
  enum?: readonly unknown[];
  const?: unknown;
  default?: unknown;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: readonly string[];
  anyOf?: readonly JsonSchema[];
}

/** "string or null" counts as string: an empty field means null. */
export function plain(schema: JsonSchema): JsonSchema {
  const choices = schema.anyOf?.filter((choice) => choice.type !== 'null');
  return choices?.length === 1 ? { ...schema, anyOf: undefined, ...choices[0] } : schema;
}

function typeOf(schema: JsonSchema): string | undefined {
  return Array.isArray(schema.type) ? schema.type.find((type) => type !== 'null') : schema.type;
}

/** How a value is asked for. What no field is made for is typed as JSON. */
export type FieldKind =
  'fixed' | 'choice' | 'choices' | 'group' | 'lines' | 'yes' | 'number' | 'text' | 'json';

const scalars = ['string', 'integer', 'number'];

/** The kind of field that a schema gets; reading the form goes by it too. */
export function kindOf(property: JsonSchema): FieldKind {
  const schema = plain(property);
  if (schema.const !== undefined) return 'fixed';
  if (schema.enum) return 'choice';
  switch (typeOf(schema)) {
    case 'object':
      return Object.keys(schema.properties ?? {}).length > 0 ? 'group' : 'json';
    case 'array':
      if (schema.items?.enum) return 'choices';
      return scalars.includes(typeOf(schema.items ?? {}) ?? '') ? 'lines' : 'json';
    case 'boolean':
      return 'yes';
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
      return 'text';
    default:
      return schema.anyOf?.every((choice) => typeOf(choice) === 'string') ? 'text' : 'json';
  }
}

function bounds(schema: JsonSchema): string {
  // Whole-number limits of the language say nothing to a person.
  const known = (value?: number) => (value !== undefined && Math.abs(value) < 1e9 ? value : undefined);
  const low = known(schema.minimum);
  const high = known(schema.maximum);
  if (low !== undefined && high !== undefined) return `From ${low} to ${high}.`;
  if (low !== undefined) return `At least ${low}.`;
  if (high !== undefined) return `At most ${high}.`;
  if (schema.minLength !== undefined && schema.minLength > 1)
    return `At least ${schema.minLength} characters.`;
  return '';
}

/** Each with a full stop, one after the other. */
function sentences(...parts: (string | undefined)[]): string | undefined {
  const said = parts.filter(Boolean).map((part) => (/[.!?…]$/.test(part ?? '') ? part : `${part}.`));
  return said.length > 0 ? said.join(' ') : undefined;
}

/** Names that all tools share and whose definitions are pinned without a title: how amounts are written. */
const knownTitles: Readonly<Record<string, string>> = { minor: 'In the smallest unit, such as cents' };

interface FieldProps {
  name: string;
  label: string;
  help: string | undefined;
  optional: boolean;
  initial: string | undefined;
}

function TextField(props: { schema: JsonSchema; field: FieldProps }): VNode {
  const { field, schema } = props;
  const format = schema.format ?? '';
  if (format === 'email') return <TextInput {...field} type="email" inputMode="email" />;
  if (format === 'uri' || format === 'url') return <TextInput {...field} type="url" inputMode="url" />;
  if (format === 'date') return <TextInput {...field} type="date" width="medium" />;
  if (format === 'date-time') {
    const help = sentences(field.help, 'Such as 2026-11-01T09:00:00Z');
    return <TextInput {...field} help={help} width="medium" />;
  }
  if ((schema.maxLength ?? 0) > 300) return <Textarea {...field} />;
  return <TextInput {...field} />;
}

function ListField(props: { schema: JsonSchema; field: FieldProps }): VNode {
  const { field, schema } = props;
  const values = schema.items?.enum;
  if (values) {
    return (
      <CheckboxList
        name={field.name}
        label={field.label}
        help={field.help}
        columns={3}
        options={values.map((value) => ({ value: String(value), title: String(value) }))}
      />
    );
  }
  return <Textarea {...field} help={sentences(field.help, 'One a line')} />;
}

/** An unticked box says no; where nothing may be said at all, there are three answers. */
function YesField(props: { field: FieldProps; sure: boolean }): VNode {
  const { field, sure } = props;
  if (sure) return <Checkbox name={field.name} label={field.label} initial={field.initial === 'true'} />;
  const options = [
    { value: 'true', label: 'Yes' },
    { value: 'false', label: 'No' },
  ];
  return <Select {...field} placeholder="Not said" width="medium" options={options} />;
}

function NumberField(props: { field: FieldProps; whole: boolean }): VNode {
  const { field, whole } = props;
  return (
    <TextInput
      {...field}
      type="number"
      inputMode={whole ? 'numeric' : 'decimal'}
      step={whole ? '1' : 'any'}
      width="medium"
    />
  );
}

/** A list is typed one item a line. */
const initialOf = (value: unknown): string | undefined =>
  (Array.isArray(value) ? value.map(textOf).join('\n') : textOf(value)) || undefined;

/** One field of the schema; nested objects become a group whose names are joined by dots. */
function SchemaField(props: {
  name: string;
  path: string;
  schema: JsonSchema;
  required: boolean;
}): VNode | null {
  const schema = plain(props.schema);
  const label = schema.title ?? knownTitles[props.name] ?? fieldTitle(props.name);
  const field: FieldProps = {
    name: props.path,
    label,
    help: sentences(schema.description, bounds(schema)),
    optional: !props.required,
    initial: initialOf(schema.default),
  };
  switch (kindOf(schema)) {
    case 'fixed':
      return <input type="hidden" name={props.path} value={textOf(schema.const)} />;
    case 'choice':
      return (
        <Select
          {...field}
          placeholder="Choose one"
          options={(schema.enum ?? []).map((value) => ({ value: String(value), label: String(value) }))}
        />
      );
    case 'group':
      return (
        <fieldset class="bz-group">
          <legend>{label}</legend>
          <SchemaForm schema={schema} path={props.path} />
        </fieldset>
      );
    case 'choices':
    case 'lines':
      return <ListField schema={schema} field={field} />;
    case 'yes':
      return <YesField field={field} sure={props.required || schema.default !== undefined} />;
    case 'number':
      return <NumberField whole={typeOf(schema) === 'integer'} field={field} />;
    case 'json':
      return <Textarea {...field} rows={5} help={sentences(field.help, 'As JSON')} />;
    default:
      return <TextField schema={schema} field={field} />;
  }
}

/** The fields of an object schema; goes inside a Form. */
export function SchemaForm(props: { schema: JsonSchema; path?: string }): VNode {
  const required = new Set(props.schema.required ?? []);
  return (
    <>
      {Object.entries(props.schema.properties ?? {}).map(([name, schema]) => (
        <SchemaField
          name={name}
          path={props.path ? `${props.path}.${name}` : name}
          schema={schema}
          required={required.has(name)}
        />
      ))}
    </>
  );
}
