import type { VNode } from 'preact';
import type { RiskClass } from '../../../db/domain/integrations/servers.ts';
import { risks } from '../../../db/domain/integrations/servers.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { Count } from '../../ui/money.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { paths, withQuery } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { Day, Time } from '../../ui/time.tsx';
import { msText, serverPath, type ServerRow, shareText, toolPath, type WeekOfUse } from './servers.tsx';
import { ApproveTools, type Registering, Review } from './review.tsx';
import { ServerActions } from './server-actions.tsx';
import { ServerOverview } from './server-overview.tsx';

export interface RegistryTool {
  name: string;
  title: string;
  description: string;
  risk: RiskClass;
  state: StateOf<'registryTool'>;
  liveHash: string;
  lastWeek: WeekOfUse;
}

export interface ServerTenantRow {
  tenantId: string;
  tenantName: string;
  status: StateOf<'connection'>;
  accountLabel: string;
  connectedAt: string;
  lastCallAt: string | null;
}

export type ServerTab =
  | { key: 'overview' }
  | { key: 'tools' }
  | {
      key: 'tenants';
      items: readonly ServerTenantRow[];
      nextCursor: string | null;
      cursor?: string | undefined;
    };

export interface ServerPageProps {
  frame: PageContext;
  server: ServerRow & {
    docsUrl: string;
    successor: string | null;
    offAt: string | null;
    notice: string | null;
    adoption: { connected: number; needsReconnect: number; disconnected: number; connectedLately: number };
    tools: readonly RegistryTool[];
  };
  /** Mean milliseconds of the probes of each hour of the last day. */
  trend: readonly number[];
  categories: readonly { key: string; title: string }[];
  /** Null where the service needs no registration of the platform. */
  registration: { clientId: string | null; returnAddress: string } | null;
  tab: ServerTab;
  /** Bringing it in, or changing where it comes from, as far as that is under way. */
  registering: Registering | null;
  /** Null for our own. */
  source: { url: string } | { package: string; version: string; args: readonly string[] } | null;
  mayManage: boolean;
  refused?: { act: string; state: FormState };
}

function Tools(props: { server: ServerPageProps['server'] }): VNode {
  const { server } = props;
  if (server.tools.length === 0) return <EmptyState icon="tool" title="No tools are known yet" />;
  return (
    <DataTable
      caption="Tools"
      rows={server.tools}
      rowHref={(tool) => toolPath(server.name, tool.name)}
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
        { title: 'What it can do', render: (tool) => risks[tool.risk].title },
        { title: 'State', render: (tool) => <StatusBadge kind="registryTool" state={tool.state} /> },
        {
          title: 'Calls, 7 days',
          right: true,
          phone: 'label',
          render: (tool) => <Count value={tool.lastWeek.calls} />,
        },
        {
          title: 'Errors',
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
      <EmptyState
        icon="plug-connected"
        title="Nobody has connected it"
        text="Tenants appear here as soon as they connect this service."
      />
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
            title: 'Last use',
            right: true,
            phone: 'label',
            render: (row) => (row.lastCallAt ? <Time at={row.lastCallAt} /> : 'Never'),
          },
        ]}
      />
      <Pager
        path={serverPath(server)}
        query={{ tab: 'tenants', cursor: tab.cursor }}
        nextCursor={tab.nextCursor}
      />
    </>
  );
}

/** GET /admin/connections/servers/:server?tab= */
export function ServerPage(props: ServerPageProps): VNode {
  const { frame, server, tab } = props;
  const { adoption } = server;
  const tabs = [
    ['overview', 'Overview', undefined],
    ['tools', 'Tools', server.tools.length],
    ['tenants', 'Tenants', adoption.connected + adoption.needsReconnect + adoption.disconnected],
  ] as const;
  return (
    <Shell frame={frame} title={server.title} wide>
      <PageHeader
        crumbs={[{ title: 'Services', href: '/admin/connections' }]}
        title={server.title}
        mark={<StatusBadge kind="service" state={server.status} />}
        purpose={server.summary}
        action={props.mayManage ? <ServerActions {...props} /> : null}
      />
      <Review {...props} />
      <Tabs
        label="Parts of this service"
        current={tab.key}
        tabs={tabs.map(([key, title, count]) => ({
          ...{ key, title },
          ...(count !== undefined && { count }),
          href: withQuery(serverPath(server.name), { tab: key === 'overview' ? undefined : key }),
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
