import type { ComponentChildren, VNode } from 'preact';
import { childrenOf, type Step } from '../../../db/domain/runs/templates/definition.ts';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-names.ts';
import { templatesCopy } from './copy.ts';
import { stepWords } from './words.ts';

const copy = templatesCopy.steps;

export const kindIcons: Record<Step['kind'], IconName> = {
  mail: 'mail',
  wait: 'hourglass',
  approval: 'shield-check',
  tool: 'plug-connected',
  http: 'external-link',
  record: 'clipboard-list',
  set: 'list-details',
  condition: 'route',
  parallel: 'chart-dots',
  loop: 'refresh',
  template: 'copy',
};

/** What a list of steps inside a step is called. */
export function placeTitle(step: Step, place: string): string {
  if (place === 'then') return copy.yes;
  if (place === 'else') return copy.no;
  if (step.kind === 'loop') return copy.inside;
  return copy.branch(Number(place.split('.')[1]) + 1);
}

/** The steps of a template as a list in words, those inside others below them. */
export function StepOutline(props: {
  steps: readonly Step[];
  label?: string;
  /** Beside a step. */
  aside?: (step: Step) => ComponentChildren;
}): VNode {
  const { steps, aside } = props;
  if (steps.length === 0) return <p class="bz-muted">{copy.empty}</p>;
  return (
    <ol class="bz-outline" aria-label={props.label}>
      {steps.map((step) => (
        <li>
          <div class="bz-outline-row">
            <Icon name={kindIcons[step.kind]} />
            <div class="bz-outline-words">
              <strong>{step.title}</strong>
              <span class="bz-muted">
                {stepWords(step)}
                {'optional' in step && step.optional ? `. ${copy.optional}` : ''}
              </span>
            </div>
            {aside?.(step)}
          </div>
          {childrenOf(step).map(({ place, steps: inside }) => (
            <div class="bz-outline-inside">
              <p class="bz-outline-place">{placeTitle(step, place)}</p>
              <StepOutline steps={inside} label={`${step.title}: ${placeTitle(step, place)}`} aside={aside} />
            </div>
          ))}
        </li>
      ))}
    </ol>
  );
}
