import type { VNode } from 'preact';
import { type RiskClass, risks } from '../../../db/domain/integrations/risk.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
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
  server: string;
  serverTitle: string;
  toolTitle: string;
  risk: RiskClass;
  state: StateOf<'approval'>;
  requestedBy: string;
  decidedBy: string | null;
  createdAt: string;
  expiresAt: string;
  decidedAt: string | null;
}

export interface AdminApprovalsPageProps {
  frame: PageContext;
  approvals: { items: readonly AdminApprovalRow[]; nextCursor: string | null };
  query: Query;
}

const path = paths.adminApprovals;

function Rows(props: { rows: readonly AdminApprovalRow[] }): VNode {
  return (
    <DataTable
      caption={approvalsCopy.title}
      rows={props.rows}
      columns={[
        {
          title: 'Tool',
          render: (row) => (
            <>
              <strong>{row.toolTitle}</strong>
              <div class="bz-muted">
                <ServerName name={row.server} title={row.serverTitle} /> · {risks[row.risk].title}
              </div>
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
          right: true,
          phone: 'label',
          render: (row) => <Time at={row.createdAt} />,
        },
      ]}
    />
  );
}

/** GET /admin/approvals: `status`, `server`, `tenant`, `cursor`. */
export function AdminApprovalsPage(props: AdminApprovalsPageProps): VNode {
  const { items, nextCursor } = props.approvals;
  const { query } = props;
  const filtered = Boolean(query['status'] || query['server'] || query['tenant']);
  return (
    <Shell frame={props.frame} title={approvalsCopy.title}>
      <PageHeader title={approvalsCopy.title} purpose={approvalsCopy.purpose} />
      <FilterBar
        path={path}
        query={query}
        filters={[{ name: 'status', label: 'State', options: approvalsCopy.states }]}
      />
      {items.length > 0 ? (
        <Rows rows={items} />
      ) : filtered ? (
        <NoMatch clearHref={path} what="approvals" />
      ) : (
        <EmptyState icon="circle-check" title={approvalsCopy.emptyTitle} text={approvalsCopy.emptyText} />
      )}
      <Pager path={path} query={query} nextCursor={nextCursor} />
    </Shell>
  );
}
