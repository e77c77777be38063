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
import { type ConnectionPageProps, pathOf } from './connection-props.ts';
import { Notices } from './connection-webhooks.tsx';
import { Calls, Grants, Tools } from './connection-tools.tsx';

function Actions(props: ConnectionPageProps): VNode {
  return (
    <>
      <PostButton frame={props.frame} action={`${pathOf(props)}/test`}>
        <SubmitButton icon="refresh">Test the connection</SubmitButton>
      </PostButton>
      <DialogButton dialog="disconnect">Disconnect</DialogButton>
    </>
  );
}

/** GET /app/connections/:server; forms connect, authorize, grants, disconnect. */
export function ConnectionPage(props: ConnectionPageProps): VNode {
  const { service, state } = props;
  const open = state === 'connected' || state === 'needsReconnect';
  return (
    <Shell frame={props.frame} title={service.title}>
      <PageHeader
        crumbs={[
          props.back
            ? { title: props.back.startsWith('/app/setup') ? 'Set-up' : 'Back', href: props.back }
            : { title: 'Connections', href: '/app/connections' },
        ]}
        title={service.title}
        purpose={service.summary}
        action={open && props.mayManage ? <Actions {...props} /> : undefined}
      />
      {service.endsAt ? (
        <Notice tone="waiting" icon="info-circle">
          This service ends here on <Day at={service.endsAt} />
          {service.successor ? `; ${service.successor} takes its place.` : '.'}
        </Notice>
      ) : null}
      {service.foreign ? (
        <Notice tone="idle" icon="info-circle">
          Somebody else wrote this service. What you enter and send goes to them.
        </Notice>
      ) : null}
      {state === 'needsReconnect' ? (
        <Notice tone="attention" icon="alert-triangle">
          {props.incomplete
            ? `${service.title} asks for more than was entered. Enter it below; until then nothing can be done in it.`
            : `${service.title} no longer accepts our access. Connect it again; until then nothing can be done in it.`}
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
                <a href={service.docsUrl} rel="noreferrer">
                  {new URL(service.docsUrl).host}
                </a>
              ),
            },
          ]}
        />
      </Card>
      {props.mayManage && state !== 'connected' ? (
        <Card title={state === 'needsReconnect' ? 'Connect again' : 'Connect'} id="connect">
          <Connect {...props} />
        </Card>
      ) : null}
      <Card title="What can be done" flush>
        <Tools {...props} />
      </Card>
      {open ? (
        <Card title="Recent uses" flush>
          <Calls {...props} />
        </Card>
      ) : null}
      {open && props.mayManage ? (
        <Card title="Who may use what" note="Agents get a tool only when you give it to them here.">
          <Grants {...props} />
        </Card>
      ) : null}
      {props.mayManage && state === 'connected' ? (
        <Card title="Change the credentials" id="connect">
          <Connect {...props} />
        </Card>
      ) : null}
      {props.notices && open ? <Notices {...props} notices={props.notices} /> : null}
      {open && props.mayManage ? <Disconnect {...props} /> : null}
    </Shell>
  );
}
