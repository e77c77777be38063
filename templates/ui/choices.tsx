import type { ComponentChildren, VNode } from 'preact';
import { FieldNotes, describe } from './field.tsx';
import { useContext } from 'preact/hooks';
import { FormContext, listOf, useField } from './form-state.tsx';

export interface Choice {
  value: string;
  title: string;
  /** Before the words, decorative. */
  logo?: ComponentChildren;
  text?: ComponentChildren;
  /** At the right: a price, a mark. */
  aside?: ComponentChildren;
}

interface GroupProps {
  name: string;
  label: string;
  help?: ComponentChildren;
  options: readonly Choice[];
  /** Chosen when nothing was chosen yet. */
  initial?: string | readonly string[];
  /** Hides the legend from the eye where the page title says the same. */
  quietLabel?: boolean;
  columns?: 1 | 2 | 3;
  /** One of several groups with the same name: the page shows the error and carries the id itself. */
  shared?: boolean;
}

function ChoiceGroup(props: GroupProps & { type: 'radio' | 'checkbox' }): VNode {
  const field = useField(props.name, props.label);
  const chosen = listOf(field.value ?? props.initial);
  return (
    <fieldset class="bz-field bz-choices" aria-describedby={describe(field, props.help)['aria-describedby']}>
      <legend class={props.quietLabel ? 'visually-hidden' : 'form-label'}>{props.label}</legend>
      <div class={`bz-choice-grid bz-cols-${props.columns ?? 1}`}>
        {props.options.map((option, index) => (
          <label class="bz-choice" data-choice={option.title}>
            <input
              class="form-check-input"
              type={props.type}
              name={props.name}
              value={option.value}
              // The first control carries the id, so that the error summary leads to the group.
              id={index === 0 && !props.shared ? field.id : undefined}
              checked={chosen.includes(option.value)}
            />
            {option.logo}
            <span class="bz-choice-words">
              <span class="bz-choice-title">{option.title}</span>
              {option.text ? <span class="bz-choice-text">{option.text}</span> : null}
            </span>
            {option.aside ? <span class="bz-choice-aside">{option.aside}</span> : null}
          </label>
        ))}
      </div>
      {props.shared ? null : <FieldNotes field={field} help={props.help} />}
    </fieldset>
  );
}

/** One of a few, each a card that can be read. */
export function RadioCards(props: GroupProps): VNode {
  return <ChoiceGroup {...props} type="radio" />;
}

/** Any of a few; sent as the same name repeated. */
export function CheckboxList(props: GroupProps): VNode {
  return <ChoiceGroup {...props} type="checkbox" />;
}

/** A single yes. `initial` ticks it until something was sent. */
export function Checkbox(props: {
  name: string;
  label: ComponentChildren;
  value?: string;
  initial?: boolean;
}): VNode {
  const field = useField(props.name, props.label);
  const { values } = useContext(FormContext);
  const value = props.value ?? 'true';
  return (
    <div class="bz-field">
      <label class="bz-check">
        <input
          class="form-check-input"
          type="checkbox"
          id={field.id}
          name={props.name}
          value={value}
          checked={values ? listOf(field.value).includes(value) : (props.initial ?? false)}
          {...describe(field)}
        />
        <span>{props.label}</span>
      </label>
      <FieldNotes field={field} />
    </div>
  );
}
