import type { VNode } from 'preact';
import { type EventAction, eventActions } from '../../../db/domain/event.ts';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { DialogButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyId } from '../../ui/code-block.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ReasonDialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Time } from '../../ui/time.tsx';
import { Timeline } from '../../ui/timeline.tsx';
import { personCopy as copy } from './copy.ts';

export interface PersonPageProps {
  frame: PageContext;
  person: {
    id: string;
    name: string;
    email: string;
    status: StateOf<'person'>;
    /** Title of the role; null for people of tenants. */
    platformRole: string | null;
    createdAt: string;
    lastSignInAt: string | null;
    memberships: readonly { tenantId: string; tenantName: string; roleTitle: string }[];
  };
  /** By and about the person, newest first. */
  activity: {
    items: readonly { at: string; action: EventAction; outcome: StateOf<'outcome'>; text: string }[];
    nextCursor: string | null;
  };
  cursor?: string | undefined;
  mayHelp: boolean;
  /** Makes a second click harmless. */
  requestKey: string;
  /** A confirmation that was refused: opens the dialog again. */
  refused?: FormState;
}

const tones = { success: 'idle', failure: 'failed', denied: 'attention' } as const;

function Activity({ person, activity, cursor }: PersonPageProps): VNode {
  return (
    <>
      <Card title={copy.activity.title} note={copy.activity.note}>
        {activity.items.length > 0 ? (
          <Timeline
            label={copy.activity.title}
            items={activity.items.map(({ at, action, outcome, text }) => ({
              at,
              title: eventActions[action],
              ...(text && { text }),
              tone: tones[outcome],
            }))}
          />
        ) : (
          <EmptyState icon="history" {...copy.activity.empty} />
        )}
      </Card>
      <Pager path={paths.person(person.id)} query={{ cursor }} nextCursor={activity.nextCursor} />
    </>
  );
}

function Memberships({ person }: PersonPageProps): VNode | null {
  if (person.platformRole) return null;
  return (
    <Card title="Tenants" flush>
      {person.memberships.length > 0 ? (
        <DataTable
          caption="Tenants"
          rows={person.memberships}
          rowHref={({ tenantId }) => paths.tenant(tenantId)}
          columns={[
            { title: 'Tenant', render: ({ tenantName }) => tenantName },
            { title: 'Role', phone: 'label', render: ({ roleTitle }) => roleTitle },
          ]}
        />
      ) : (
        <EmptyState icon="building-store" title={copy.noTenants} />
      )}
    </Card>
  );
}

/** GET /admin/people/:userId; POST …/confirmation: reason, requestKey. */
export function PersonPage(props: PersonPageProps): VNode {
  const { frame, person, mayHelp } = props;
  const mayResend = mayHelp && person.status === 'unconfirmed' && person.memberships.length > 0;
  return (
    <Shell frame={frame} title={person.name}>
      <PageHeader
        crumbs={[{ title: 'People', href: paths.people }]}
        title={person.name}
        mark={<StatusBadge kind="person" state={person.status} />}
        action={mayResend ? <DialogButton dialog="resend">{copy.resend.open}</DialogButton> : undefined}
      />
      <Card>
        <KeyFacts
          facts={[
            { label: 'Email', value: person.email },
            ...(person.platformRole ? [{ label: copy.platform, value: person.platformRole }] : []),
            {
              label: 'Last sign-in',
              value: person.lastSignInAt ? <Time at={person.lastSignInAt} /> : copy.neverSignedIn,
            },
            { label: 'Account created', value: <Time at={person.createdAt} /> },
            { label: 'Id', value: <CopyId id={person.id} label="id" /> },
          ]}
        />
      </Card>
      <Memberships {...props} />
      <Activity {...props} />
      {mayResend ? (
        <ReasonDialog
          frame={frame}
          id="resend"
          title={copy.resend.title(person.name)}
          happens={copy.resend.happens(person.email)}
          stays={copy.resend.stays}
          action={paths.personConfirmation(person.id)}
          hidden={{ requestKey: props.requestKey }}
          submit={copy.resend.submit}
          state={props.refused}
        />
      ) : null}
    </Shell>
  );
}
