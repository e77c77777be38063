import type { VNode } from 'preact';
import type { CredentialField } from '../../../db/domain/integrations/credential-field.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { paths } from '../../paths.ts';
import { backPathOf, type ConnectionPageProps } from './connection-props.ts';
import { connectCopy, disconnectCopy } from './copy.ts';

const helpOf = ({ hint, placeholder }: CredentialField) =>
  [hint, placeholder ? connectCopy.looksLike(placeholder) : ''].filter(Boolean).join(' ') || undefined;

function Fields(props: { fields: readonly CredentialField[] }): VNode {
  return (
    <>
      {props.fields.map((field) => (
        <TextInput
          name={field.key}
          label={field.label}
          type={field.secret ? 'password' : 'text'}
          help={helpOf(field)}
          optional={field.optional}
          autocomplete="off"
        />
      ))}
    </>
  );
}

/** How it is connected: by OAuth, with credentials, or either. */
export function Connect(props: ConnectionPageProps): VNode {
  const { server, frame, state } = props;
  const verb = connectCopy.verbs[state];
  const byForm = (
    <Form frame={frame} action={backPathOf(props, 'connect')} state={props.form} idPrefix="connect">
      <Fields fields={server.fields} />
      <p class="bz-next">{connectCopy.tested(server.title)}</p>
      <div class="bz-actions">
        <SubmitButton look={server.oauth ? undefined : 'primary'}>{verb}</SubmitButton>
      </div>
    </Form>
  );
  if (!server.oauth) return byForm;
  return (
    <>
      <Form frame={frame} action={backPathOf(props, 'authorize')} idPrefix="authorize">
        <p>{connectCopy.oauth(server.title)}</p>
        <div class="bz-actions">
          <SubmitButton look="primary" icon="external-link">
            {verb}
          </SubmitButton>
        </div>
      </Form>
      <details class="bz-more" open={props.form !== undefined}>
        <summary>{connectCopy.useToken}</summary>
        {byForm}
      </details>
    </>
  );
}

/** Asks for confirmation before the connection ends. */
export function Disconnect(props: ConnectionPageProps): VNode {
  return (
    <Dialog id="disconnect" title={disconnectCopy.title(props.server.title)} open={false}>
      <Form
        frame={props.frame}
        action={paths.integrationAction(props.server.name, 'disconnect')}
        idPrefix="disconnect"
      >
        <p>{disconnectCopy.text(props.server.title)}</p>
        <div class="bz-actions">
          <SubmitButton look="danger">{disconnectCopy.submit}</SubmitButton>
          <a class="btn bz-quiet" href="#main" data-close>
            {disconnectCopy.cancel}
          </a>
        </div>
      </Form>
    </Dialog>
  );
}
