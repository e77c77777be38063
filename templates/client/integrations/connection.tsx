import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import { DialogButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { PostButton } from '../../ui/form.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Day, Time } from '../../ui/time.tsx';
import { Connect, Disconnect } from './connection-connect.tsx';
import { paths } from '../../paths.ts';
import type { ConnectionPageProps } from './connection-props.ts';
import { connectionCopy, disconnectCopy, listCopy } from './copy.ts';
import { Webhooks } from './connection-webhooks.tsx';
import { Calls, Grants, Tools } from './connection-tools.tsx';

function Actions(props: ConnectionPageProps): VNode {
  return (
    <>
      <PostButton frame={props.frame} action={paths.integrationAction(props.server.name, 'test')}>
        <SubmitButton icon="refresh">{connectionCopy.test}</SubmitButton>
      </PostButton>
      <DialogButton dialog="disconnect">{disconnectCopy.open}</DialogButton>
    </>
  );
}

/** GET /app/integrations/:server; forms connect, authorize, grants, disconnect. */
export function ConnectionPage(props: ConnectionPageProps): VNode {
  const { server, state } = props;
  const open = state === 'connected' || state === 'needsReconnect';
  return (
    <Shell frame={props.frame} title={server.title}>
      <PageHeader
        crumbs={[
          props.back
            ? {
                title: props.back.startsWith('/app/setup') ? connectionCopy.setup : connectionCopy.back,
                href: props.back,
              }
            : { title: listCopy.title, href: paths.integrations },
        ]}
        title={server.title}
        purpose={server.summary}
        action={open && props.mayManage ? <Actions {...props} /> : undefined}
      />
      {server.endsAt ? (
        <Notice tone="waiting" icon="info-circle">
          {connectionCopy.retires}
          <Day at={server.endsAt} />
          {server.successor ? connectionCopy.successor(server.successor) : '.'}
        </Notice>
      ) : null}
      {server.thirdParty ? (
        <Notice tone="idle" icon="info-circle">
          {connectionCopy.thirdParty}
        </Notice>
      ) : null}
      {state === 'needsReconnect' ? (
        <Notice tone="attention" icon="alert-triangle">
          {props.incomplete ? connectionCopy.incomplete(server.title) : connectionCopy.lost(server.title)}
        </Notice>
      ) : null}
      <Card>
        <KeyFacts
          facts={[
            { label: 'State', value: <StatusBadge kind="connection" state={state} /> },
            ...(props.account && open ? [{ label: 'Account', value: props.account }] : []),
            ...(props.since && open ? [{ label: 'Since', value: <Time at={props.since} /> }] : []),
            {
              label: 'Documentation',
              value: (
                <a href={server.docsUrl} rel="noreferrer">
                  {new URL(server.docsUrl).host}
                </a>
              ),
            },
          ]}
        />
      </Card>
      {props.mayManage && state !== 'connected' ? (
        <Card
          title={state === 'needsReconnect' ? connectionCopy.reconnect : connectionCopy.connect}
          id="connect"
        >
          <Connect {...props} />
        </Card>
      ) : null}
      <Card title={connectionCopy.tools} flush>
        <Tools {...props} />
      </Card>
      {open ? (
        <Card title={connectionCopy.calls} flush>
          <Calls {...props} />
        </Card>
      ) : null}
      {open && props.mayManage ? (
        <Card title={connectionCopy.access} note={connectionCopy.accessNote}>
          <Grants {...props} />
        </Card>
      ) : null}
      {props.mayManage && state === 'connected' ? (
        <Card title={connectionCopy.credentials} id="connect">
          <Connect {...props} />
        </Card>
      ) : null}
      {props.webhooks && open ? <Webhooks {...props} webhooks={props.webhooks} /> : null}
      {open && props.mayManage ? <Disconnect {...props} /> : null}
    </Shell>
  );
}
