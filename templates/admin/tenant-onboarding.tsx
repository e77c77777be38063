import type { VNode } from 'preact';
import type { OnboardingStep } from '../../db/domain/onboarding-steps.ts';
import type { StepState } from '../../db/domain/progress.ts';
import type { Frame } from '../layout/frame.ts';
import { DialogButton, SubmitButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ReasonDialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PostButton } from '../ui/form.tsx';
import type { FormState } from '../ui/form-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { TextInput } from '../ui/inputs.tsx';
import { paths } from '../ui/paths.ts';
import { setupTitles } from '../ui/setup-words.ts';
import { statusOf } from '../ui/status.ts';
import { Moment, Time } from '../ui/time.tsx';

export type OnboardingActionKind = 'extend' | 'retry' | 'skip' | 'complete';

export interface TenantOnboardingStep {
  step: OnboardingStep;
  state: StepState;
  since: string | null;
  /** Why it waits or failed, in one sentence. */
  sentence?: string;
  attempts: number;
  /** What the viewer may do with this step now. */
  actions: readonly Exclude<OnboardingActionKind, 'extend'>[];
}

export interface TenantOnboarding {
  steps: readonly TenantOnboardingStep[];
  /** Id of the run behind it; its page shows the rest. */
  runId: string | null;
  /** When the account is closed if nothing happens; null once live. */
  closesAt: string | null;
  mayExtend: boolean;
  /** While the customer is waited for: a reminder can go out at once. */
  mayRemind?: boolean;
  /** After a refused action: opens its dialog again. */
  refused?: { kind: OnboardingActionKind; step?: OnboardingStep; state: FormState };
}

const words = {
  retry: { button: 'Retry', title: 'Try', submit: 'Try again', happens: 'The step is tried again at once.' },
  skip: {
    button: 'Skip…',
    title: 'Skip',
    submit: 'Skip the step',
    happens: 'The set-up goes on without this step. The customer can still do it later.',
  },
  complete: {
    button: 'Complete…',
    title: 'Complete',
    submit: 'Mark as done',
    happens: 'The step counts as done, as if the customer had finished it.',
  },
} as const;

const idOf = (kind: OnboardingActionKind, step?: string) => (step ? `do-${kind}-${step}` : `do-${kind}`);

interface PanelProps {
  frame: Frame;
  tenant: { id: string; name: string };
  onboarding: TenantOnboarding;
}

function StepRow(props: { step: TenantOnboardingStep; number: number }): VNode {
  const { step, number } = props;
  const look = statusOf('step', step.state);
  return (
    <li class={`bz-step bz-${look.tone}`}>
      <Icon name={look.icon} />
      <span class="bz-step-words">
        <span class="bz-step-title">
          {number}. {setupTitles[step.step]}
        </span>
        <span class="bz-step-state">
          {look.word}
          {step.attempts > 1 ? ` · tried ${step.attempts} times` : ''}
          {step.since && step.state !== 'upcoming' ? (
            <>
              {' · '}
              <Time at={step.since} />
            </>
          ) : null}
        </span>
        {step.sentence ? <span class="bz-step-sentence">{step.sentence}</span> : null}
      </span>
      {step.actions.length > 0 ? (
        <span class="bz-step-actions">
          {step.actions.map((kind) => (
            <DialogButton small dialog={idOf(kind, step.step)}>
              {words[kind].button}
              <span class="visually-hidden"> {setupTitles[step.step]}</span>
            </DialogButton>
          ))}
        </span>
      ) : null}
    </li>
  );
}

function Dialogs(props: PanelProps): VNode {
  const { frame, onboarding, tenant } = props;
  const { refused } = onboarding;
  const address = (kind: OnboardingActionKind) => `${paths.tenant(tenant.id)}/onboarding/${kind}`;
  const stateOf = (kind: OnboardingActionKind, step?: OnboardingStep) =>
    refused?.kind === kind && refused.step === step ? refused.state : undefined;
  return (
    <>
      {onboarding.steps.flatMap((step) =>
        step.actions.map((kind) => (
          <ReasonDialog
            frame={frame}
            id={idOf(kind, step.step)}
            title={`${words[kind].title} “${setupTitles[step.step]}” ${kind === 'retry' ? 'again ' : ''}for ${tenant.name}`}
            happens={words[kind].happens}
            stays="Everything the customer has entered stays."
            action={address(kind)}
            hidden={{ step: step.step }}
            submit={words[kind].submit}
            state={stateOf(kind, step.step)}
          />
        )),
      )}
      {onboarding.mayExtend ? (
        <ReasonDialog
          frame={frame}
          id={idOf('extend')}
          title={`Give ${tenant.name} more time`}
          happens="The account stays open longer and the reminders begin again."
          stays="Everything the customer has entered stays."
          action={address('extend')}
          submit="Extend"
          state={stateOf('extend')}
        >
          <TextInput name="days" label="Days" type="number" inputMode="numeric" initial="7" width="short" />
        </ReasonDialog>
      ) : null}
    </>
  );
}

/** The set-up step by step, why it waits, and what can safely be done. */
export function TenantOnboardingPanel(props: PanelProps): VNode {
  const { onboarding } = props;
  if (onboarding.steps.length === 0) {
    return (
      <EmptyState icon="list-check" title="No set-up to show" text="This tenant was created without one." />
    );
  }
  return (
    <>
      <Card
        title="Set-up"
        flush
        note={
          onboarding.closesAt ? (
            <>
              The account closes <Moment at={onboarding.closesAt} /> if nothing happens until then.
            </>
          ) : undefined
        }
        action={
          <>
            {onboarding.mayRemind ? (
              <PostButton frame={props.frame} action={`${paths.tenant(props.tenant.id)}/onboarding/remind`}>
                <SubmitButton small>Send a reminder now</SubmitButton>
              </PostButton>
            ) : null}
            {onboarding.mayExtend ? (
              <DialogButton small dialog={idOf('extend')}>
                Extend…
              </DialogButton>
            ) : null}
            {onboarding.runId ? <a href={paths.run(onboarding.runId)}>Open the run</a> : null}
          </>
        }
      >
        <ol class="bz-steps bz-steps-roomy" aria-label="Steps of the set-up">
          {onboarding.steps.map((step, index) => (
            <StepRow step={step} number={index + 1} />
          ))}
        </ol>
      </Card>
      <Dialogs {...props} />
    </>
  );
}
