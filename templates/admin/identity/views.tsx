import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths, type Query } from '../../paths.ts';
import { DialogButton, LinkButton } from '../../ui/button.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ReasonDialog } from '../../ui/dialog.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import type { Option } from '../../ui/inputs.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Moment } from '../../ui/time.tsx';
import { ViewCertificate, type ViewRecord } from '../../ui/view-certificate.tsx';
import { viewsCopy as copy } from './view-copy.ts';

export interface ViewRow {
  id: string;
  state: StateOf<'view'>;
  personName: string;
  adminName: string;
  tenantName: string;
  reason: string;
  /** How it ended, in words; null while it is open. */
  end: string | null;
  startedAt: string;
}

const columns: readonly Column<ViewRow>[] = [
  { title: 'Viewed as', render: (row) => <strong>{row.personName}</strong> },
  { title: 'By', phone: 'label', render: (row) => row.adminName },
  { title: 'Business', minor: true, phone: 'label', render: (row) => row.tenantName },
  { title: 'Reason', minor: true, render: (row) => row.reason },
  { title: 'State', render: (row) => <StatusBadge kind="view" state={row.state} /> },
  { title: 'End', minor: true, phone: 'label', render: (row) => row.end ?? '–' },
  { title: 'Started', right: true, phone: 'label', render: (row) => <Moment at={row.startedAt} /> },
];

/** GET /admin/views */
export function ViewsPage(props: {
  frame: PageContext;
  rows: readonly ViewRow[];
  /** state, admin, cursor. */
  query: Query;
  admins: readonly Option[];
  nextCursor: string | null;
}): VNode {
  const { frame, query, rows } = props;
  const isFiltered = Boolean(query['state'] ?? query['admin']);
  return (
    <Shell frame={frame} title={copy.title} wide>
      <PageHeader title={copy.title} purpose={copy.purpose} />
      <FilterBar
        path={paths.views}
        query={query}
        filters={[
          {
            name: 'state',
            label: 'State',
            options: [
              { value: 'open', label: 'Open' },
              { value: 'ended', label: 'Ended' },
            ],
          },
          { name: 'admin', label: 'By', options: props.admins },
        ]}
      />
      {rows.length > 0 ? (
        <DataTable
          caption="Views, newest first"
          rows={rows}
          columns={columns}
          rowHref={(row) => paths.view(row.id)}
        />
      ) : isFiltered ? (
        <NoMatch clearHref={paths.views} what="views" />
      ) : (
        <EmptyState icon="users" {...copy.empty} />
      )}
      <Pager path={paths.views} query={query} nextCursor={props.nextCursor} />
    </Shell>
  );
}

/** GET /admin/views/:viewId; POST …/revoke: reason. Also where an administrator lands when a view has ended. */
export function ViewPage(props: {
  frame: PageContext;
  record: ViewRecord;
  personId: string;
  refused?: FormState;
}): VNode {
  const { frame, record, personId } = props;
  const state = record.endedAt ? 'ended' : 'open';
  return (
    <Shell frame={frame} title={copy.of(record.personName)} wide>
      <PageHeader
        crumbs={[{ title: copy.title, href: paths.views }]}
        title={copy.of(record.personName)}
        mark={<StatusBadge kind="view" state={state} />}
        action={
          <>
            {state === 'open' ? (
              <DialogButton dialog="revoke" look="danger">
                {copy.revoke.open}
              </DialogButton>
            ) : null}
            <LinkButton href={paths.person(personId)}>{copy.backTo(record.personName)}</LinkButton>
            {record.certificate ? (
              <LinkButton
                href={`/api/admin/impersonations/${record.id}/certificate`}
                icon="download"
                download
              >
                Download certificate
              </LinkButton>
            ) : null}
          </>
        }
      />
      {record.endedAt ? (
        <Notice tone="idle" icon="info-circle">
          {record.end ? copy.endedWhy(record.end) : copy.ended}
        </Notice>
      ) : null}
      <ViewCertificate record={record} />
      {state === 'open' ? (
        <ReasonDialog
          frame={frame}
          id="revoke"
          title={copy.revoke.title(record.personName)}
          happens={copy.revoke.happens}
          stays={copy.revoke.stays}
          action={paths.revokeView(record.id)}
          submit={copy.revoke.submit}
          danger
          state={props.refused}
        />
      ) : null}
    </Shell>
  );
}
