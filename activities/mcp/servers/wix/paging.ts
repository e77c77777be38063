import { at, type Paging } from '../../kit/paging.ts';

/** Queries with an offset: filter, order and page are members of one object. Without a total, a full page means more. */
export function queryPages(items: string, query: Record<string, unknown>, total?: string): Paging {
  const startOf = (mark: string | null) => Number(mark ?? 0);
  return {
    ask: ({ mark, limit }) => ({
      body: { query: { ...query, paging: { limit, offset: startOf(mark) } } },
    }),
    items: (reply) => at(reply.body, items),
    next(reply, { mark, limit }, found) {
      const after = startOf(mark) + found.length;
      const all = total ? at(reply.body, total) : undefined;
      const more = typeof all === 'number' ? after < all : found.length >= limit;
      return more && found.length > 0 ? String(after) : null;
    },
  };
}

/** Searches with a cursor, which remembers filter and order of the first page. */
export function searchPages(items: string, search: Record<string, unknown>): Paging {
  return {
    ask: ({ mark, limit }) => ({
      body: {
        search:
          mark === null ? { ...search, cursorPaging: { limit } } : { cursorPaging: { limit, cursor: mark } },
      },
    }),
    items: (reply) => at(reply.body, items),
    next(reply) {
      const cursor = at(reply.body, 'metadata.cursors.next');
      return typeof cursor === 'string' && cursor !== '' ? cursor : null;
    },
  };
}
