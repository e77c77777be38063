import { countText } from '../../../ui/format.ts';
import type { EffectCount } from './reset-types.ts';

const effects: Record<EffectCount['kind'], readonly [one: string, many: string]> = {
  email: ['email', 'emails'],
  payment: ['payment or refund', 'payments or refunds'],
  vendor: ['call to a vendor', 'calls to a vendor'],
};

/** Resetting a run to a step. */
export const resetCopy = {
  title: 'Reset to a step',
  purpose:
    'Go back to the start of a step. A new run continues from there, with everything before it as it was.',
  hint: 'Run it again from one of its steps.',
  chosen: 'shown below',
  caption: 'Steps this run has begun',
  cannot: 'This run can’t be reset',
  noSteps: 'It hasn’t begun a step yet.',
  superseded: 'A later run of the same exists. Reset that one instead.',
  historyGone: 'Its history isn’t kept any more.',
  previewTitle: (step: string) => `What happens when you reset to “${step}”`,
  again: 'Runs again',
  kept: 'Stays as it is',
  messages: 'Sent again',
  message: (title: string, count: number) => (count === 1 ? title : `${title} (${count} times)`),
  none: 'Nothing',
  twice: 'These happen a second time:',
  nothingTwice: 'Nothing outside the platform happens a second time.',
  protected: 'These were done already. Their keys keep them from happening a second time:',
  effect: (kind: EffectCount['kind'], count: number) => countText(count, ...effects[kind]),
  undeclared: (title: string) => `“${title}”, if it acts outside the platform`,
  children: (count: number) =>
    count === 1
      ? 'The run it started stays as it is. The new run starts its own.'
      : `The ${count} runs it started stay as they are. The new run starts its own.`,
  parent: 'Another run started this one. It isn’t reset, and waits for the new run if it is still open.',
  open: 'This run is stopped without undoing anything, and the new run takes its place.',
  ended: 'This run has ended and stays as it is. What was undone when it ended stays undone.',
  submit: (step: string) => `Reset to “${step}”`,
  back: 'Keep as it is',
  done: (step: string) => `The run was reset to “${step}”. This is the new run.`,
} as const;
