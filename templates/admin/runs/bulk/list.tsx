import type { VNode } from 'preact';
import { type BulkKey, bulkKeys, bulkOperations } from '../../../../db/domain/bulk.ts';
import {
  type BulkCounts,
  type BulkState,
  bulkStates,
  type BulkSubject,
} from '../../../../db/domain/runs/bulk-operation.ts';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths, type Query } from '../../../paths.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../../ui/empty-state.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { ListCount } from '../../../ui/list-head.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Pager } from '../../../ui/pager.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { statusOf } from '../../../ui/status.ts';
import { Time } from '../../../ui/time.tsx';
import { bulkCopy as copy, itemsText, operationWords } from './copy.ts';
import { BulkProgress } from './progress.tsx';

/** An operation as lists show it. */
export interface BulkRow {
  id: string;
  operation: BulkKey;
  parameters: Readonly<Record<string, string | number>>;
  state: BulkState;
  total: number;
  counts: BulkCounts;
  startedBy: string | null;
  startedAt: string;
}

export interface BulkListProps {
  frame: PageContext;
  rows: readonly BulkRow[];
  /** operation, state, cursor. */
  query: Query;
  nextCursor: string | null;
  total?: number;
}

export const titleOf = ({ operation, parameters, total }: Omit<BulkRow, 'state'>): string =>
  operationWords[operation].title(itemsText(subjectOf(operation), total), parameters);

export const subjectOf = (operation: BulkKey): BulkSubject => bulkOperations[operation].subject;

function Rows({ rows }: BulkListProps): VNode {
  return (
    <DataTable
      caption={copy.listCaption}
      rows={rows}
      rowHref={(row) => paths.bulkOperation(row.id)}
      columns={[
        { title: copy.operation, render: titleOf },
        { title: copy.state, render: (row) => <StatusBadge kind="bulk" state={row.state} /> },
        {
          title: copy.progress,
          phone: 'label',
          render: (row) => <BulkProgress total={row.total} counts={row.counts} />,
        },
        { title: copy.startedBy, phone: 'label', render: (row) => row.startedBy ?? copy.formerUser },
        { title: copy.startedAt, right: true, render: (row) => <Time at={row.startedAt} /> },
      ]}
    />
  );
}

/** GET /admin/bulk-operations */
export function BulkListPage(props: BulkListProps): VNode {
  const { frame, rows, query } = props;
  const path = paths.bulkOperations;
  return (
    <Shell frame={frame} title={copy.title} wide>
      <PageHeader title={copy.title} purpose={copy.purpose} mark={<ListCount total={props.total} />} />
      <FilterBar
        path={path}
        query={query}
        filters={[
          {
            name: 'operation',
            label: copy.operation,
            options: bulkKeys.map((key) => ({ value: key, label: operationWords[key].name })),
          },
          {
            name: 'state',
            label: copy.state,
            options: bulkStates.map((state) => ({ value: state, label: statusOf('bulk', state).word })),
          },
        ]}
      />
      {rows.length > 0 ? (
        <Rows {...props} />
      ) : query['operation'] || query['state'] ? (
        <NoMatch clearHref={path} what={copy.none} />
      ) : (
        <EmptyState icon="list-check" {...copy.empty} />
      )}
      <Pager path={path} query={query} nextCursor={props.nextCursor} />
    </Shell>
  );
}
