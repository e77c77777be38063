import { onboardingTitles } from '../../../db/domain/onboarding/steps.ts';
import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { paths } from '../../paths.ts';
import { type StateOf, statusOf } from '../../ui/status.ts';
import { Moment, Time } from '../../ui/time.tsx';
import { type HelpKind, panelCopy } from './copy.ts';
import { HelpButton, HelpDialog } from './help.tsx';
import type { HelpedStep } from './help.tsx';

export interface TenantOnboardingStep {
  step: HelpedStep;
  state: StateOf<'step'>;
  /** Replaces the word of the state. */
  word?: string;
  since: string | null;
  /** Why it waits or failed, in one sentence. */
  sentence?: string;
  attempts: number;
  /** What the viewer may do with this step now. */
  actions: readonly Exclude<HelpKind, 'extend' | 'remind'>[];
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
  refused?: { kind: HelpKind; step?: HelpedStep; state: FormState };
}

const idOf = (kind: HelpKind, step?: string) => (step ? `do-${kind}-${step}` : `do-${kind}`);

interface PanelProps {
  frame: PageContext;
  tenant: { id: string; name: string };
  onboarding: TenantOnboarding;
}

function StepRow(props: PanelProps & { step: TenantOnboardingStep; number: number }): VNode {
  const { frame, step, number, tenant } = props;
  const look = statusOf('step', step.state);
  return (
    <li class={`bz-step bz-${look.tone}`}>
      <Icon name={look.icon} />
      <span class="bz-step-words">
        <span class="bz-step-title">
          {step.step === 'live' ? null : `${number}. `}
          {onboardingTitles[step.step]}
        </span>
        <span class="bz-step-state">
          {step.word ?? look.word}
          {step.attempts > 1 ? ` · ${panelCopy.attempts(step.attempts)}` : ''}
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
            <HelpButton
              frame={frame}
              kind={kind}
              tenant={tenant}
              step={step.step}
              id={idOf(kind, step.step)}
              aside={onboardingTitles[step.step]}
            />
          ))}
        </span>
      ) : null}
    </li>
  );
}

function Dialogs(props: PanelProps): VNode {
  const { frame, onboarding, tenant } = props;
  const { refused } = onboarding;
  const stateOf = (kind: HelpKind, step?: HelpedStep) =>
    refused?.kind === kind && refused.step === step ? refused.state : undefined;
  return (
    <>
      {onboarding.steps.flatMap(({ actions, step }) =>
        actions.map((kind) => (
          <HelpDialog
            frame={frame}
            kind={kind}
            tenant={tenant}
            step={step}
            id={idOf(kind, step)}
            state={stateOf(kind, step)}
          />
        )),
      )}
      {onboarding.mayExtend ? (
        <HelpDialog
          frame={frame}
          kind="extend"
          tenant={tenant}
          id={idOf('extend')}
          state={stateOf('extend')}
        />
      ) : null}
    </>
  );
}

/** The setup step by step, why it waits, and what can safely be done. */
export function TenantOnboardingPanel(props: PanelProps): VNode {
  const { onboarding } = props;
  if (onboarding.steps.length === 0) {
    return <EmptyState icon="list-check" title={panelCopy.noneTitle} text={panelCopy.noneText} />;
  }
  return (
    <>
      <Card
        title={panelCopy.title}
        flush
        note={
          onboarding.closesAt ? (
            <>
              {panelCopy.closes.before} <Moment at={onboarding.closesAt} /> {panelCopy.closes.after}
            </>
          ) : undefined
        }
        action={
          <>
            {onboarding.mayRemind ? (
              <HelpButton frame={props.frame} kind="remind" tenant={props.tenant} id={idOf('remind')} />
            ) : null}
            {onboarding.mayExtend ? (
              <HelpButton frame={props.frame} kind="extend" tenant={props.tenant} id={idOf('extend')} />
            ) : null}
            {onboarding.runId ? <a href={paths.run(onboarding.runId)}>{panelCopy.viewRun}</a> : null}
          </>
        }
      >
        <ol class="bz-steps bz-steps-roomy" aria-label={panelCopy.steps}>
          {onboarding.steps.map((step, index) => (
            <StepRow {...props} step={step} number={index + 1} />
          ))}
        </ol>
      </Card>
      <Dialogs {...props} />
    </>
  );
}
