import type { VNode } from 'preact';
import { LinkButton } from './button.tsx';
import { Icon } from './icon.tsx';
import { Time } from './time.tsx';

/** Something a person has to do: one sentence, since when, one button. */
export interface NeedsItem {
  sentence: string;
  /** Left out where it has no beginning. */
  since?: string;
  href: string;
  /** "View run". */
  button: string;
  tone: 'waiting' | 'attention' | 'failed' | 'scheduled';
}

const icons = {
  waiting: 'hourglass',
  attention: 'alert-triangle',
  failed: 'circle-x',
  scheduled: 'calendar-time',
} as const;

/** What needs the viewer; says so plainly when nothing does. */
export function NeedsList(props: { items: readonly NeedsItem[]; nothing: string }): VNode {
  if (props.items.length === 0) {
    return (
      <p class="bz-needs-none">
        <Icon name="circle-check" />
        <span>
          <strong>Nothing needs you now.</strong> {props.nothing}
        </span>
      </p>
    );
  }
  return (
    <ul class="bz-needs">
      {props.items.map((item, index) => (
        <li class={`bz-${item.tone}`}>
          <div class="bz-needs-words">
            <Icon name={icons[item.tone]} />
            <span>
              {item.sentence}{' '}
              {item.since ? (
                <span class="bz-muted">
                  <Time at={item.since} />
                </span>
              ) : null}
            </span>
          </div>
          <LinkButton href={item.href} small look={index === 0 ? 'primary' : 'plain'}>
            {item.button}
          </LinkButton>
        </li>
      ))}
    </ul>
  );
}
