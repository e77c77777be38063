import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** What a form shows: values as typed and one message per dotted field path. */
export interface FormState {
  values?: Record<string, unknown>;
  errors?: Record<string, string>;
  /** A problem of the form as a whole, such as wrong credentials. */
  problem?: string;
}

export interface FormContextValue extends FormState {
  /** Keeps ids apart where a page has several forms. */
  idPrefix: string;
  /** Filled by the fields as they are rendered: their label by their name, null where it is no text. */
  labels?: Map<string, string | null>;
}

export const FormContext = createContext<FormContextValue>({ idPrefix: 'f' });

/** `card.number` is looked up as that key first, then as nested objects. */
export function valueAt(values: Record<string, unknown> | undefined, name: string): unknown {
  if (!values) return undefined;
  if (Object.hasOwn(values, name)) return values[name];
  let current: unknown = values;
  for (const part of name.split('.')) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return undefined;
    current = (current as Record<string, unknown>)[part];
  }
  return current;
}

export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

/** A repeated field as the list it is; one value is a list of one. */
export function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(textOf);
  const text = textOf(value);
  return text === '' ? [] : [text];
}

/** The id of a field; the error summary links to it. */
export function fieldId(idPrefix: string, name: string): string {
  return `${idPrefix}-${name.replace(/[^a-zA-Z0-9]+/g, '-')}`;
}

export interface FieldState {
  id: string;
  value: unknown;
  error: string | undefined;
}

/** The state of a field, which tells its form what it is called. */
export function useField(name: string, label: unknown): FieldState {
  const form = useContext(FormContext);
  form.labels?.set(name, typeof label === 'string' ? label : null);
  return {
    id: fieldId(form.idPrefix, name),
    value: valueAt(form.values, name),
    error: form.errors?.[name],
  };
}
