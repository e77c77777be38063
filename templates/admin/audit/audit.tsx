import type { VNode } from 'preact';
import { eventActions, eventKinds, eventKindTitle } from '../../../db/domain/event.ts';
import type { EventAction } from '../../../db/domain/event.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import type { Option } from '../../ui/inputs.tsx';
import { ListCount } from '../../ui/list-head.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { paths, withQuery } from '../../paths.ts';
import type { Query } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Second } from '../../ui/time.tsx';
import { SealNotice, type SealView } from './seal.tsx';
import { VerifyPanel } from './verify-panel.tsx';
import type { ChainCheck } from './verify-panel.tsx';
import { auditCopy } from './copy.ts';

export interface AuditRow {
  id: string;
  at: string;
  /** Who, in words: a person's name, "Onboarding of Rivera Bakery", "The platform". */
  actor: string;
  /** Page of the person who acted; null for others, and for people out of the viewer's reach. */
  actorHref: string | null;
  /** Set when another person acted as that person. */
  impersonator?: string;
  action: EventAction;
  tenant: { id: string; name: string } | null;
  /** What it was done to, in words. */
  target: string;
  /** Page of the person it was done to. */
  targetHref: string | null;
  outcome: 'success' | 'failure' | 'denied';
  /** Everything else: reason, address, request and run ids, changed values. */
  details: readonly { label: string; value: string }[];
}

export interface AuditPageProps {
  frame: PageContext;
  rows: readonly AuditRow[];
  /** action, actor, tenant, from, to (days), sort (when), cursor. */
  query: Query;
  tenants: readonly Option[];
  nextCursor: string | null;
  /** Of the whole list with these filters. */
  total?: number;
  mayVerify: boolean;
  /** Whether the viewer can open the data retention page. */
  maySeeRetention: boolean;
  /** Result of the last check; null before one. */
  checks: readonly ChainCheck[] | null;
  /** How far sealing is; null for people who can't verify the log. */
  seal: SealView | null;
}

function Name(props: { text: string; href: string | null }): VNode {
  return props.href ? <a href={props.href}>{props.text}</a> : <>{props.text}</>;
}

const columns: readonly Column<AuditRow>[] = [
  { title: 'When', sort: 'when', render: (row) => <Second at={row.at} /> },
  {
    title: 'Who',
    render: (row) => (
      <>
        <Name text={row.actor} href={row.actorHref} />
        {row.impersonator ? <span class="bz-muted"> via {row.impersonator}</span> : null}
      </>
    ),
  },
  {
    title: 'What',
    render: (row) => (
      <>
        {eventActions[row.action]}
        {row.details.length > 0 ? (
          <details class="bz-trouble">
            <summary aria-label={`Details of ${eventActions[row.action]}`}>Details</summary>
            <dl class="bz-facts bz-facts-rows">
              {row.details.map((detail) => (
                <div>
                  <dt>{detail.label}</dt>
                  <dd>{detail.value}</dd>
                </div>
              ))}
            </dl>
          </details>
        ) : null}
      </>
    ),
  },
  { title: 'To what', render: (row) => <Name text={row.target} href={row.targetHref} /> },
  {
    title: 'Tenant',
    minor: true,
    render: (row) =>
      row.tenant ? <a href={paths.tenant(row.tenant.id)}>{row.tenant.name}</a> : 'The platform',
  },
  { title: 'Outcome', render: (row) => <StatusBadge kind="outcome" state={row.outcome} /> },
];

/** Names of the filters of the list, as in its address. */
export const auditFilters = [
  'action',
  'actor',
  'via',
  'target',
  'tenant',
  'outcome',
  'from',
  'to',
  'q',
] as const;

/** What only the platform's own log tells of, which partners don't see. */
const platformKinds = [
  ...['server', 'category', 'records', 'partner', 'audit', 'people'],
  ...['tenants', 'runs', 'registry', 'usage'],
];

const kindOptions = (isPartner: boolean): Option[] =>
  eventKinds
    .filter((kind) => !isPartner || !platformKinds.includes(kind))
    .map((value) => ({ value, label: eventKindTitle(value) }));

const outcomes: readonly Option[] = (['success', 'failure', 'denied'] as const).map((value) => ({
  value,
  label: auditCopy.outcomes[value],
}));

/** The file of the list as it is filtered. */
const exportOf = (query: Query, format: 'jsonl' | 'csv') =>
  withQuery(paths.auditExport, query, { cursor: undefined, format });

/** GET /admin/audit; POST /admin/audit/verify checks the chains. */
export function AuditPage(props: AuditPageProps): VNode {
  const { frame, query, rows } = props;
  const path = paths.audit;
  const filtered = auditFilters.some((name) => query[name]);
  return (
    <Shell frame={frame} title="Audit log" wide>
      <PageHeader
        title="Audit log"
        purpose={auditCopy.purpose}
        mark={<ListCount total={props.total} />}
        action={
          <>
            <LinkButton href={exportOf(query, 'jsonl')} icon="download" download>
              {auditCopy.exportJsonl}
            </LinkButton>
            <LinkButton href={exportOf(query, 'csv')} icon="download" download>
              {auditCopy.exportCsv}
            </LinkButton>
            {props.maySeeRetention ? (
              <LinkButton href={paths.retention} icon="history">
                Data retention
              </LinkButton>
            ) : null}
          </>
        }
      />
      {props.seal ? <SealNotice seal={props.seal} /> : null}
      {props.mayVerify ? <VerifyPanel frame={frame} checks={props.checks} seal={props.seal} /> : null}
      <FilterBar
        path={path}
        query={query}
        search={auditCopy.search}
        filters={[
          { name: 'action', label: 'What', options: kindOptions(frame.viewer?.isPartner ?? false) },
          { name: 'actor', label: 'Who', placeholder: 'Name or email' },
          { name: 'via', label: 'Viewed by', placeholder: 'Name or email' },
          { name: 'target', label: 'To what', placeholder: 'Id' },
          { name: 'tenant', label: 'Tenant', options: props.tenants },
          { name: 'outcome', label: 'Outcome', options: outcomes },
          { name: 'from', label: 'From', type: 'date' },
          { name: 'to', label: 'To', type: 'date' },
        ]}
      />
      {rows.length > 0 ? (
        <DataTable
          caption="Audit log"
          columns={columns}
          rows={rows}
          path={path}
          query={query}
          order="-when"
        />
      ) : filtered ? (
        <NoMatch clearHref={path} what="entries" />
      ) : (
        <EmptyState icon="shield-check" {...auditCopy.empty} />
      )}
      <Pager path={path} query={query} nextCursor={props.nextCursor} />
    </Shell>
  );
}
