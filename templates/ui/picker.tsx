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
  /** Whom an id means that was sent; the field shows the name, and scripts send the id again. */
  chosen?: { id: string; name: string } | undefined;
}): VNode {
  const field = useField(props.name, props.label);
  const value = textOf(field.value);
  const chosen = props.chosen?.id === value ? props.chosen : undefined;
  return (
    <Field field={field} {...props}>
      <input
        class={`form-control${field.error ? ' bz-wrong' : ''}`}
        id={field.id}
        name={props.name}
        value={chosen?.name ?? value}
        autoComplete="off"
        spellcheck={false}
        data-pick={props.kind}
        data-chosen={chosen?.id}
        {...describe(field, props.help)}
      />
    </Field>
  );
}
