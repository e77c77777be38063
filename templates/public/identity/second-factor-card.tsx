import type { VNode } from 'preact';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { DialogButton, LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { securityCenterCopy } from './copy.ts';

const copy = securityCenterCopy.factor;

function Confirm(props: {
  frame: PageContext;
  id: string;
  title: string;
  text: string;
  action: string;
  danger?: boolean;
}): VNode {
  const { frame, id, title, text, action } = props;
  return (
    <Dialog id={id} title={title}>
      <Form frame={frame} action={action} idPrefix={id}>
        <p>{text}</p>
        <div class="bz-actions">
          <SubmitButton look={props.danger ? 'danger' : 'primary'}>
            {props.danger ? copy.remove : copy.replace}
          </SubmitButton>
          <a class="btn bz-quiet" href="#main" data-close>
            Cancel
          </a>
        </div>
      </Form>
    </Dialog>
  );
}

/** Whether signing in takes a second factor, and what can be changed about it. */
export function SecondFactorCard(props: { frame: PageContext; isOn: boolean; codesLeft: number }): VNode {
  const { frame, isOn } = props;
  const state = (
    <span class={isOn ? 'bz-st bz-done' : 'bz-st bz-attention'}>
      <Icon name={isOn ? 'circle-check' : 'alert-triangle'} />
      {isOn ? copy.on : copy.off}
    </span>
  );
  if (!isOn) {
    return (
      <Card
        title={copy.title}
        note={copy.offText}
        action={
          <LinkButton href={paths.secondFactor} look="primary">
            {copy.add}
          </LinkButton>
        }
      >
        <p>{state}</p>
      </Card>
    );
  }
  return (
    <Card title={copy.title} note={copy.onText}>
      <p>{state}</p>
      <p>{copy.codes(props.codesLeft)}</p>
      <div class="bz-actions">
        <DialogButton dialog="replace-codes">{copy.replace}</DialogButton>
        <DialogButton dialog="remove-factor" look="danger">
          {copy.remove}
        </DialogButton>
      </div>
      <Confirm
        frame={frame}
        id="replace-codes"
        title={copy.replace}
        text={copy.replaceText}
        action={paths.backupCodes}
      />
      <Confirm
        frame={frame}
        id="remove-factor"
        title={copy.removeTitle}
        text={copy.removeText}
        action={paths.removeSecondFactor}
        danger
      />
    </Card>
  );
}
