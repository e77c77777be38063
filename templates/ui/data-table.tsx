import type { ComponentChildren, VNode } from 'preact';
import { Icon } from './icon.tsx';
import { withQuery } from '../paths.ts';
import type { Query } from '../paths.ts';

export interface Column<Row> {
  title: string;
  render: (row: Row) => ComponentChildren;
  /** Sort key understood by the page; makes the heading a link. */
  sort?: string;
  right?: boolean;
  /** `label` shows the heading beside the value on a phone, `hide` leaves it out there. */
  phone?: 'label' | 'hide';
  /** Its values are words of a fixed list, which never break. */
  whole?: boolean;
  /** Left out on middle widths. */
  minor?: boolean;
}

/** Rows that can be chosen: each sends its value under one name with the form around the table. */
export interface RowChoice<Row> {
  name: string;
  value: (row: Row) => string;
  /** "Choose Rivera Bakery". */
  label: (row: Row) => string;
}

interface DataTableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Where a row leads; the first column becomes the link. */
  rowHref?: (row: Row) => string;
  /** Address of the list and what it was asked for; needed for sort links. `sort` holds "key" or "-key". */
  path?: string;
  query?: Query;
  /** The list's own order, where `sort` says none: "key" or "-key". */
  order?: string;
  select?: RowChoice<Row>;
}

function classOf<Row>(column: Column<Row>): string | undefined {
  const names = [
    column.right ? 'r' : '',
    column.minor ? 'minor' : '',
    column.phone === 'hide' ? 'ph' : '',
    column.whole ? 'whole' : '',
  ];
  return names.filter(Boolean).join(' ') || undefined;
}

function Heading<Row>(props: { column: Column<Row>; path?: string; query?: Query; order?: string }): VNode {
  const { column, path, query = {} } = props;
  if (!column.sort || path === undefined) {
    return (
      <th scope="col" class={classOf(column)}>
        {column.title}
      </th>
    );
  }
  const current = query['sort'] ?? props.order;
  const up = current === column.sort;
  const down = current === `-${column.sort}`;
  const next = up ? `-${column.sort}` : column.sort;
  return (
    <th scope="col" class={classOf(column)} aria-sort={up ? 'ascending' : down ? 'descending' : undefined}>
      <a href={withQuery(path, query, { sort: next, cursor: undefined })}>
        {column.title}
        <Icon name={up ? 'arrow-up' : down ? 'arrow-down' : 'arrows-sort'} />
      </a>
    </th>
  );
}

/** A list of things. Sticky heading, whole row clickable, j / k / enter by keyboard. */
export function DataTable<Row>(props: DataTableProps<Row>): VNode {
  const { columns, rows, rowHref, select } = props;
  return (
    <table class="bz-table" data-rows={rowHref ? '' : undefined}>
      <caption class="visually-hidden">{props.caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <Heading column={column} path={props.path} query={props.query} order={props.order} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {columns.map((column, index) => (
              <td class={classOf(column)} data-l={column.phone === 'label' ? column.title : undefined}>
                {index === 0 && select ? (
                  <input
                    class="form-check-input bz-pick"
                    type="checkbox"
                    name={select.name}
                    value={select.value(row)}
                    aria-label={select.label(row)}
                  />
                ) : null}
                {index === 0 && rowHref ? (
                  <a href={rowHref(row)}>{column.render(row)}</a>
                ) : (
                  column.render(row)
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
