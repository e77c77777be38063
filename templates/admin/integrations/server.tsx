import type { VNode } from 'preact';
import { risks } from '../../../db/domain/integrations/risk.ts';
import { Shell } from '../../layout/shell.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Count } from '../../ui/money.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { paths, withQuery } from '../../paths.ts';
import { ServerLogo } from '../../ui/server-logo.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Day, Time } from '../../ui/time.tsx';
import { ApproveTools } from './approve-tools.tsx';
import { ChangeSource } from './change-source.tsx';
import { integrationsTitle } from './copy/registry.ts';
import { serverCopy, tabTitles } from './copy/server.ts';
import { msText, shareText } from './figures.ts';
import { Review } from './review.tsx';
import { ServerActions } from './server-actions.tsx';
import { ServerOverview } from './server-overview.tsx';
import type { ServerPageProps, ServerTab } from './server-props.ts';

function Tools(props: { server: ServerPageProps['server'] }): VNode {
  const { server } = props;
  if (server.tools.length === 0) return <EmptyState icon="tool" title={serverCopy.noTools} />;
  return (
    <DataTable
      caption="Tools"
      rows={server.tools}
      rowHref={(tool) => paths.serverTool(server.name, tool.name)}
      columns={[
        {
          title: 'Tool',
          render: (tool) => (
            <>
              {tool.title}
              <div class="bz-muted">{tool.name}</div>
            </>
          ),
        },
        { title: 'Risk', render: (tool) => risks[tool.risk].title },
        { title: 'State', render: (tool) => <StatusBadge kind="registryTool" state={tool.state} /> },
        {
          title: 'Calls, 7 days',
          right: true,
          phone: 'label',
          render: (tool) => <Count value={tool.lastWeek.calls} />,
        },
        {
          title: 'Error rate',
          right: true,
          phone: 'label',
          render: (tool) => shareText(tool.lastWeek.errorRate),
        },
        { title: 'p95', right: true, phone: 'label', render: (tool) => msText(tool.lastWeek.p95Ms) },
      ]}
    />
  );
}

function Tenants(props: { server: string; tab: Extract<ServerTab, { key: 'tenants' }> }): VNode {
  const { tab, server } = props;
  if (tab.items.length === 0) {
    return (
      <EmptyState icon="plug-connected" title={serverCopy.noTenantsTitle} text={serverCopy.noTenantsText} />
    );
  }
  return (
    <>
      <DataTable
        caption="Tenants"
        rows={tab.items}
        columns={[
          {
            title: 'Tenant',
            render: (row) => <a href={paths.tenant(row.tenantId)}>{row.tenantName}</a>,
          },
          { title: 'State', render: (row) => <StatusBadge kind="connection" state={row.status} /> },
          { title: 'Account', phone: 'label', render: (row) => row.accountLabel },
          { title: 'Since', right: true, phone: 'label', render: (row) => <Day at={row.connectedAt} /> },
          {
            title: 'Last call',
            right: true,
            phone: 'label',
            render: (row) => (row.lastCallAt ? <Time at={row.lastCallAt} /> : serverCopy.never),
          },
        ]}
      />
      <Pager
        path={paths.server(server)}
        query={{ tab: 'tenants', cursor: tab.cursor }}
        nextCursor={tab.nextCursor}
      />
    </>
  );
}

/** GET /admin/integrations/servers/:server?tab= */
export function ServerPage(props: ServerPageProps): VNode {
  const { frame, server, tab } = props;
  const { adoption } = server;
  const tabs = [
    ['overview', undefined],
    ['tools', server.tools.length],
    ['tenants', adoption.connected + adoption.needsReconnect + adoption.disconnected],
  ] as const;
  return (
    <Shell frame={frame} title={server.title} wide>
      <PageHeader
        crumbs={[{ title: integrationsTitle, href: paths.registry }]}
        title={server.title}
        logo={<ServerLogo name={server.name} title={server.title} size="large" />}
        mark={<StatusBadge kind="server" state={server.status} />}
        purpose={server.summary}
        action={
          props.mayManage ? <ServerActions {...props} changeSource={<ChangeSource {...props} />} /> : null
        }
      />
      <Review {...props} />
      <Tabs
        label={serverCopy.tabs}
        current={tab.key}
        tabs={tabs.map(([key, count]) => ({
          ...{ key, title: tabTitles[key] },
          ...(count !== undefined && { count }),
          href: withQuery(paths.server(server.name), { tab: key === 'overview' ? undefined : key }),
        }))}
      />
      {tab.key === 'overview' ? (
        <ServerOverview {...props} />
      ) : tab.key === 'tools' ? (
        <>
          <ApproveTools {...props} />
          <Tools server={server} />
        </>
      ) : (
        <Tenants server={server.name} tab={tab} />
      )}
    </Shell>
  );
}
