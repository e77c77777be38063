import type { VNode } from 'preact';
import { Icon } from './icon.tsx';
import { withQuery } from '../paths.ts';
import type { Query } from '../paths.ts';

/** Paging by cursor: forward to older ones, and back to the newest. Nothing when one page holds all. */
export function Pager(props: { path: string; query: Query; nextCursor: string | null }): VNode | null {
  const onLaterPage = Boolean(props.query['cursor']);
  if (!props.nextCursor && !onLaterPage) return null;
  return (
    <nav class="bz-pager" aria-label="Pages">
      {onLaterPage ? (
        <a class="btn btn-sm" href={withQuery(props.path, props.query, { cursor: undefined })}>
          <Icon name="arrow-left" />
          First page
        </a>
      ) : (
        <span />
      )}
      {props.nextCursor ? (
        <a
          class="btn btn-sm"
          rel="next"
          href={withQuery(props.path, props.query, { cursor: props.nextCursor })}
        >
          Older
          <Icon name="arrow-right" />
        </a>
      ) : (
        <span class="bz-muted">End of list</span>
      )}
    </nav>
  );
}
