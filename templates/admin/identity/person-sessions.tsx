import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { DialogButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ReasonDialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Time } from '../../ui/time.tsx';
import { sessionsCopy as copy } from './copy.ts';

export interface SessionRow {
  id: string;
  /** "Chrome on macOS". */
  device: string;
  ip: string | null;
  startedAt: string;
  lastSeenAt: string;
  secondFactor: boolean;
  tenantName: string | null;
  /** The administrator whose view this is. */
  viewedBy: string | null;
  /** Null while it is open. */
  endedAt: string | null;
  ended: string | null;
  endedBy: string | null;
}

export interface PersonSessionsPageProps {
  frame: PageContext;
  person: { id: string; name: string };
  /** Open ones first, then the newest. */
  sessions: readonly SessionRow[];
  ownSessionId: string;
  requestKey: string;
  refused?: { action: 'revoke' | 'reset'; form: FormState };
}

function Device({ row }: { row: SessionRow }): VNode {
  const about = [row.ip, row.tenantName, row.viewedBy && copy.viewedBy(row.viewedBy)].filter(Boolean);
  return (
    <>
      <strong>{row.device}</strong>
      <div class="bz-muted">{about.join(' · ')}</div>
    </>
  );
}

function End({ row }: { row: SessionRow }): VNode {
  if (!row.endedAt) {
    return (
      <DialogButton dialog={`end-${row.id}`} small>
        {copy.end.open}
      </DialogButton>
    );
  }
  return (
    <>
      {[row.ended, row.endedBy].filter(Boolean).join(' · ')}
      <div class="bz-muted">
        <Time at={row.endedAt} />
      </div>
    </>
  );
}

function SessionTable({ sessions }: PersonSessionsPageProps): VNode {
  return (
    <DataTable
      caption={copy.title}
      rows={sessions}
      columns={[
        { title: 'Device', render: (row) => <Device row={row} /> },
        { title: 'Started', phone: 'label', render: (row) => <Time at={row.startedAt} /> },
        { title: 'Last seen', phone: 'label', render: (row) => <Time at={row.lastSeenAt} /> },
        {
          title: 'Second factor',
          phone: 'label',
          minor: true,
          render: (row) => (row.secondFactor ? copy.withCode : copy.withoutCode),
        },
        { title: 'End', phone: 'label', render: (row) => <End row={row} /> },
      ]}
    />
  );
}

function Dialogs({ frame, person, sessions, refused, requestKey, ownSessionId }: PersonSessionsPageProps) {
  const revoke = refused?.action === 'revoke' ? refused.form : undefined;
  const refusedId = revoke?.values?.['sessionId'];
  const action = paths.personSessionsAction(person.id, 'revoke');
  return (
    <>
      {sessions
        .filter(({ endedAt }) => endedAt === null)
        .map((row) => (
          <ReasonDialog
            {...{ frame, action, danger: true }}
            id={`end-${row.id}`}
            title={copy.end.title(row.device)}
            happens={row.id === ownSessionId ? `${copy.own} ${copy.end.happens}` : copy.end.happens}
            stays={copy.end.stays}
            hidden={{ sessionId: row.id, requestKey }}
            submit={copy.end.submit}
            {...(refusedId === row.id && { state: revoke })}
          />
        ))}
      <ReasonDialog
        {...{ frame, action, danger: true }}
        id="all"
        title={copy.all.title(person.name)}
        happens={copy.all.happens}
        stays={copy.all.stays}
        hidden={{ requestKey }}
        submit={copy.all.submit}
        {...(revoke && refusedId === undefined && { state: revoke })}
      />
      <ReasonDialog
        {...{ frame, danger: true }}
        action={paths.personForcePasswordReset(person.id)}
        id="reset"
        title={copy.reset.title(person.name)}
        happens={copy.reset.happens}
        stays={copy.reset.stays}
        hidden={{ requestKey }}
        submit={copy.reset.submit}
        {...(refused?.action === 'reset' && { state: refused.form })}
      />
    </>
  );
}

/** GET /admin/people/:userId/sessions; POST …/revoke (sessionId?, reason, requestKey); …/force-password-reset. */
export function PersonSessionsPage(props: PersonSessionsPageProps): VNode {
  const { frame, person, sessions } = props;
  return (
    <Shell frame={frame} title={`${copy.title}: ${person.name}`}>
      <PageHeader
        crumbs={[
          { title: 'People', href: paths.people },
          { title: person.name, href: paths.person(person.id) },
        ]}
        title={copy.title}
        purpose={copy.purpose(person.name)}
        action={
          <div class="bz-actions">
            <DialogButton dialog="reset">{copy.reset.open}</DialogButton>
            <DialogButton dialog="all" look="danger">
              {copy.all.open}
            </DialogButton>
          </div>
        }
      />
      <Card flush>
        {sessions.length > 0 ? <SessionTable {...props} /> : <EmptyState icon="lock" {...copy.empty} />}
      </Card>
      <Dialogs {...props} />
    </Shell>
  );
}
