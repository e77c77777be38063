import type { ComponentChildren, VNode } from 'preact';
import { onboardingSteps, onboardingTitles } from '../../../db/domain/onboarding/steps.ts';
import type { OnboardingStep, SubmittableStep } from '../../../db/domain/onboarding/steps.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { SubmitButton } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-names.ts';
import { Notice } from '../../ui/notice.tsx';
import { paths } from '../../paths.ts';
import { setupCopy } from './copy.ts';
import { wizardCopy as copy } from './copy.ts';

/**
 * `changed`: done before, but something it rests on was changed since. `coming`: answered, and what was chosen isn't
 * built yet.
 */
export type SetupStepState = 'done' | 'coming' | 'open' | 'later' | 'skipped' | 'changed';

export interface SetupStepItem {
  step: OnboardingStep;
  state: SetupStepState;
}

/** Props of every setup page. */
export interface SetupPageProps {
  frame: PageContext;
  /** All steps in order. */
  steps: readonly SetupStepItem[];
  /** Saved choices or what was just typed, in `values`; what is wrong in `errors`. */
  form?: FormState;
}

const looks: Record<SetupStepState, { icon: IconName; word: string; tone: string }> = {
  done: { icon: 'circle-check', word: copy.words.done, tone: 'done' },
  coming: { icon: 'clock', word: setupCopy.coming, tone: 'idle' },
  open: { icon: 'circle-dot', word: copy.words.open, tone: 'running' },
  later: { icon: 'circle', word: copy.words.later, tone: 'idle' },
  skipped: { icon: 'player-skip-forward', word: copy.words.skipped, tone: 'idle' },
  changed: { icon: 'alert-triangle', word: copy.words.changed, tone: 'attention' },
};

/** The steps, each a link as soon as it can be opened. */
export function SetupProgress(props: { steps: readonly SetupStepItem[]; current?: OnboardingStep }): VNode {
  return (
    <ol class="bz-steps" aria-label={copy.steps}>
      {props.steps.map((item) => {
        const look = looks[item.state];
        const current = item.step === props.current;
        const linked = !current && item.step !== 'account' && item.state !== 'later';
        const title = onboardingTitles[item.step];
        return (
          <li class={`bz-step bz-${look.tone}`} aria-current={current ? 'step' : undefined}>
            <Icon name={look.icon} />
            <span class="bz-step-words">
              <span class="bz-step-title">
                {linked ? <a href={paths.setupStep(item.step)}>{title}</a> : title}
              </span>
              <span class="bz-step-state">{current ? copy.current : look.word}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** One question group of the setup: progress at the left, the question, what happens next. */
export function SetupShell(
  props: SetupPageProps & {
    step: SubmittableStep;
    title: string;
    purpose: ComponentChildren;
    /** What follows from this step, and what does not yet. */
    next?: ComponentChildren;
    submit?: string;
    /** Below the buttons: what else this form can be sent for. Enter presses the first button, which is above. */
    after?: ComponentChildren;
    children: ComponentChildren;
  },
): VNode {
  const { frame, step, steps } = props;
  const number = onboardingSteps.indexOf(step) + 1;
  const changed = steps.find((item) => item.step === step)?.state === 'changed';
  return (
    <Shell frame={frame} title={copy.title(onboardingTitles[step])}>
      <div class="bz-setup">
        <nav class="bz-setup-side" aria-label={copy.nav}>
          <SetupProgress steps={steps} current={step} />
        </nav>
        <div class="bz-setup-main">
          <p class="bz-eyebrow">{copy.place(number, onboardingSteps.length, onboardingTitles[step])}</p>
          <h1>{props.title}</h1>
          <p class="bz-purpose">{props.purpose}</p>
          {changed ? (
            <Notice tone="attention" icon="alert-triangle">
              {copy.changed}
            </Notice>
          ) : null}
          <Form frame={frame} action={paths.setupStep(step)} state={props.form} class="bz-panel">
            {props.children}
            {props.next ? <div class="bz-next">{props.next}</div> : null}
            <div class="bz-actions">
              <SubmitButton look="primary">{props.submit ?? copy.submit}</SubmitButton>
              <a class="btn bz-quiet" href="/app">
                {copy.later}
              </a>
            </div>
            {props.after}
          </Form>
        </div>
      </div>
    </Shell>
  );
}
