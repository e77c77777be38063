import * as z from 'zod';
import { at, type Paging } from '../../kit/paging.ts';

/** An encoded value of a Rest.li query, where brackets, colons and commas are syntax. */
export function value(plain: string): string {
  return encodeURIComponent(plain).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export const urn = (kind: string, id: string) => `urn:li:${kind}:${id}`;
export const list = (values: readonly string[]) => `List(${values.map(value).join(',')})`;

/** The number at the end of an urn. */
export const numberOf = (from: string) => from.slice(from.lastIndexOf(':') + 1);

/** "2026-10-01" as Rest.li writes days. */
export function day(date: string): string {
  const [year, month, dayOfMonth] = date.split('-').map(Number);
  return `(year:${year},month:${month},day:${dayOfMonth})`;
}

/** A path whose parameters are in Rest.li syntax, so they must not be encoded again. */
export function address(path: string, parameters: Record<string, string | number | undefined>): string {
  const pairs = Object.entries(parameters).filter(([, one]) => one !== undefined);
  return `/rest${path}?${pairs.map(([name, one]) => `${name}=${one}`).join('&')}`;
}

type Parameters = Record<string, string | number | undefined>;

/** Pages by token (ads). */
export function byPageToken(path: string, parameters: Parameters): Paging {
  return {
    ask: ({ mark, limit }) => ({
      address: address(path, {
        ...parameters,
        pageSize: limit,
        pageToken: mark === null ? undefined : value(mark),
      }),
    }),
    items: (reply) => at(reply.body, 'elements'),
    next(reply) {
      const token = at(reply.body, 'metadata.nextPageToken');
      return typeof token === 'string' && token !== '' ? token : null;
    },
  };
}

/** Pages by start and count (organisations, leads). A cursor that isn't a number starts at the first page. */
export function byStart(path: string, parameters: Parameters): Paging {
  const start = (mark: string | null) => Math.max(0, Math.trunc(Number(mark)) || 0);
  return {
    ask: ({ mark, limit }) => ({
      address: address(path, { ...parameters, start: start(mark), count: limit }),
    }),
    items: (reply) => at(reply.body, 'elements'),
    next(reply, { mark, limit }, items) {
      const total = at(reply.body, 'paging.total');
      const after = start(mark) + items.length;
      const more = typeof total === 'number' ? after < total : items.length >= limit;
      return more && items.length > 0 ? String(after) : null;
    },
  };
}

const id = (what: string) => z.string().regex(/^\d{1,20}$/, `Use the number of ${what}`);
export const accountId = id('an ad account');
export const campaignId = id('a campaign');
export const pageId = id('a company page');
