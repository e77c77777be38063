import { onboardingTitles } from '../../../db/domain/onboarding/steps.ts';
import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { DialogButton, SubmitButton } from '../../ui/button.tsx';
import type { ButtonLook } from '../../ui/button.tsx';
import { ReasonDialog } from '../../ui/dialog.tsx';
import { PostButton } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import type { IconName } from '../../ui/icon-names.ts';
import { TextInput } from '../../ui/inputs.tsx';
import { paths } from '../../paths.ts';

/** What can be done for a customer whose setup is stuck. */
export type HelpKind = 'remind' | 'extend' | 'retry' | 'skip' | 'complete';
export type HelpedStep = keyof typeof onboardingTitles;

interface HelpWords {
  /** On the button; "…" says that a question follows. */
  button: string;
  /** Names the thing: what is done, with which step, for whom. */
  title: (whom: string, step: string) => string;
  submit: string;
  happens: string;
  stays: string;
  icon: IconName;
  /** Set: does no harm, so it is done at one click, and this is written down as the reason. */
  oneClickReason?: string;
}

const stays = 'Everything the customer has entered stays.';

/** The same wherever help is offered: on the run page, the tenant page and in the list of stuck tenants. */
export const helpWords: Record<HelpKind, HelpWords> = {
  remind: {
    button: 'Send a reminder now',
    title: (whom) => `Send ${whom} a reminder`,
    submit: 'Send reminder',
    happens: 'The owner gets the next reminder email immediately. Nothing else changes.',
    stays,
    icon: 'send',
    oneClickReason: 'Sent by hand, because the setup is waiting for the owner',
  },
  extend: {
    button: 'Extend…',
    title: (whom) => `Extend setup for ${whom}`,
    submit: 'Extend setup',
    happens: 'The unfinished account stays open for that many more days.',
    stays,
    icon: 'calendar-time',
  },
  retry: {
    button: 'Retry…',
    title: (whom, step) => `Retry “${step}” for ${whom}`,
    submit: 'Retry step',
    happens: 'The step is retried immediately.',
    stays,
    icon: 'refresh',
  },
  skip: {
    button: 'Skip…',
    title: (whom, step) => `Skip “${step}” for ${whom}`,
    submit: 'Skip step',
    happens: 'The setup continues without this step. The customer can still complete it later.',
    stays,
    icon: 'player-skip-forward',
  },
  complete: {
    button: 'Complete…',
    title: (whom, step) => `Complete “${step}” for ${whom}`,
    submit: 'Mark as done',
    happens: 'The step counts as done, as if the customer had finished it.',
    stays,
    icon: 'check',
  },
};

/** How many days more; asked wherever a setup is extended. */
export function DaysField(): VNode {
  return <TextInput name="days" label="Days" type="number" inputMode="numeric" initial="7" width="short" />;
}

interface HelpProps {
  frame: PageContext;
  kind: HelpKind;
  tenant: { id: string; name: string };
  /** The step that is helped with; a reminder and more time are for the whole setup. */
  step?: HelpedStep;
  /** Keeps the dialogs of a page apart. */
  id: string;
}

const addressOf = ({ tenant, kind }: HelpProps) => `${paths.tenant(tenant.id)}/onboarding/${kind}`;

/** Does it at once where that is harmless, asks for the reason where it is not; `aside` is read aloud only. */
export function HelpButton(props: HelpProps & { aside?: string; look?: ButtonLook }): VNode {
  const { button, oneClickReason } = helpWords[props.kind];
  const text = (
    <>
      {button}
      {props.aside ? <span class="visually-hidden"> {props.aside}</span> : null}
    </>
  );
  if (oneClickReason === undefined) {
    return (
      <DialogButton small look={props.look} dialog={props.id}>
        {text}
      </DialogButton>
    );
  }
  return (
    <PostButton frame={props.frame} action={addressOf(props)} hidden={{ reason: oneClickReason }}>
      <SubmitButton small look={props.look}>
        {text}
      </SubmitButton>
    </PostButton>
  );
}

/** The question behind the button; nothing for what is done at one click. */
export function HelpDialog(props: HelpProps & { state?: FormState }): VNode | null {
  const said = helpWords[props.kind];
  if (said.oneClickReason !== undefined) return null;
  return (
    <ReasonDialog
      frame={props.frame}
      id={props.id}
      title={said.title(props.tenant.name, props.step ? onboardingTitles[props.step] : '')}
      happens={said.happens}
      stays={said.stays}
      action={addressOf(props)}
      hidden={{ step: props.kind === 'extend' ? undefined : props.step }}
      submit={said.submit}
      state={props.state}
    >
      {props.kind === 'extend' ? <DaysField /> : null}
    </ReasonDialog>
  );
}
