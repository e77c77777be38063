import type { ComponentChildren, VNode } from 'preact';

/** A titled part of a page. `flush` lets a list or table reach its edges. */
export function Card(props: {
  title?: string;
  /** Before the title, decorative. */
  logo?: ComponentChildren;
  note?: ComponentChildren;
  action?: ComponentChildren;
  flush?: boolean;
  class?: string;
  id?: string;
  children: ComponentChildren;
}): VNode {
  return (
    <section
      class={`bz-card${props.flush ? ' bz-flush' : ''}${props.class ? ` ${props.class}` : ''}`}
      id={props.id}
    >
      {props.title ? (
        <div class={props.logo ? 'bz-card-head bz-card-head-logo' : 'bz-card-head'}>
          {props.logo}
          <div>
            <h2>{props.title}</h2>
            {props.note ? <p class="bz-muted">{props.note}</p> : null}
          </div>
          {props.action ? <div class="bz-card-action">{props.action}</div> : null}
        </div>
      ) : null}
      <div class="bz-card-body">{props.children}</div>
    </section>
  );
}
