import type { VNode } from 'preact';
import type { DunningDifference } from '../../../../db/domain/billing/dunning/compare.ts';
import type { DunningKind, DunningOutcome } from '../../../../db/domain/billing/dunning/state.ts';
import type { DeclineClass } from '../../../../db/domain/billing/payments.ts';
import type { AccessLevel } from '../../../../db/domain/billing/subscriptions.ts';
import type { Money as MoneyValue } from '../../../../db/domain/money.ts';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths, type Query, withQuery } from '../../../paths.ts';
import { LinkButton } from '../../../ui/button.tsx';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Money } from '../../../ui/money.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Pager } from '../../../ui/pager.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { Time } from '../../../ui/time.tsx';
import {
  accessTexts,
  declineTexts,
  differenceTexts,
  dunningCopy as copy,
  kindTexts,
  outcomeTexts,
} from './copy.ts';

export interface CaseRow {
  id: string;
  tenant: { id: string; name: string };
  invoice: string;
  due: MoneyValue;
  cause: DeclineClass;
  access: AccessLevel;
  startedAt: string;
  next: { kind: DunningKind; at: string } | null;
  outcome: DunningOutcome | null;
  asPreviewed: boolean | null;
  difference: DunningDifference['code'] | null;
}

export interface CasesPageProps {
  frame: PageContext;
  rows: readonly CaseRow[];
  ended: boolean;
  query: Query;
  nextCursor: string | null;
}

/** "As previewed", or what was otherwise. */
export const verdictOf = ({
  asPreviewed,
  difference,
}: Pick<CaseRow, 'asPreviewed' | 'difference'>): string =>
  asPreviewed ? copy.asPreviewed : difference ? differenceTexts[difference] : '–';

const { columns: words } = copy;
const shared: readonly Column<CaseRow>[] = [
  { title: words.tenant, render: ({ tenant }) => tenant.name },
  { title: words.invoice, phone: 'label', render: ({ invoice }) => invoice },
  { title: words.amount, right: true, render: ({ due }) => <Money value={due} /> },
  { title: words.cause, phone: 'label', render: ({ cause }) => declineTexts[cause] },
];
const openColumns: readonly Column<CaseRow>[] = [
  ...shared,
  { title: words.access, phone: 'label', render: ({ access }) => accessTexts[access] },
  { title: words.next, phone: 'label', render: ({ next }) => (next ? kindTexts[next.kind] : '–') },
  {
    title: words.at,
    right: true,
    phone: 'label',
    render: ({ next }) => (next ? <Time at={next.at} /> : '–'),
  },
];
const endedColumns: readonly Column<CaseRow>[] = [
  ...shared,
  { title: words.outcome, phone: 'label', render: ({ outcome }) => (outcome ? outcomeTexts[outcome] : '–') },
  { title: words.preview, phone: 'label', render: verdictOf },
  { title: words.started, right: true, phone: 'label', render: ({ startedAt }) => <Time at={startedAt} /> },
];

/** GET /admin/dunning */
export function CasesPage({ frame, rows, ended, query, nextCursor }: CasesPageProps): VNode {
  return (
    <Shell frame={frame} title={copy.title} wide>
      <PageHeader
        title={copy.title}
        purpose={copy.purpose}
        action={<LinkButton href={paths.dunningPolicies}>{copy.policies}</LinkButton>}
      />
      <Tabs
        label={copy.title}
        current={ended ? 'ended' : 'open'}
        tabs={[
          { key: 'open', title: copy.open, href: paths.dunning },
          { key: 'ended', title: copy.ended, href: withQuery(paths.dunning, { state: 'ended' }) },
        ]}
      />
      {rows.length > 0 ? (
        <DataTable
          caption={copy.title}
          columns={ended ? endedColumns : openColumns}
          rows={rows}
          rowHref={({ tenant }) => withQuery(paths.tenant(tenant.id), { tab: 'dunning' })}
        />
      ) : (
        <EmptyState icon="receipt" {...(ended ? copy.emptyEnded : copy.empty)} />
      )}
      <Pager path={paths.dunning} query={query} nextCursor={nextCursor} />
    </Shell>
  );
}
