import type { VNode } from 'preact';
import { DialogButton, LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Dialog, ReasonDialog } from '../../ui/dialog.tsx';
import { Form, PostButton } from '../../ui/form.tsx';
import { Select } from '../../ui/inputs.tsx';
import { paths } from '../../paths.ts';
import { actionsCopy } from './copy/server.ts';
import { rejectedState, type ServerPageProps } from './server-props.ts';

function Switch(props: ServerPageProps): VNode | null {
  const { server, frame } = props;
  if (server.status !== 'available' && server.status !== 'disabled') return null;
  const on = server.status === 'available';
  const action = on ? 'disable' : 'enable';
  const copy = actionsCopy[action];
  return (
    <>
      <DialogButton dialog={action}>{copy.open}</DialogButton>
      <ReasonDialog
        frame={frame}
        id={action}
        title={copy.title(server.title)}
        happens={copy.happens(server.adoption.connected)}
        stays={actionsCopy.switchStays}
        action={paths.serverAction(server.name, action)}
        submit={copy.submit}
        danger={on}
        {...rejectedState(props, action)}
      />
    </>
  );
}

function Move(props: ServerPageProps): VNode {
  const { server, frame, categories } = props;
  const { state } = rejectedState(props, 'category');
  return (
    <>
      <DialogButton dialog="category" look="quiet">
        {actionsCopy.move.open}
      </DialogButton>
      <Dialog id="category" title={actionsCopy.move.title(server.title)} open={state !== undefined}>
        <Form
          frame={frame}
          action={paths.serverAction(server.name, 'category')}
          idPrefix="category"
          {...(state && { state })}
        >
          <Select
            name="category"
            label="Category"
            help={actionsCopy.move.help}
            initial={server.category}
            options={categories.map(({ key, title }) => ({ value: key, label: title }))}
          />
          <div class="bz-actions">
            <SubmitButton look="primary">{actionsCopy.move.submit}</SubmitButton>
          </div>
        </Form>
      </Dialog>
    </>
  );
}

function Edit(props: ServerPageProps): VNode | null {
  const { kind, name } = props.server;
  if (kind === 'builtin') return <Move {...props} />;
  return (
    <LinkButton href={paths.serverAction(name, 'edit')} look="quiet">
      {actionsCopy.edit}
    </LinkButton>
  );
}

function Remove(props: ServerPageProps): VNode | null {
  const { server, frame } = props;
  if (server.kind === 'builtin' || props.registration) return null;
  const connected = server.adoption.connected + server.adoption.needsReconnect;
  return (
    <>
      <DialogButton dialog="remove" look="quiet">
        {actionsCopy.remove.open}
      </DialogButton>
      <ReasonDialog
        frame={frame}
        id="remove"
        title={actionsCopy.remove.title(server.title)}
        happens={connected > 0 ? actionsCopy.remove.blocked(connected) : actionsCopy.remove.happens}
        stays={actionsCopy.remove.stays}
        action={paths.serverAction(server.name, 'remove')}
        submit={actionsCopy.remove.submit}
        danger
        {...rejectedState(props, 'remove')}
      />
    </>
  );
}

function Deprecate(props: ServerPageProps): VNode | null {
  const { server, frame } = props;
  if (server.status === 'review') return null;
  if (server.status === 'available' || server.status === 'disabled') {
    return (
      <LinkButton href={paths.serverAction(server.name, 'deprecate')} look="quiet">
        {actionsCopy.deprecate}
      </LinkButton>
    );
  }
  return (
    <>
      <DialogButton dialog="undo-deprecation">{actionsCopy.undoDeprecation.open}</DialogButton>
      <ReasonDialog
        frame={frame}
        id="undo-deprecation"
        title={actionsCopy.undoDeprecation.title(server.title)}
        happens={actionsCopy.undoDeprecation.happens}
        stays={actionsCopy.undoDeprecation.stays}
        action={paths.serverAction(server.name, 'undo-deprecation')}
        submit={actionsCopy.undoDeprecation.submit}
        {...rejectedState(props, 'undo-deprecation')}
      />
    </>
  );
}

/** What an administrator can do to a server; `changeSource` is the button that changes where it comes from. */
export function ServerActions(props: ServerPageProps & { changeSource: VNode }): VNode {
  const { server, frame } = props;
  const action = server.featured ? 'unfeature' : 'feature';
  return (
    <>
      <Edit {...props} />
      {server.status === 'available' ? (
        <PostButton frame={frame} action={paths.serverAction(server.name, action)}>
          <SubmitButton look="quiet">
            {server.featured ? actionsCopy.unfeature : actionsCopy.feature}
          </SubmitButton>
        </PostButton>
      ) : null}
      {props.changeSource}
      <Remove {...props} />
      <Deprecate {...props} />
      <Switch {...props} />
    </>
  );
}
