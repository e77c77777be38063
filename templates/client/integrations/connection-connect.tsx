import type { VNode } from 'preact';
import type { CredentialField } from '../../../db/domain/integrations/servers.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { backPathOf, type ConnectionPageProps, pathOf } from './connection-props.ts';

const helpOf = ({ hint, placeholder }: CredentialField) =>
  [hint, placeholder ? `Looks like ${placeholder}` : ''].filter(Boolean).join(' ') || undefined;

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

const verbs: Record<ConnectionPageProps['state'], string> = {
  available: 'Connect',
  disconnected: 'Connect',
  needsReconnect: 'Connect again',
  connected: 'Check and change',
};

/** How the service is connected: by agreeing there, with its credentials, or either. */
export function Connect(props: ConnectionPageProps): VNode {
  const { service, frame, state } = props;
  const verb = verbs[state];
  const byForm = (
    <Form frame={frame} action={backPathOf(props, 'connect')} state={props.form} idPrefix="connect">
      <Fields fields={service.fields} />
      <p class="bz-next">We ask {service.title} whether this works. Only then it is saved, sealed.</p>
      <div class="bz-actions">
        <SubmitButton look={service.byAgreement ? undefined : 'primary'}>{verb}</SubmitButton>
      </div>
    </Form>
  );
  if (!service.byAgreement) return byForm;
  return (
    <>
      <Form frame={frame} action={backPathOf(props, 'authorize')} idPrefix="agree">
        <p>
          You sign in at {service.title} and agree there. We never see your password, and you can take it back
          at any time.
        </p>
        <div class="bz-actions">
          <SubmitButton look="primary" icon="external-link">
            {verb}
          </SubmitButton>
        </div>
      </Form>
      <details class="bz-more" open={props.form !== undefined}>
        <summary>I have a token instead</summary>
        {byForm}
      </details>
    </>
  );
}

/** Asks before the connection ends. */
export function Disconnect(props: ConnectionPageProps): VNode {
  return (
    <Dialog id="disconnect" title={`Disconnect ${props.service.title}?`} open={false}>
      <Form frame={props.frame} action={`${pathOf(props)}/disconnect`} idPrefix="disconnect">
        <p>
          People, workflows and agents can no longer act in {props.service.title}. We ask it to forget our
          access and delete the credentials here. Nothing in {props.service.title} itself changes.
        </p>
        <div class="bz-actions">
          <SubmitButton look="danger">Disconnect</SubmitButton>
          <a class="btn bz-quiet" href="#main" data-close>
            Not now
          </a>
        </div>
      </Form>
    </Dialog>
  );
}
