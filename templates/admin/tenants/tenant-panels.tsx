import type { VNode } from 'preact';
import { eventActions } from '../../../db/domain/event.ts';
import type { EventAction } from '../../../db/domain/event.ts';
import type { PageContext } from '../../page-context.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card } from '../../ui/card.tsx';
import { Pager } from '../../ui/pager.tsx';
import { paths } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Time } from '../../ui/time.tsx';
import { Timeline } from '../../ui/timeline.tsx';
import { invoiceColumns } from '../billing/invoices.tsx';
import type { AdminInvoiceRow } from '../billing/invoices.tsx';
import { type TenantConnection, TenantConnections } from './tenant-connections.tsx';
import { TenantOnboardingPanel } from './tenant-onboarding.tsx';
import type { TenantOnboarding } from './tenant-onboarding.tsx';

export interface TenantPerson {
  name: string;
  email: string;
  roleTitle: string;
  status: StateOf<'person'>;
  lastSignInAt: string | null;
}

export interface TenantTimelineItem {
  at: string;
  action: EventAction;
  who: string;
  /** "Step: Website". */
  text?: string;
  outcome: StateOf<'outcome'>;
}

export type TenantTab =
  | { key: 'overview'; recent: readonly TenantTimelineItem[] }
  | { key: 'onboarding'; onboarding: TenantOnboarding }
  | { key: 'people'; people: readonly TenantPerson[] }
  | { key: 'connections'; connections: readonly TenantConnection[]; mayTest: boolean }
  | { key: 'invoices'; invoices: readonly AdminInvoiceRow[]; nextCursor: string | null; cursor?: string }
  | { key: 'timeline'; items: readonly TenantTimelineItem[]; nextCursor: string | null; cursor?: string };

function Happened(props: { items: readonly TenantTimelineItem[] }): VNode {
  return (
    <Timeline
      label="What happened, newest first"
      items={props.items.map((item) => ({
        at: item.at,
        title: eventActions[item.action],
        text: [item.who, item.text].filter(Boolean).join(' · '),
        tone: item.outcome === 'success' ? 'idle' : item.outcome === 'failure' ? 'failed' : 'attention',
      }))}
    />
  );
}

function People(props: { people: readonly TenantPerson[] }): VNode {
  return (
    <DataTable
      caption="People"
      rows={props.people}
      columns={[
        { title: 'Name', render: (person) => <strong>{person.name}</strong> },
        { title: 'E-mail', render: (person) => person.email },
        { title: 'Role', render: (person) => person.roleTitle },
        { title: 'State', render: (person) => <StatusBadge kind="person" state={person.status} /> },
        {
          title: 'Last sign-in',
          right: true,
          phone: 'label',
          render: (person) => (person.lastSignInAt ? <Time at={person.lastSignInAt} /> : 'Never'),
        },
      ]}
    />
  );
}

/** The open tab of a tenant's page. */
export function TenantPanel(props: {
  frame: PageContext;
  tenant: { id: string; name: string };
  tab: TenantTab;
}): VNode | null {
  const { tab, tenant } = props;
  const path = paths.tenant(tenant.id);
  switch (tab.key) {
    case 'overview':
      return tab.recent.length > 0 ? (
        <Card title="Lately">
          <Happened items={tab.recent} />
        </Card>
      ) : null;
    case 'onboarding':
      return <TenantOnboardingPanel frame={props.frame} tenant={tenant} onboarding={tab.onboarding} />;
    case 'people':
      return <People people={tab.people} />;
    case 'connections':
      return (
        <TenantConnections
          frame={props.frame}
          tenantId={tenant.id}
          connections={tab.connections}
          mayTest={tab.mayTest}
        />
      );
    case 'invoices':
      if (tab.invoices.length === 0) {
        return (
          <EmptyState
            icon="file-invoice"
            title="No invoices yet"
            text="The first is issued when the trial ends."
          />
        );
      }
      return (
        <>
          <DataTable
            caption="Invoices"
            rows={tab.invoices}
            columns={invoiceColumns.filter((column) => column.title !== 'Tenant')}
          />
          <Pager path={path} query={{ tab: 'invoices', cursor: tab.cursor }} nextCursor={tab.nextCursor} />
        </>
      );
    case 'timeline':
      if (tab.items.length === 0) return <EmptyState icon="history" title="Nothing has happened yet" />;
      return (
        <>
          <Card>
            <Happened items={tab.items} />
          </Card>
          <Pager path={path} query={{ tab: 'timeline', cursor: tab.cursor }} nextCursor={tab.nextCursor} />
        </>
      );
  }
}
