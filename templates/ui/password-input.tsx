import type { ComponentChildren, VNode } from 'preact';
import { describe, Field } from './field.tsx';
import { useField } from './form-state.tsx';

const copy = { show: 'Show', hide: 'Hide', what: 'password' } as const;

/**
 * A password, never written back into a page. Scripts add a button that shows what is typed; without them it is a plain
 * field.
 */
export function PasswordInput(props: {
  name: string;
  label: string;
  autocomplete: 'current-password' | 'new-password';
  help?: ComponentChildren;
}): VNode {
  const field = useField(props.name, props.label);
  return (
    <Field field={field} {...props}>
      <div class="bz-password">
        <input
          class={field.error ? 'form-control bz-wrong' : 'form-control'}
          id={field.id}
          name={props.name}
          type="password"
          value=""
          autoComplete={props.autocomplete}
          autoCapitalize="none"
          spellcheck={false}
          {...describe(field, props.help)}
        />
        <button
          type="button"
          class="btn btn-sm"
          data-show-password={field.id}
          data-hide-label={copy.hide}
          aria-controls={field.id}
          hidden
        >
          <span>{copy.show}</span>
          <span class="visually-hidden"> {copy.what}</span>
        </button>
      </div>
    </Field>
  );
}
