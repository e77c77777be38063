import type { VNode } from 'preact';
import { lastDayBefore } from '../../../db/domain/integrations/deprecation.ts';
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
import { CalendarDay, Time } from '../../ui/time.tsx';
import { paths } from '../../paths.ts';
import { kindTitles } from './copy/registry.ts';
import { oauthClientCopy, overviewCopy } from './copy/server.ts';
import { msText, shareText } from './figures.ts';
import { rejectedState, type ServerPageProps } from './server-props.ts';

function Figures(props: ServerPageProps): VNode {
  const { server, trend } = props;
  const { lastWeek, adoption } = server;
  const spark = {
    values: trend,
    text: overviewCopy.trend(msText(Math.min(...trend)), msText(Math.max(...trend))),
  };
  return (
    <div class="bz-stats">
      <Stat label={overviewCopy.connected} value={<Count value={adoption.connected} />} />
      <Stat label={overviewCopy.calls} value={<Count value={lastWeek.calls} />} />
      <Stat label={overviewCopy.errors} value={shareText(lastWeek.errorRate)} />
      <Stat
        label={overviewCopy.checkTime}
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
    <Card title={overviewCopy.healthTitle} note={overviewCopy.healthNote}>
      <KeyFacts
        facts={[
          { label: 'Status', value: <StatusBadge kind="health" state={health.status} /> },
          { label: 'Uptime, 24 hours', value: shareText(health.uptime24h) },
          { label: 'Uptime, 30 days', value: shareText(health.uptime30d) },
          {
            label: 'Last check',
            value: health.probedAt ? <Time at={health.probedAt} /> : overviewCopy.noCheck,
          },
          {
            label: 'Last error',
            value: health.lastError ? (
              <>
                {isErrorCode(code) ? errorTable[code].text : code} <Time at={health.lastError.at} />
              </>
            ) : (
              overviewCopy.noError
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
    <Card title={overviewCopy.factsTitle}>
      <KeyFacts
        facts={[
          {
            label: 'Category',
            value: categories.find(({ key }) => key === server.category)?.title ?? server.category,
          },
          { label: 'Kind', value: kindTitles[server.kind] },
          { label: 'Version', value: server.version },
          { label: 'Featured', value: server.featured ? 'Yes' : 'No' },
          { label: 'Connected in the last 30 days', value: <Count value={adoption.connectedLately} /> },
          { label: 'Needs reconnecting', value: <Count value={adoption.needsReconnect} /> },
          { label: 'Disconnected', value: <Count value={adoption.disconnected} /> },
          { label: 'Documentation', value: <a href={server.docsUrl}>{new URL(server.docsUrl).hostname}</a> },
          { label: 'Name', value: <CopyId id={server.name} label="the name" /> },
        ]}
      />
    </Card>
  );
}

function OauthClient(props: ServerPageProps): VNode | null {
  const { oauthClient, server, frame } = props;
  if (!oauthClient || !props.mayManage) return null;
  const { clientId } = oauthClient;
  return (
    <Card
      title={oauthClientCopy.title}
      note={clientId ? oauthClientCopy.oneClick : oauthClientCopy.tokenOnly(server.title)}
    >
      <KeyFacts
        rows
        facts={[
          {
            label: oauthClientCopy.redirectUri,
            value: <CopyId id={oauthClient.redirectUri} label="the redirect URL" />,
          },
          { label: oauthClientCopy.clientIdInUse, value: clientId ?? oauthClientCopy.none },
        ]}
      />
      <Form
        frame={frame}
        action={paths.serverAction(server.name, 'oauth-client')}
        idPrefix="oauth-client"
        {...rejectedState(props, 'oauth-client')}
      >
        <TextInput
          name="clientId"
          label={oauthClientCopy.clientId}
          initial={clientId ?? ''}
          autocomplete="off"
        />
        <TextInput
          name="clientSecret"
          label={oauthClientCopy.clientSecret}
          type="password"
          autocomplete="off"
          help={oauthClientCopy.secretHelp}
        />
        <div class="bz-actions">
          <SubmitButton>{clientId ? oauthClientCopy.replace : oauthClientCopy.save}</SubmitButton>
        </div>
      </Form>
    </Card>
  );
}

function Deprecation(props: { server: ServerPageProps['server'] }): VNode | null {
  const { server } = props;
  if (server.status !== 'deprecated' && server.status !== 'off') return null;
  return (
    <Notice tone="scheduled" icon="info-circle">
      {server.offAt ? (
        <>
          {server.status === 'off' ? overviewCopy.retired : overviewCopy.retires}
          <CalendarDay day={lastDayBefore(new Date(server.offAt))} />.{' '}
        </>
      ) : null}
      {server.successor ? (
        <>
          {overviewCopy.successor}
          <a href={paths.server(server.successor)}>{server.successor}</a>.{' '}
        </>
      ) : null}
      {server.notice}
    </Notice>
  );
}

/** What a server is, its health and figures, and the platform’s OAuth client at it. */
export function ServerOverview(props: ServerPageProps): VNode {
  return (
    <>
      <Deprecation server={props.server} />
      <Figures {...props} />
      <div class="bz-tenant">
        <div>
          <Health health={props.server.health} />
          <OauthClient {...props} />
        </div>
        <Facts {...props} />
      </div>
    </>
  );
}
