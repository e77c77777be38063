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
import { daysLabel, type HelpKind, helpWords } from './copy.ts';

export type HelpedStep = keyof typeof onboardingTitles;

export const helpIcons: Record<HelpKind, IconName> = {
  remind: 'send',
  extend: 'calendar-time',
  retry: 'refresh',
  skip: 'player-skip-forward',
  complete: 'check',
};

/** How many days more; asked wherever a setup is extended. */
export function DaysField(): VNode {
  return (
    <TextInput name="days" label={daysLabel} type="number" inputMode="numeric" initial="7" width="short" />
  );
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
