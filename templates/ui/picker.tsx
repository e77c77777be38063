import type { VNode } from 'preact';
import { Field, describe } from './field.tsx';
import { textOf, useField } from './form-state.tsx';

/**
 * A tenant or person by name. It is a plain text field, and the server finds out who is meant; scripts
 * turn it into a combobox that searches while one types and sends the id of what was chosen (picker.js).
 */
export function Picker(props: {
  name: string;
  label: string;
  help: string;
  kind: 'tenant' | 'person';
}): VNode {
  const field = useField(props.name, props.label);
  return (
    <Field field={field} {...props}>
      <input
        class={`form-control${field.error ? ' bz-wrong' : ''}`}
        id={field.id}
        name={props.name}
        value={textOf(field.value)}
        autoComplete="off"
        spellcheck={false}
        data-pick={props.kind}
        {...describe(field, props.help)}
      />
    </Field>
  );
}
