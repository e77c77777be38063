import type { VNode } from 'preact';
import { type RiskClass, risks } from '../../../db/domain/integrations/risk.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { ExportButton, ListCount } from '../../ui/list-head.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { paths, type Query } from '../../paths.ts';
import { ServerName } from '../../ui/server-logo.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { approvalsCopy } from './copy.ts';
import { Moment, Time } from '../../ui/time.tsx';

export interface AdminApprovalRow {
  tenant: { id: string; name: string };
  /** Null, like the risk, for a request that is no call. */
  server: string | null;
  serverTitle: string | null;
  toolTitle: string;
  risk: RiskClass | null;
  state: StateOf<'approval'>;
  requestedBy: string;
  decidedBy: string | null;
  createdAt: string;
  expiresAt: string;
  decidedAt: string | null;
}

export interface AdminApprovalsPageProps {
  frame: PageContext;
  /** `total`: of the whole list with these filters. */
  approvals: { items: readonly AdminApprovalRow[]; nextCursor: string | null; total?: number };
  query: Query;
}

const path = paths.adminApprovals;

function Rows(props: { rows: readonly AdminApprovalRow[]; query: Query }): VNode {
  return (
    <DataTable
      caption={approvalsCopy.title}
      rows={props.rows}
      path={path}
      query={props.query}
      order="-requested"
      columns={[
        {
          title: approvalsCopy.request,
          render: (row) => (
            <>
              <strong>{row.toolTitle}</strong>
              {row.server && row.risk ? (
                <div class="bz-muted">
                  <ServerName name={row.server} title={row.serverTitle ?? row.server} /> ·{' '}
                  {risks[row.risk].title}
                </div>
              ) : null}
            </>
          ),
        },
        { title: 'Tenant', render: (row) => <a href={paths.tenant(row.tenant.id)}>{row.tenant.name}</a> },
        { title: approvalsCopy.requestedBy, phone: 'label', render: (row) => row.requestedBy },
        {
          title: 'State',
          render: (row) => (
            <>
              <StatusBadge kind="approval" state={row.state} />
              {row.state === 'pending' ? (
                <div class="bz-muted">
                  {approvalsCopy.expires}
                  <Moment at={row.expiresAt} />
                </div>
              ) : null}
              {row.decidedBy ? <div class="bz-muted">{row.decidedBy}</div> : null}
            </>
          ),
        },
        {
          title: approvalsCopy.requestedAt,
          sort: 'requested',
          right: true,
          phone: 'label',
          render: (row) => <Time at={row.createdAt} />,
        },
      ]}
    />
  );
}

/** GET /admin/approvals: `status`, `server`, `tenant`, `sort`, `cursor`. */
export function AdminApprovalsPage(props: AdminApprovalsPageProps): VNode {
  const { items, nextCursor, total } = props.approvals;
  const { query } = props;
  const filtered = Boolean(query['status'] || query['server'] || query['tenant']);
  return (
    <Shell frame={props.frame} title={approvalsCopy.title}>
      <PageHeader
        title={approvalsCopy.title}
        mark={<ListCount total={total} />}
        purpose={approvalsCopy.purpose}
        action={<ExportButton path={paths.adminApprovalsCsv} query={query} />}
      />
      <FilterBar
        path={path}
        query={query}
        filters={[{ name: 'status', label: 'State', options: approvalsCopy.states }]}
      />
      {items.length > 0 ? (
        <Rows rows={items} query={query} />
      ) : filtered ? (
        <NoMatch clearHref={path} what="approvals" />
      ) : (
        <EmptyState icon="circle-check" title={approvalsCopy.emptyTitle} text={approvalsCopy.emptyText} />
      )}
      <Pager path={path} query={query} nextCursor={nextCursor} />
    </Shell>
  );
}
