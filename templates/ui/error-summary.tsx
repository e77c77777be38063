import type { VNode } from 'preact';
import { Icon } from './icon.tsx';
import { fieldId } from './form-state.tsx';
import type { FormContextValue } from './form-state.tsx';

/** The field that shows a value: that of "tags.0" is "tags". */
function fieldOf(labels: ReadonlyMap<string, string | null>, name: string): string | undefined {
  if (labels.has(name)) return name;
  const parent = name.lastIndexOf('.');
  return parent === -1 ? undefined : fieldOf(labels, name.slice(0, parent));
}

/** A message with the label of its field and a link to it; there is neither where the page doesn't show the field. */
function Line(props: {
  labels: ReadonlyMap<string, string | null>;
  idPrefix: string;
  name: string;
  message: string;
}): VNode {
  const field = fieldOf(props.labels, props.name);
  if (field === undefined) return <li>{props.message}</li>;
  const label = props.labels.get(field);
  return (
    <li>
      <a href={`#${fieldId(props.idPrefix, field)}`}>
        {label ? `${label}: ${props.message}` : props.message}
      </a>
    </li>
  );
}

/** What is wrong, at the top of the form, each line a link to its field; takes the focus on load. */
export function ErrorSummary(props: {
  state: FormContextValue;
  labels: ReadonlyMap<string, string | null>;
}): VNode | null {
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
            <Line labels={props.labels} idPrefix={idPrefix} name={name} message={message} />
          ))}
        </ul>
      ) : null}
    </div>
  );
}
