import { onboardingTitles } from '../../../db/domain/onboarding/steps.ts';
import type { VNode } from 'preact';
import type { Money as MoneyValue } from '../../../db/domain/money.ts';
import type { SavedView } from '../../../db/domain/tenants/saved-view.ts';
import { tenantStatuses } from '../../../db/domain/tenants/tenant.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import type { Option } from '../../ui/inputs.tsx';
import { ExportButton, ListCount } from '../../ui/list-head.tsx';
import { Count, Money } from '../../ui/money.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { paths } from '../../paths.ts';
import type { Query } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { statusOf } from '../../ui/status.ts';
import { Duration, Time } from '../../ui/time.tsx';
import type { HelpedStep } from '../onboarding/help.tsx';
import { DialogButton } from '../../ui/button.tsx';
import { inviteClientCopy, listCopy, tenantsCopy } from './copy.ts';
import { InviteClientDialog } from './invite-client.tsx';
import { type RefusedView, SavedViews } from '../../shared/saved-views.tsx';
import { BulkAllButton, BulkSelection } from '../runs/bulk/selection.tsx';

/** Filter choices in whole days: setups that have been at the same step that long. */
export const stuckDays = ['1', '3', '7', '14'] as const;

export interface TenantRow {
  id: string;
  name: string;
  planTitle: string | null;
  status: (typeof tenantStatuses)[number];
  /** Current step of the setup; null once it has ended. */
  onboardingStep: HelpedStep | null;
  /** Since when it has been at that step; null once it has ended. */
  standingSince: string | null;
  /** Monthly recurring revenue; null before a plan was chosen. */
  mrr: MoneyValue | null;
  openProblems: number;
  users: number;
  lastActivityAt: string;
}

export interface TenantsPageProps {
  frame: PageContext;
  rows: readonly TenantRow[];
  /** q, status, plan, step, stuck (days), sort (name, mrr, problems, activity; "-" in front reverses it), cursor. */
  query: Query;
  plans: readonly Option[];
  nextCursor: string | null;
  /** The viewer's saved views. */
  views: readonly SavedView[];
  /** Whether the viewer may help tenants with their setup: rows can then be selected. */
  mayHelp: boolean;
  /** The sign-up link of the viewer's partner; null where there is none. */
  signUpLink: string | null;
  /** After a rejected name of a view. */
  refused?: RefusedView;
  /** Of the whole list with these filters; left out when it was not counted. */
  total?: number;
}

function SetupStep(row: TenantRow): VNode {
  if (!row.onboardingStep)
    return <span class="bz-muted">{row.status === 'live' ? listCopy.finished : '–'}</span>;
  return (
    <>
      {onboardingTitles[row.onboardingStep]}
      {row.standingSince ? (
        <span class="bz-muted">
          {' '}
          {listCopy.heldFor} <Duration since={row.standingSince} />
        </span>
      ) : null}
    </>
  );
}

const columns: readonly Column<TenantRow>[] = [
  { title: listCopy.name, sort: 'name', render: (row) => row.name },
  { title: listCopy.state, render: (row) => <StatusBadge kind="tenant" state={row.status} /> },
  {
    title: listCopy.plan,
    render: (row) => row.planTitle ?? <span class="bz-muted">{listCopy.noneYet}</span>,
  },
  {
    title: listCopy.step,
    minor: true,
    phone: 'label',
    render: SetupStep,
  },
  {
    title: listCopy.mrr,
    sort: 'mrr',
    right: true,
    phone: 'label',
    render: (row) => (row.mrr ? <Money value={row.mrr} /> : '–'),
  },
  {
    title: listCopy.problems,
    sort: 'problems',
    right: true,
    phone: 'label',
    render: (row) => (row.openProblems > 0 ? <strong class="bz-bad">{row.openProblems}</strong> : '0'),
  },
  {
    title: listCopy.people,
    right: true,
    minor: true,
    phone: 'hide',
    render: (row) => <Count value={row.users} />,
  },
  {
    title: listCopy.lastActivity,
    sort: 'activity',
    right: true,
    render: (row) => <Time at={row.lastActivityAt} />,
  },
];

function Selectable(props: { enabled: boolean; children: VNode }): VNode {
  if (!props.enabled) return props.children;
  return (
    <BulkSelection subject="tenants" operations={['tenants.remind', 'tenants.extend']}>
      {props.children}
    </BulkSelection>
  );
}

/** GET /admin/tenants */
export function TenantsPage(props: TenantsPageProps): VNode {
  const { frame, query, rows } = props;
  const path = paths.tenants;
  const isPartner = frame.viewer?.isPartner ?? false;
  const copy = tenantsCopy[isPartner ? 'partner' : 'platform'];
  const invite = (
    <DialogButton dialog="invite-client" look="primary" icon="user-plus">
      {inviteClientCopy.open}
    </DialogButton>
  );
  const filtered = ['q', 'status', 'plan', 'step', 'stuck'].some((name) => query[name]);
  return (
    <Shell frame={frame} title={copy.title} wide>
      <PageHeader
        title={copy.title}
        mark={<ListCount total={props.total} />}
        purpose={copy.purpose}
        action={
          <>
            {props.mayHelp && rows.length > 0 ? (
              <BulkAllButton operation="tenants.remind" query={query} />
            ) : null}
            <ExportButton path={paths.tenantsCsv} query={query} />
            {isPartner ? invite : null}
          </>
        }
      />
      <SavedViews
        frame={frame}
        path={path}
        all={listCopy.allViews}
        views={props.views}
        query={query}
        refused={props.refused}
      />
      <FilterBar
        path={path}
        query={query}
        search={listCopy.search}
        filters={[
          {
            name: 'status',
            label: listCopy.state,
            options: tenantStatuses.map((status) => ({
              value: status,
              label: statusOf('tenant', status).word,
            })),
          },
          { name: 'plan', label: listCopy.plan, options: props.plans },
          {
            name: 'step',
            label: listCopy.step,
            options: Object.entries(onboardingTitles).map(([value, label]) => ({ value, label })),
          },
          {
            name: 'stuck',
            label: listCopy.stuckFor,
            options: stuckDays.map((days) => ({
              value: days,
              label: listCopy.daysOrMore(days),
            })),
          },
        ]}
      />
      {rows.length > 0 ? (
        <Selectable enabled={props.mayHelp}>
          <DataTable
            caption={copy.title}
            columns={columns}
            rows={rows}
            rowHref={(row) => paths.tenant(row.id)}
            path={path}
            query={query}
            select={
              props.mayHelp
                ? { name: 'items', value: (row) => row.id, label: (row) => listCopy.select(row.name) }
                : undefined
            }
          />
        </Selectable>
      ) : filtered ? (
        <NoMatch clearHref={path} what={copy.noMatch} />
      ) : (
        <EmptyState
          icon="building-store"
          {...copy.empty}
          action={
            isPartner ? (
              invite
            ) : (
              <a class="btn" href={paths.signUp}>
                {listCopy.openSignUp}
              </a>
            )
          }
        />
      )}
      <Pager path={path} query={query} nextCursor={props.nextCursor} />
      {isPartner ? <InviteClientDialog frame={frame} link={props.signUpLink} /> : null}
    </Shell>
  );
}
