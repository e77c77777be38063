import type { VNode } from 'preact';
import { type EventAction, eventActions } from '../../db/domain/event.ts';
import type { StateOf } from './status.ts';
import { Card } from './card.tsx';
import { CopyId } from './code-block.tsx';
import { type Column, DataTable } from './data-table.tsx';
import { EmptyState } from './empty-state.tsx';
import { KeyFacts } from './key-facts.tsx';
import { Notice } from './notice.tsx';
import { StatusBadge } from './status-badge.tsx';
import { Moment, Second } from './time.tsx';

export interface ViewAct {
  at: string;
  action: EventAction;
  outcome: StateOf<'outcome'>;
  /** Method and path, or what it is about. */
  about: string;
  /** Ids of the path and facts of the action, in words. */
  details: string;
}

/** What a view as another person shows of itself; the same for administrators and owners. */
export interface ViewRecord {
  id: string;
  personName: string;
  adminName: string;
  tenantName: string;
  reason: string;
  ticket: string | null;
  /** In words. */
  mode: string;
  startedAt: string;
  openedAt: string | null;
  expiresAt: string;
  endedAt: string | null;
  /** In words; null while it is open. */
  end: string | null;
  endedBy: string | null;
  read: readonly ViewAct[];
  actions: readonly ViewAct[];
  /** Null until it is written. */
  certificate: { keyId: string; isGenuine: boolean; issuedAt: string } | null;
}

/** As many as a page shows; the certificate has all. */
const shown = 100;

const copy = {
  facts: 'View',
  certificate: 'Certificate',
  genuine: 'The signature is valid. Nothing was changed since the certificate was written.',
  altered: 'The signature doesn’t match. This certificate was changed after it was written.',
  pending: 'The certificate is written within a minute of the end of the view.',
  read: (count: number) => `Pages read (${count})`,
  actions: (count: number) => `Actions (${count})`,
  noneRead: 'No page was read.',
  noActions: 'Nothing was done.',
  more: (count: number) => `${count} more are in the certificate.`,
} as const;

const columns: readonly Column<ViewAct>[] = [
  { title: 'When', render: (act) => <Second at={act.at} /> },
  {
    title: 'What',
    render: (act) => (
      <>
        {act.about}
        {act.details ? <div class="bz-muted">{act.details}</div> : null}
      </>
    ),
  },
];

const actionColumns: readonly Column<ViewAct>[] = [
  ...columns.slice(0, 1),
  { title: 'Action', phone: 'label', render: (act) => eventActions[act.action] },
  ...columns.slice(1),
  { title: 'Outcome', render: (act) => <StatusBadge kind="outcome" state={act.outcome} /> },
];

function Acts(props: {
  title: string;
  none: string;
  acts: readonly ViewAct[];
  columns: readonly Column<ViewAct>[];
}): VNode {
  const { acts } = props;
  return (
    <Card title={props.title} flush>
      {acts.length > 0 ? (
        <DataTable caption={props.title} rows={acts.slice(0, shown)} columns={props.columns} />
      ) : (
        <EmptyState icon="history" title={props.none} />
      )}
      {acts.length > shown ? <p class="bz-muted">{copy.more(acts.length - shown)}</p> : null}
    </Card>
  );
}

function Signature({ certificate }: Pick<ViewRecord, 'certificate'>): VNode {
  if (!certificate) {
    return (
      <Notice tone="waiting" icon="info-circle">
        {copy.pending}
      </Notice>
    );
  }
  const { isGenuine, keyId, issuedAt } = certificate;
  return (
    <Card title={copy.certificate}>
      <Notice tone={isGenuine ? 'done' : 'failed'} icon={isGenuine ? 'circle-check' : 'alert-triangle'}>
        {isGenuine ? copy.genuine : copy.altered}
      </Notice>
      <KeyFacts
        facts={[
          { label: 'Written', value: <Moment at={issuedAt} /> },
          { label: 'Key', value: <CopyId id={keyId} label="key" /> },
        ]}
      />
    </Card>
  );
}

/** Facts, signature, pages read and actions of one view. */
export function ViewCertificate(props: { record: ViewRecord }): VNode {
  const { record } = props;
  return (
    <>
      <Card title={copy.facts}>
        <KeyFacts
          facts={[
            { label: 'Viewed as', value: record.personName },
            { label: 'Viewed by', value: record.adminName },
            { label: 'Business', value: record.tenantName },
            { label: 'Reason', value: record.reason },
            ...(record.ticket ? [{ label: 'Ticket', value: record.ticket }] : []),
            { label: 'Mode', value: record.mode },
            { label: 'Started', value: <Moment at={record.startedAt} /> },
            { label: 'Opened', value: record.openedAt ? <Moment at={record.openedAt} /> : 'Not opened' },
            {
              label: record.endedAt ? 'Ended' : 'Ends at the latest',
              value: <Moment at={record.endedAt ?? record.expiresAt} />,
            },
            ...(record.end ? [{ label: 'How it ended', value: record.end }] : []),
            ...(record.endedBy ? [{ label: 'Ended by', value: record.endedBy }] : []),
          ]}
        />
      </Card>
      {record.endedAt ? <Signature certificate={record.certificate} /> : null}
      <Acts title={copy.read(record.read.length)} none={copy.noneRead} acts={record.read} columns={columns} />
      <Acts
        title={copy.actions(record.actions.length)}
        none={copy.noActions}
        acts={record.actions}
        columns={actionColumns}
      />
    </>
  );
}
