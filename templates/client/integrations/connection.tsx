import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import { DialogButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { PostButton } from '../../ui/form.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { ServerLogo } from '../../ui/server-logo.tsx';
import { Time } from '../../ui/time.tsx';
import { useLocale } from '../../ui/locale.tsx';
import { Connect, Disconnect } from './connection-connect.tsx';
import { paths } from '../../paths.ts';
import type { ConnectionPageProps } from './connection-props.ts';
import { connectionCopy, disconnectCopy } from './copy.ts';
import { isUsable, lifecycleText, shownState } from './lifecycle.tsx';
import { askText, marketplaceCopy } from './marketplace-copy.ts';
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

/** That it is turned off, ends or has ended; what an owner has to know before anything else. */
function LifecycleNotice(props: ConnectionPageProps): VNode | null {
  const { server, state } = props;
  const isOpen = state === 'connected' || state === 'needsReconnect';
  const text = lifecycleText(server.lifecycle, isOpen, useLocale());
  if (text === null) return null;
  return (
    <Notice
      tone={server.lifecycle.kind === 'ending' ? 'scheduled' : 'attention'}
      icon={server.lifecycle.kind === 'ending' ? 'info-circle' : 'alert-triangle'}
    >
      {text}
    </Notice>
  );
}

/** Whom a member asks who may not connect it. */
function AskNotice(props: ConnectionPageProps): VNode | null {
  if (props.mayManage || props.state === 'connected' || !isUsable(props.server.lifecycle)) return null;
  return (
    <Notice tone="idle" icon="info-circle">
      {askText(props.askWhom, props.server.title)}
    </Notice>
  );
}

/** GET /app/integrations/:server; forms connect, authorize, grants, disconnect. */
export function ConnectionPage(props: ConnectionPageProps): VNode {
  const { server, state } = props;
  const open = state === 'connected' || state === 'needsReconnect';
  const usable = isUsable(server.lifecycle);
  return (
    <Shell frame={props.frame} title={server.title}>
      <PageHeader
        crumbs={[
          props.back
            ? {
                title: props.back.startsWith('/app/setup') ? connectionCopy.setup : connectionCopy.back,
                href: props.back,
              }
            : { title: marketplaceCopy.title, href: paths.integrations },
        ]}
        title={server.title}
        logo={<ServerLogo name={server.name} title={server.title} size="large" />}
        purpose={server.summary}
        action={open && props.mayManage ? <Actions {...props} /> : undefined}
      />
      <LifecycleNotice {...props} />
      <AskNotice {...props} />
      {server.thirdParty ? (
        <Notice tone="idle" icon="info-circle">
          {connectionCopy.thirdParty}
        </Notice>
      ) : null}
      {state === 'needsReconnect' && usable ? (
        <Notice tone="attention" icon="alert-triangle">
          {props.incomplete ? connectionCopy.incomplete(server.title) : connectionCopy.lost(server.title)}
        </Notice>
      ) : null}
      <Card>
        <KeyFacts
          facts={[
            {
              label: 'State',
              value: <StatusBadge kind="connection" state={shownState(server.lifecycle, state)} />,
            },
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
      {props.mayManage && usable && state !== 'connected' ? (
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
      {props.mayManage && usable && state === 'connected' ? (
        <Card title={connectionCopy.credentials} id="connect">
          <Connect {...props} />
        </Card>
      ) : null}
      {props.webhooks && open ? <Webhooks {...props} webhooks={props.webhooks} /> : null}
      {open && props.mayManage ? <Disconnect {...props} /> : null}
    </Shell>
  );
}
