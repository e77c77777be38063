import type { ComponentChildren, VNode } from 'preact';
import { Icon } from './icon.tsx';
import { type StateOf, statusOf } from './status.ts';

export interface StepItem {
  title: string;
  state: StateOf<'step'>;
  /** It follows the steps that are counted. */
  unnumbered?: boolean;
  /** Replaces the usual word of the state. */
  word?: ComponentChildren;
  /** At the right: since when, how long. */
  aside?: ComponentChildren;
  href?: string;
  current?: boolean;
}

/** Steps in order, each with its state as icon and word. */
export function StepList(props: { steps: readonly StepItem[]; label: string }): VNode {
  return (
    <ol class="bz-steps" aria-label={props.label}>
      {props.steps.map((step, index) => {
        const look = statusOf('step', step.state);
        return (
          <li class={`bz-step bz-${look.tone}`} aria-current={step.current ? 'step' : undefined}>
            <Icon name={look.icon} />
            <span class="bz-step-words">
              <span class="bz-step-title">
                {step.unnumbered ? null : `${index + 1}. `}
                {step.href ? <a href={step.href}>{step.title}</a> : step.title}
              </span>
              <span class="bz-step-state">{step.word ?? look.word}</span>
            </span>
            {step.aside ? <span class="bz-step-aside">{step.aside}</span> : null}
          </li>
        );
      })}
    </ol>
  );
}
