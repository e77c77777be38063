import type { VNode } from 'preact';
import { fieldTitle } from './field-title.ts';
import { Icon } from './icon.tsx';
import { fieldId } from './form-state.tsx';
import type { FormContextValue } from './form-state.tsx';

/** What is wrong, at the top of the form, each line a link to its field; takes the focus on load. */
export function ErrorSummary(props: { state: FormContextValue }): VNode | null {
  const { errors = {}, problem, idPrefix } = props.state;
  const entries = Object.entries(errors);
  if (entries.length === 0 && !problem) return null;
  const titleId = `${idPrefix}-problem`;
  return (
    <div class="bz-problem" role="alert" tabIndex={-1} autoFocus aria-labelledby={titleId} data-focus>
      <p class="bz-problem-title" id={titleId}>
        <Icon name="alert-circle" />
        {problem ??
          (entries.length === 1
            ? 'One thing needs your attention'
            : `${entries.length} things need your attention`)}
      </p>
      {entries.length > 0 ? (
        <ul>
          {entries.map(([name, message]) => (
            <li>
              <a href={`#${fieldId(idPrefix, name)}`}>
                {fieldTitle(name)}: {message}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
