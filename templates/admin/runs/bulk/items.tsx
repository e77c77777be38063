import type { VNode } from 'preact';
import {
  type BulkItemState,
  bulkItemStates,
  type BulkSubject,
} from '../../../../db/domain/runs/bulk-operation.ts';
import type { Query } from '../../../paths.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { NoMatch } from '../../../ui/empty-state.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { Pager } from '../../../ui/pager.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { bulkCopy as copy, causeText, subjectCopy } from './copy.ts';
import { hrefOfItem } from './hrefs.ts';

export interface BulkItemRow {
  id: string;
  /** Null for what is out of the viewer's reach. */
  name: string | null;
  state: BulkItemState;
  /** A code of the error table. */
  code: string | null;
  attempts: number;
  changedAt: string;
}

export interface BulkItemsProps {
  subject: BulkSubject;
  /** Address of the operation. */
  path: string;
  rows: readonly BulkItemRow[];
  /** state, code, cursor. */
  query: Query;
  nextCursor: string | null;
}

/** The items of an operation, each with its result. */
export function BulkItems({ subject, path, rows, query, nextCursor }: BulkItemsProps): VNode {
  const { code } = query;
  return (
    <>
      <FilterBar
        path={path}
        query={query}
        filters={[
          {
            name: 'state',
            label: copy.result,
            options: bulkItemStates.map((state) => ({ value: state, label: copy.counts[state] })),
          },
          ...(code
            ? [{ name: 'code', label: copy.cause, options: [{ value: code, label: causeText(code) }] }]
            : []),
        ]}
      />
      {rows.length > 0 ? (
        <DataTable
          caption={copy.itemsCaption}
          rows={rows}
          columns={[
            {
              title: subjectCopy[subject].item,
              render: ({ id, name }) => (name === null ? id : <a href={hrefOfItem(subject, id)}>{name}</a>),
            },
            {
              title: copy.result,
              render: ({ state, code: why }) => (
                <>
                  <StatusBadge kind="bulkItem" state={state} />
                  {why === null ? null : <p class="bz-muted">{causeText(why)}</p>}
                </>
              ),
            },
            { title: copy.attempts, right: true, phone: 'label', render: ({ attempts }) => attempts || '–' },
            {
              title: copy.changed,
              right: true,
              phone: 'label',
              render: (row) => <Time at={row.changedAt} />,
            },
          ]}
        />
      ) : (
        <NoMatch clearHref={path} what={copy.noMatch} />
      )}
      <Pager path={path} query={query} nextCursor={nextCursor} />
    </>
  );
}
