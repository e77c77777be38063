import type { ComponentChildren, VNode } from 'preact';
import { Icon } from './icon.tsx';
import type { FieldState } from './form-state.tsx';

/** The attributes that tie a control to its help and its error. */
export function describe(field: FieldState, help?: ComponentChildren) {
  const ids = [field.error ? `${field.id}-error` : '', help ? `${field.id}-help` : ''].filter(Boolean);
  return {
    'aria-describedby': ids.length > 0 ? ids.join(' ') : undefined,
    'aria-invalid': field.error ? ('true' as const) : undefined,
  };
}

export function FieldNotes(props: { field: FieldState; help?: ComponentChildren }): VNode {
  return (
    <>
      {props.help ? (
        <div class="bz-help" id={`${props.field.id}-help`}>
          {props.help}
        </div>
      ) : null}
      {props.field.error ? (
        <div class="bz-error" id={`${props.field.id}-error`}>
          <Icon name="alert-circle" />
          {props.field.error}
        </div>
      ) : null}
    </>
  );
}

/** Label above, control, help below, error under it. */
export function Field(props: {
  field: FieldState;
  label: string;
  help?: ComponentChildren;
  optional?: boolean;
  children: ComponentChildren;
}): VNode {
  return (
    <div class="bz-field">
      <label class="form-label" for={props.field.id}>
        {props.label}
        {props.optional ? <span class="bz-optional"> optional</span> : null}
      </label>
      {props.children}
      <FieldNotes field={props.field} help={props.help} />
    </div>
  );
}
