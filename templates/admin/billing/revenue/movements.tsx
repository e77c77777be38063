import type { VNode } from 'preact';
import { movementKinds, type MovementKind } from '../../../../db/domain/billing/revenue/movements.ts';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths, type Query } from '../../../paths.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { ExportButton } from '../../../ui/list-head.tsx';
import { Money } from '../../../ui/money.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Pager } from '../../../ui/pager.tsx';
import { TenantLink } from '../../../ui/tenant-link.tsx';
import { Moment } from '../../../ui/time.tsx';
import { revenueCopy as copy } from './copy.ts';

export interface MovementRow {
  id: string;
  tenant: { id: string; name: string };
  at: string;
  kind: MovementKind;
  amountMinor: number;
  afterMinor: number;
  currency: string;
  /** Of the event behind it in the audit log; null for what was there before the log told of it. */
  eventHref: string | null;
}

/** GET /admin/revenue/movements */
export function MovementsPage(props: {
  frame: PageContext;
  rows: readonly MovementRow[];
  query: Query;
  currencies: readonly string[];
  nextCursor: string | null;
}): VNode {
  const { query } = props;
  const option = (value: string) => ({ value, label: value });
  return (
    <Shell frame={props.frame} title={copy.movementsTitle} wide>
      <PageHeader
        crumbs={[{ title: copy.title, href: paths.revenue }]}
        title={copy.movementsTitle}
        purpose={copy.movementsPurpose}
        action={<ExportButton path={paths.movementsCsv} query={query} />}
      />
      <FilterBar
        path={paths.movements}
        query={query}
        filters={[
          { name: 'from', label: copy.from, type: 'date' },
          { name: 'to', label: copy.to, type: 'date' },
          {
            name: 'kind',
            label: copy.kind,
            options: movementKinds.map((value) => ({ value, label: copy.kinds[value] })),
          },
          { name: 'currency', label: copy.currency, options: props.currencies.map(option) },
        ]}
      />
      {props.rows.length === 0 ? (
        <EmptyState icon="chart-bar" {...copy.noMovements} />
      ) : (
        <DataTable
          caption={copy.movementsTitle}
          rows={props.rows}
          columns={[
            { title: copy.tenant, render: ({ tenant }) => <TenantLink tenant={tenant} /> },
            { title: copy.kind, render: ({ kind }) => copy.kinds[kind] },
            {
              title: copy.amount,
              right: true,
              phone: 'label',
              render: ({ amountMinor, currency }) => <Money value={{ amountMinor, currency }} />,
            },
            {
              title: copy.after,
              right: true,
              phone: 'label',
              render: ({ afterMinor, currency }) => <Money value={{ amountMinor: afterMinor, currency }} />,
            },
            { title: copy.when, right: true, phone: 'label', render: ({ at }) => <Moment at={at} /> },
            {
              title: copy.event,
              right: true,
              render: ({ eventHref }) => (eventHref ? <a href={eventHref}>{copy.openEvent}</a> : '–'),
            },
          ]}
        />
      )}
      <Pager path={paths.movements} query={query} nextCursor={props.nextCursor} />
    </Shell>
  );
}
