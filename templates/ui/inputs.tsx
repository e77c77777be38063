import type { ComponentChildren, VNode } from 'preact';
import { Field, describe } from './field.tsx';
import { listOf, textOf, useField } from './form-state.tsx';

interface Common {
  name: string;
  label: string;
  help?: ComponentChildren;
  optional?: boolean;
}

interface TextInputProps extends Common {
  type?: 'text' | 'email' | 'password' | 'number' | 'url' | 'search' | 'date' | 'tel';
  autocomplete?: string;
  inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'url' | 'tel';
  /** Used when nothing was typed yet. */
  initial?: string;
  width?: 'short' | 'medium';
  step?: string;
  /** Attributes that ask the server while it is filled in. */
  live?: Readonly<Record<string, string>>;
}

function controlClass(kind: string, error: string | undefined, width?: string): string {
  return `${kind}${error ? ' bz-wrong' : ''}${width ? ` bz-w-${width}` : ''}`;
}

export function TextInput(props: TextInputProps): VNode {
  const field = useField(props.name, props.label);
  // A password is never written back into a page.
  const value = props.type === 'password' ? '' : textOf(field.value ?? props.initial);
  return (
    <Field field={field} {...props}>
      <input
        class={controlClass('form-control', field.error, props.width)}
        id={field.id}
        name={props.name}
        type={props.type ?? 'text'}
        value={value}
        autoComplete={props.autocomplete}
        inputMode={props.inputMode}
        step={props.step}
        {...props.live}
        {...describe(field, props.help)}
      />
    </Field>
  );
}

export function Textarea(props: Common & { rows?: number; initial?: string }): VNode {
  const field = useField(props.name, props.label);
  return (
    <Field field={field} {...props}>
      <textarea
        class={controlClass('form-control', field.error)}
        id={field.id}
        name={props.name}
        rows={props.rows ?? 3}
        {...describe(field, props.help)}
      >
        {textOf(field.value ?? props.initial)}
      </textarea>
    </Field>
  );
}

/** The reason for an action that affects others; `log` says where it is kept. */
export function ReasonInput({ log = 'the audit log' }: { log?: string }): VNode {
  const help = `At least 10 characters. It is kept in ${log} with your name.`;
  return <Textarea name="reason" label="Reason" help={help} />;
}

export interface Option {
  value: string;
  label: string;
}

interface SelectProps extends Common {
  options: readonly (Option | string)[];
  /** First, empty choice. */
  placeholder?: string;
  initial?: string;
  width?: 'short' | 'medium';
  /** Marks the control for device-values.js, such as "timezone". */
  fill?: string;
}

export function Select(props: SelectProps): VNode {
  const field = useField(props.name, props.label);
  const chosen = listOf(field.value ?? props.initial);
  return (
    <Field field={field} {...props}>
      <select
        class={controlClass('form-select', field.error, props.width)}
        id={field.id}
        name={props.name}
        data-fill={field.value === undefined ? props.fill : undefined}
        {...describe(field, props.help)}
      >
        {props.placeholder === undefined ? null : <option value="">{props.placeholder}</option>}
        {props.options.map((option) => {
          const { value, label } = typeof option === 'string' ? { value: undefined, label: option } : option;
          return (
            <option value={value} selected={chosen.includes(value ?? label)}>
              {label}
            </option>
          );
        })}
      </select>
    </Field>
  );
}
