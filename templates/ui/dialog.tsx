import type { ComponentChildren, VNode } from 'preact';
import type { PageContext } from '../page-context.ts';
import { SubmitButton } from './button.tsx';
import { Form } from './form.tsx';
import type { FormState } from './form-state.tsx';
import { Icon } from './icon.tsx';
import { ReasonInput } from './inputs.tsx';

/** A native dialog. Scripts open it as a modal; without them a link to its id shows it. */
export function Dialog(props: {
  id: string;
  title: string;
  /** Shown at once, such as after a refused form. */
  open?: boolean;
  children: ComponentChildren;
}): VNode {
  return (
    <dialog
      id={props.id}
      class="bz-dialog"
      aria-labelledby={`${props.id}-title`}
      open={props.open}
      data-open={props.open ? '' : undefined}
    >
      <div class="bz-dialog-head">
        <h2 id={`${props.id}-title`}>{props.title}</h2>
        <a class="bz-icon-button" href="#main" data-close aria-label="Close">
          <Icon name="x" />
        </a>
      </div>
      {props.children}
    </dialog>
  );
}

export interface ReasonDialogProps {
  frame: PageContext;
  id: string;
  /** Names the thing: "Skip “Website” for Rivera Bakery". */
  title: string;
  /** What happens. */
  happens: ComponentChildren;
  /** What stays as it is. */
  stays?: ComponentChildren;
  action: string;
  hidden?: Readonly<Record<string, string | undefined>>;
  submit: string;
  danger?: boolean;
  /** Given after a refused try: opens the dialog again with what was typed. */
  state?: FormState;
  children?: ComponentChildren;
}

/** Asks for the reason of an audited act and says what it does. */
export function ReasonDialog(props: ReasonDialogProps): VNode {
  return (
    <Dialog id={props.id} title={props.title} open={props.state !== undefined}>
      <Form
        frame={props.frame}
        action={props.action}
        hidden={props.hidden}
        idPrefix={props.id}
        state={props.state}
      >
        <p>{props.happens}</p>
        {props.stays ? <p class="bz-muted">{props.stays}</p> : null}
        {props.children}
        <ReasonInput />
        <div class="bz-actions">
          <SubmitButton look={props.danger ? 'danger' : 'primary'}>{props.submit}</SubmitButton>
          <a class="btn bz-quiet" href="#main" data-close>
            Keep as it is
          </a>
        </div>
      </Form>
    </Dialog>
  );
}
