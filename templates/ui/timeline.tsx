import type { ComponentChildren, VNode } from 'preact';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-names.ts';
import type { Tone } from './status.ts';
import { Time } from './time.tsx';

export interface TimelineItem {
  at: string;
  /** Replaces how long ago it was. */
  when?: ComponentChildren;
  title: ComponentChildren;
  text?: ComponentChildren;
  icon?: IconName;
  tone?: Tone;
}

/** What happened, newest first. */
export function Timeline(props: { items: readonly TimelineItem[]; label: string }): VNode {
  return (
    <ol class="bz-timeline" aria-label={props.label}>
      {props.items.map((item) => (
        <li class={`bz-${item.tone ?? 'idle'}`}>
          <Icon name={item.icon ?? 'circle-dot'} />
          <div>
            <div class="bz-timeline-title">{item.title}</div>
            {item.text ? <div class="bz-muted">{item.text}</div> : null}
          </div>
          {item.when ?? <Time at={item.at} />}
        </li>
      ))}
    </ol>
  );
}
