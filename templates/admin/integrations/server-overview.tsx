import type { VNode } from 'preact';
import { errorTable, isErrorCode } from '../../../db/domain/errors.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyId } from '../../ui/code-block.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Count } from '../../ui/money.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Stat } from '../../ui/stat.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Day, Time } from '../../ui/time.tsx';
import { kindTitles, msText, serverPath, shareText } from './servers.tsx';
import type { ServerPageProps } from './server.tsx';

function Figures(props: ServerPageProps): VNode {
  const { server, trend } = props;
  const { lastWeek, adoption } = server;
  const spark = {
    values: trend,
    text: `How long checks took in each hour of the last day: between ${msText(Math.min(...trend))} and ${msText(Math.max(...trend))}`,
  };
  return (
    <div class="bz-stats">
      <Stat label="Tenants connected" value={<Count value={adoption.connected} />} />
      <Stat label="Calls, 7 days" value={<Count value={lastWeek.calls} />} />
      <Stat label="Errors, 7 days" value={shareText(lastWeek.errorRate)} />
      <Stat
        label="Time to answer a check (p95, 24 h)"
        value={msText(server.health.p95Ms)}
        {...(trend.length > 1 && { spark })}
      />
    </div>
  );
}

function Health(props: { health: ServerPageProps['server']['health'] }): VNode {
  const { health } = props;
  const code = health.lastError?.code;
  return (
    <Card title="Health" note="A check every five minutes with the connection of one tenant, in turn.">
      <KeyFacts
        facts={[
          { label: 'Now', value: <StatusBadge kind="health" state={health.status} /> },
          { label: 'Answered, 24 hours', value: shareText(health.uptime24h) },
          { label: 'Answered, 30 days', value: shareText(health.uptime30d) },
          {
            label: 'Last check',
            value: health.probedAt ? <Time at={health.probedAt} /> : 'None yet',
          },
          {
            label: 'Last error',
            value: health.lastError ? (
              <>
                {isErrorCode(code) ? errorTable[code].text : code} <Time at={health.lastError.at} />
              </>
            ) : (
              'None'
            ),
          },
        ]}
      />
    </Card>
  );
}

function Facts(props: ServerPageProps): VNode {
  const { server, categories } = props;
  const { adoption } = server;
  return (
    <Card title="What it is">
      <KeyFacts
        facts={[
          {
            label: 'Category',
            value: categories.find(({ key }) => key === server.category)?.title ?? server.category,
          },
          { label: 'Kind', value: kindTitles[server.kind] },
          { label: 'Version', value: server.version },
          { label: 'Featured', value: server.featured ? 'Yes' : 'No' },
          { label: 'Connected within 30 days', value: <Count value={adoption.connectedLately} /> },
          { label: 'To be connected again', value: <Count value={adoption.needsReconnect} /> },
          { label: 'Disconnected', value: <Count value={adoption.disconnected} /> },
          { label: 'Documentation', value: <a href={server.docsUrl}>{new URL(server.docsUrl).hostname}</a> },
          { label: 'Name', value: <CopyId id={server.name} label="the name" /> },
        ]}
      />
    </Card>
  );
}

function Registration(props: ServerPageProps): VNode | null {
  const { registration, server, frame, refused } = props;
  if (!registration || !props.mayManage) return null;
  const { clientId } = registration;
  return (
    <Card
      title="Registration of the platform"
      note={
        clientId
          ? 'Tenants agree at the service with one click.'
          : `Until the platform is registered at ${server.title}, tenants enter a token instead.`
      }
    >
      <KeyFacts
        rows
        facts={[
          {
            label: 'Return address',
            value: <CopyId id={registration.returnAddress} label="the return address" />,
          },
          { label: 'Client id in use', value: clientId ?? 'None yet' },
        ]}
      />
      <Form
        frame={frame}
        action={`${serverPath(server.name)}/oauth-client`}
        idPrefix="registration"
        {...(refused?.act === 'oauth-client' && { state: refused.state })}
      >
        <TextInput name="clientId" label="Client id" initial={clientId ?? ''} autocomplete="off" />
        <TextInput
          name="clientSecret"
          label="Client secret"
          type="password"
          autocomplete="off"
          help="Sealed when it is stored; nobody can read it again."
        />
        <div class="bz-actions">
          <SubmitButton>{clientId ? 'Replace the registration' : 'Store the registration'}</SubmitButton>
        </div>
      </Form>
    </Card>
  );
}

function Ending(props: { server: ServerPageProps['server'] }): VNode | null {
  const { server } = props;
  if (server.status !== 'deprecated' && server.status !== 'off') return null;
  return (
    <Notice tone="scheduled" icon="info-circle">
      {server.offAt ? (
        <>
          {server.status === 'off' ? 'It ended on ' : 'It works until '}
          <Day at={server.offAt} />.{' '}
        </>
      ) : null}
      {server.successor ? (
        <>
          Tenants are led to <a href={serverPath(server.successor)}>{server.successor}</a>.{' '}
        </>
      ) : null}
      {server.notice}
    </Notice>
  );
}

/** What a service is, how it is and how the platform reaches it. */
export function ServerOverview(props: ServerPageProps): VNode {
  return (
    <>
      <Ending server={props.server} />
      <Figures {...props} />
      <div class="bz-tenant">
        <div>
          <Health health={props.server.health} />
          <Registration {...props} />
        </div>
        <Facts {...props} />
      </div>
    </>
  );
}
