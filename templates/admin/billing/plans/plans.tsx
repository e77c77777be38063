import type { VNode } from 'preact';
import type { Money as MoneyValue } from '../../../../db/domain/money.ts';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths } from '../../../paths.ts';
import { LinkButton } from '../../../ui/button.tsx';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Count, Money } from '../../../ui/money.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { plansCopy as copy } from './copy.ts';

export interface PlanRow {
  key: string;
  title: string;
  isOffered: boolean;
  /** In the currency of the price list; null where it isn’t sold that way. */
  monthly: MoneyValue | null;
  yearly: MoneyValue | null;
  version: number;
  subscriptions: number;
}

const amount = (value: MoneyValue | null) => (value ? <Money value={value} /> : '–');

const columns: readonly Column<PlanRow>[] = [
  { title: copy.plan, render: (row) => row.title },
  {
    title: copy.state,
    render: (row) => <StatusBadge kind="plan" state={row.isOffered ? 'offered' : 'withdrawn'} />,
  },
  { title: copy.monthly, right: true, phone: 'label', render: (row) => amount(row.monthly) },
  { title: copy.yearly, right: true, phone: 'label', render: (row) => amount(row.yearly) },
  { title: copy.version, right: true, phone: 'label', render: (row) => row.version },
  {
    title: copy.subscriptions,
    right: true,
    phone: 'label',
    render: (row) => <Count value={row.subscriptions} />,
  },
];

/** GET /admin/plans */
export function PlansPage(props: {
  frame: PageContext;
  rows: readonly PlanRow[];
  mayManage: boolean;
}): VNode {
  const { frame, rows, mayManage } = props;
  const create = mayManage ? (
    <LinkButton href={paths.newPlan} look="primary" icon="plus">
      {copy.newPlan}
    </LinkButton>
  ) : undefined;
  return (
    <Shell frame={frame} title={copy.title} wide>
      <PageHeader title={copy.title} purpose={copy.purpose} action={create} />
      {rows.length > 0 ? (
        <DataTable
          caption={copy.title}
          columns={columns}
          rows={rows}
          rowHref={({ key }) => paths.adminPlan(key)}
        />
      ) : (
        <EmptyState icon="receipt" {...copy.empty} action={create} />
      )}
    </Shell>
  );
}
