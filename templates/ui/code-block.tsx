import type { VNode } from 'preact';
import { Icon } from './icon.tsx';

/** Text for machines, copyable. The button shows only where scripts run. */
export function CodeBlock(props: { label: string; text: string }): VNode {
  return (
    <figure class="bz-code">
      <figcaption>
        {props.label}
        <button type="button" class="btn btn-sm bz-quiet" data-copy hidden>
          <Icon name="copy" />
          Copy
        </button>
      </figcaption>
      <pre tabIndex={0} role="group" aria-label={props.label}>
        <code>{props.text}</code>
      </pre>
    </figure>
  );
}

/** An id: short on the page, whole when copied. */
export function CopyId(props: { id: string; label: string }): VNode {
  return (
    <span class="bz-id">
      <code>{props.id}</code>
      <button
        type="button"
        class="bz-icon-button"
        data-copy={props.id}
        aria-label={`Copy ${props.label}`}
        hidden
      >
        <Icon name="copy" />
      </button>
    </span>
  );
}
