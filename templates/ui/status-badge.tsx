import type { VNode } from 'preact';
import { Icon } from './icon.tsx';
import { statusOf } from './status.ts';
import type { StateOf, StatusKind } from './status.ts';

/** A state as icon, word and colour; `word` replaces the usual one ("Waiting for the customer"). */
export function StatusBadge<Kind extends StatusKind>(props: {
  kind: Kind;
  state: StateOf<Kind>;
  word?: string;
}): VNode {
  const look = statusOf(props.kind, props.state);
  return (
    <span class={`bz-st bz-${look.tone}`}>
      <Icon name={look.icon} />
      {props.word ?? look.word}
    </span>
  );
}
