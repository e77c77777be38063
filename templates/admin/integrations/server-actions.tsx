import type { VNode } from 'preact';
import { countText } from '../../ui/format.ts';
import { DialogButton, LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Dialog, ReasonDialog } from '../../ui/dialog.tsx';
import { Form, PostButton } from '../../ui/form.tsx';
import { Select } from '../../ui/inputs.tsx';
import { serverPath } from './servers.tsx';
import { ChangeSource } from './review.tsx';
import type { ServerPageProps } from './server.tsx';

const refusedState = ({ refused }: ServerPageProps, act: string) =>
  refused?.act === act ? { state: refused.state } : {};

function Switch(props: ServerPageProps): VNode | null {
  const { server, frame } = props;
  if (server.status !== 'available' && server.status !== 'disabled') return null;
  const on = server.status === 'available';
  const act = on ? 'disable' : 'enable';
  const tenants = countText(server.adoption.connected, 'tenant', 'tenants');
  return (
    <>
      <DialogButton dialog={act}>{on ? 'Disable…' : 'Enable…'}</DialogButton>
      <ReasonDialog
        frame={frame}
        id={act}
        title={`${on ? 'Disable' : 'Enable'} ${server.title}`}
        happens={
          on
            ? `Nobody can use it from now on: ${tenants} lose its tools until you enable it again.`
            : `Its tools work again for ${tenants}, and others can connect it.`
        }
        stays="Connections, credentials and who may use what stay as they are."
        action={`${serverPath(server.name)}/${act}`}
        submit={on ? 'Disable for everybody' : 'Enable'}
        danger={on}
        {...refusedState(props, act)}
      />
    </>
  );
}

function Move(props: ServerPageProps): VNode {
  const { server, frame, categories } = props;
  const { state } = refusedState(props, 'category');
  return (
    <>
      <DialogButton dialog="category" look="quiet">
        Move…
      </DialogButton>
      <Dialog id="category" title={`Move ${server.title}`} open={state !== undefined}>
        <Form
          frame={frame}
          action={`${serverPath(server.name)}/category`}
          idPrefix="category"
          {...(state && { state })}
        >
          <Select
            name="category"
            label="Category"
            help="Where tenants find this service."
            initial={server.category}
            options={categories.map(({ key, title }) => ({ value: key, label: title }))}
          />
          <div class="bz-actions">
            <SubmitButton look="primary">Move</SubmitButton>
          </div>
        </Form>
      </Dialog>
    </>
  );
}

function Edit(props: ServerPageProps): VNode | null {
  const { kind, name } = props.server;
  if (kind === 'own') return <Move {...props} />;
  return (
    <LinkButton href={`${serverPath(name)}/describe`} look="quiet">
      Edit…
    </LinkButton>
  );
}

function Remove(props: ServerPageProps): VNode | null {
  const { server, frame } = props;
  if (server.kind === 'own' || props.registering) return null;
  const users = server.adoption.connected + server.adoption.needsReconnect;
  return (
    <>
      <DialogButton dialog="remove" look="quiet">
        Remove…
      </DialogButton>
      <ReasonDialog
        frame={frame}
        id="remove"
        title={`Remove ${server.title}`}
        happens={
          users > 0
            ? `${countText(users, 'tenant is', 'tenants are')} connected, so it cannot be removed yet: announce its end first.`
            : 'It leaves the registry, and its tools with it.'
        }
        stays="Its past calls and events stay in the records."
        action={`${serverPath(server.name)}/remove`}
        submit="Remove"
        danger
        {...refusedState(props, 'remove')}
      />
    </>
  );
}

function End(props: ServerPageProps): VNode | null {
  const { server, frame } = props;
  if (server.status === 'review') return null;
  if (server.status === 'available' || server.status === 'disabled') {
    return (
      <LinkButton href={`${serverPath(server.name)}/end`} look="quiet">
        Announce its end…
      </LinkButton>
    );
  }
  return (
    <>
      <DialogButton dialog="call-off">Call its end off…</DialogButton>
      <ReasonDialog
        frame={frame}
        id="call-off"
        title={`Keep ${server.title}`}
        happens="It goes on as before, and tenants can connect it again. No further mails go out."
        stays="Mails that were sent are not taken back: tell whoever has to know."
        action={`${serverPath(server.name)}/call-off`}
        submit="Call the end off"
        {...refusedState(props, 'call-off')}
      />
    </>
  );
}

/** What an administrator can do to a service. */
export function ServerActions(props: ServerPageProps): VNode {
  const { server, frame } = props;
  const act = server.featured ? 'unfeature' : 'feature';
  return (
    <>
      <Edit {...props} />
      {server.status === 'available' ? (
        <PostButton frame={frame} action={`${serverPath(server.name)}/${act}`}>
          <SubmitButton look="quiet">{server.featured ? 'Stop featuring' : 'Feature'}</SubmitButton>
        </PostButton>
      ) : null}
      <ChangeSource {...props} />
      <Remove {...props} />
      <End {...props} />
      <Switch {...props} />
    </>
  );
}
