import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Form } from '../../ui/form.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Moment } from '../../ui/time.tsx';
import { ViewCertificate, type ViewRecord } from '../../ui/view-certificate.tsx';
import { supportCopy as copy } from './copy.ts';

export interface SupportViewRow {
  id: string;
  state: StateOf<'view'>;
  personName: string;
  adminName: string;
  reason: string;
  startedAt: string;
}

export interface SupportAccessPageProps {
  frame: PageContext;
  isOn: boolean;
  /** Whether the platform or a partner has turned it off for this business. */
  isOffAbove: boolean;
  rows: readonly SupportViewRow[];
  cursor?: string | undefined;
  nextCursor: string | null;
}

const columns: readonly Column<SupportViewRow>[] = [
  { title: 'Viewed as', render: (row) => <strong>{row.personName}</strong> },
  { title: 'By', phone: 'label', render: (row) => row.adminName },
  { title: 'Reason', phone: 'label', render: (row) => row.reason },
  { title: 'State', render: (row) => <StatusBadge kind="view" state={row.state} /> },
  { title: 'Started', right: true, phone: 'label', render: (row) => <Moment at={row.startedAt} /> },
];

function Switch({ frame, isOn, isOffAbove }: SupportAccessPageProps): VNode {
  return (
    <Card title={isOn ? copy.on : copy.off}>
      <p>{isOn ? copy.onText : copy.offText}</p>
      {isOffAbove ? (
        <p class="bz-muted">{copy.offAbove}</p>
      ) : (
        <Form frame={frame} action={paths.supportAccess} hidden={{ access: isOn ? 'off' : 'on' }}>
          {isOn ? <p class="bz-muted">{copy.endsOpen}</p> : null}
          <SubmitButton>{isOn ? copy.turnOff : copy.turnOn}</SubmitButton>
        </Form>
      )}
    </Card>
  );
}

/** GET /app/support-access; POST the same: access (on, off). */
export function SupportAccessPage(props: SupportAccessPageProps): VNode {
  const { frame, rows, cursor, nextCursor } = props;
  return (
    <Shell frame={frame} title={copy.title} wide>
      <PageHeader title={copy.title} purpose={copy.purpose} />
      <Switch {...props} />
      {rows.length > 0 ? (
        <DataTable
          caption="Views, newest first"
          rows={rows}
          columns={columns}
          rowHref={(row) => paths.supportView(row.id)}
        />
      ) : (
        <EmptyState icon="shield-check" {...copy.empty} />
      )}
      <Pager path={paths.supportAccess} query={{ cursor }} nextCursor={nextCursor} />
    </Shell>
  );
}

/** GET /app/support-access/:viewId */
export function SupportViewPage(props: { frame: PageContext; record: ViewRecord }): VNode {
  const { frame, record } = props;
  return (
    <Shell frame={frame} title={copy.of(record.personName)} wide>
      <PageHeader
        crumbs={[{ title: copy.title, href: paths.supportAccess }]}
        title={copy.of(record.personName)}
        mark={<StatusBadge kind="view" state={record.endedAt ? 'ended' : 'open'} />}
        action={
          record.certificate ? (
            <LinkButton href={`/api/client/support-access/${record.id}/certificate`} icon="download" download>
              Download certificate
            </LinkButton>
          ) : undefined
        }
      />
      <ViewCertificate record={record} />
    </Shell>
  );
}
