import type { VNode } from 'preact';
import { countedTo } from '../../db/domain/common.ts';
import { type Query, withQuery } from '../paths.ts';
import { LinkButton } from './button.tsx';
import { Count } from './money.tsx';

/** How many a list holds, beside its title; nothing where it was not counted. */
export function ListCount(props: { total: number | undefined }): VNode | null {
  const { total } = props;
  if (total === undefined) return null;
  return (
    <span class="bz-head-count">
      <Count value={Math.min(total, countedTo)} />
      {total > countedTo ? '+' : ''}
    </span>
  );
}

/** Takes the whole list out as a CSV file, with its filters and in its order. */
export function ExportButton(props: { path: string; query?: Query; small?: boolean }): VNode {
  const { path, query = {}, small } = props;
  return (
    <LinkButton href={withQuery(path, query, { cursor: undefined })} icon="download" download small={small}>
      Export CSV
    </LinkButton>
  );
}
