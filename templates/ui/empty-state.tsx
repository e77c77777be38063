import type { ComponentChildren, VNode } from 'preact';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-names.ts';

/** Nothing here yet: says what belongs here and offers what makes the first one. */
export function EmptyState(props: {
  icon?: IconName;
  title: string;
  text?: ComponentChildren;
  action?: ComponentChildren;
}): VNode {
  return (
    <div class="bz-empty">
      <Icon name={props.icon ?? 'circle-dashed'} />
      <p class="bz-empty-title">{props.title}</p>
      {props.text ? <p class="bz-muted">{props.text}</p> : null}
      {props.action ? <div class="bz-actions bz-centre">{props.action}</div> : null}
    </div>
  );
}

/** Something exists, but not with these filters. */
export function NoMatch(props: { clearHref: string; what: string }): VNode {
  return (
    <EmptyState
      icon="search"
      title={`No ${props.what} match these filters`}
      text="Try fewer filters or a different search."
      action={
        <a class="btn" href={props.clearHref}>
          Clear filters
        </a>
      }
    />
  );
}
