import * as z from 'zod';
import type { Reply, VendorRequest } from './request.ts';

/** Input fields of every tool that lists; `max` is the vendor's largest page. */
export function pageInput(max: number, size = Math.min(25, max)) {
  return {
    limit: z.int().min(1).max(max).default(size).describe('How many items at most'),
    cursor: z.string().min(1).max(4_000).optional().describe('next_cursor of the page before'),
  };
}

/** Output of every tool that lists. */
export function pageOutput<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next_cursor: z.string().nullable().describe('Give it back as cursor for the next page; null at the end'),
  });
}

/** Where a page starts and how long it is. */
export interface Asked {
  /** What `next` returned for the previous page; null for the first. */
  mark: string | null;
  limit: number;
}

/** How a vendor pages its lists. */
export interface Paging {
  /** The parts of the request that ask for this page. */
  ask(asked: Asked): Pick<VendorRequest, 'query' | 'body' | 'address'>;
  items(reply: Reply): unknown;
  /** The mark of the next page; null after the last. */
  next(reply: Reply, asked: Asked, items: readonly unknown[]): string | null;
}

/** Reads a dotted path ("data.items") from an answer. */
export function at(body: unknown, path: string): unknown {
  if (path === '') return body;
  let value = body;
  for (const key of path.split('.')) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;

/** The number a mark holds; throws for a made-up cursor. */
function numberOf(mark: string): number {
  if (!/^\d{1,15}$/.test(mark)) throw new RangeError('This cursor is not from this list.');
  return Number(mark);
}

/** Puts paging parameters into the query or the JSON body. */
function put(values: Record<string, string | number>, { inBody }: { inBody?: boolean }) {
  return inBody ? { body: values } : { query: values };
}

/** Token in, token out (Slack, Google, HubSpot, Notion, Zoom, Meta, Pipedrive v2). Paths are dotted. */
export function byToken(style: {
  items: string;
  /** Where the response holds the next token. */
  next: string;
  /** Parameter that takes the token. */
  param: string;
  limit?: string;
  /** Put into the JSON body instead of the query. */
  inBody?: boolean;
}): Paging {
  return {
    ask({ mark, limit }) {
      const asked = {
        ...(style.limit && { [style.limit]: limit }),
        ...(mark !== null && { [style.param]: mark }),
      };
      return put(asked, style);
    },
    items: (reply) => at(reply.body, style.items),
    next: (reply) => text(at(reply.body, style.next)),
  };
}

/** The id of the last item marks the next page (Stripe, Trello). Without `more`, a full page means more. */
export function byLastId(style: {
  items: string;
  param: string;
  limit: string;
  more?: string;
  id: string;
}): Paging {
  return {
    ask: ({ mark, limit }) => ({
      query: { [style.limit]: limit, ...(mark !== null && { [style.param]: mark }) },
    }),
    items: (reply) => at(reply.body, style.items),
    next(reply, asked, items) {
      const more = style.more ? at(reply.body, style.more) === true : items.length >= asked.limit;
      return more ? text(at(items.at(-1), style.id)) : null;
    },
  };
}

/** How many items to skip (Razorpay, Mailchimp, LinkedIn, Zapier). Without `total`, a full page means more. */
export function byOffset(style: {
  items: string;
  offset: string;
  limit: string;
  /** Where the response holds the total. */
  total?: string;
  /** First offset. */
  first?: number;
  inBody?: boolean;
}): Paging {
  const start = ({ mark }: Asked) => (mark === null ? (style.first ?? 0) : numberOf(mark));
  return {
    ask(asked) {
      const values = { [style.offset]: start(asked), [style.limit]: asked.limit };
      return put(values, style);
    },
    items: (reply) => at(reply.body, style.items),
    next(reply, asked, items) {
      const after = start(asked) + items.length;
      const total = style.total ? Number(at(reply.body, style.total)) : NaN;
      const more = Number.isFinite(total) ? after < total + (style.first ?? 0) : items.length >= asked.limit;
      return more && items.length > 0 ? String(after) : null;
    },
  };
}

/**
 * Numbered pages (Xero, PayPal, WordPress, FluentCRM). `pages` is where the response holds their number; without it, a
 * full page means more.
 */
export function byPage(style: {
  items: string;
  page: string;
  limit: string;
  pages?: (reply: Reply) => number | null;
  inBody?: boolean;
}): Paging {
  const number = ({ mark }: Asked) => (mark === null ? 1 : numberOf(mark));
  return {
    ask(asked) {
      const values = { [style.page]: number(asked), [style.limit]: asked.limit };
      return put(values, style);
    },
    items: (reply) => at(reply.body, style.items),
    next(reply, asked, items) {
      const pages = style.pages?.(reply) ?? null;
      const more = pages === null ? items.length >= asked.limit : number(asked) < pages;
      return more ? String(number(asked) + 1) : null;
    },
  };
}

/**
 * The response holds the URL of the next page (Salesforce, PostHog, GitHub's Link header). Only its path and query are
 * used, always at the vendor's own host.
 */
export function byAddress(style: {
  items: string;
  limit?: string;
  next: (reply: Reply) => string | null | undefined;
  /** Matches the pages of this list, so that a made-up cursor leads nowhere else. */
  within: RegExp;
}): Paging {
  return {
    ask({ mark, limit }) {
      if (mark === null) return { query: style.limit ? { [style.limit]: limit } : {} };
      if (!style.within.test(mark)) throw new RangeError('This cursor is not from this list.');
      return { address: mark };
    },
    items: (reply) => at(reply.body, style.items),
    next(reply) {
      const address = style.next(reply);
      if (!address) return null;
      const url = new URL(address, 'https://vendor.invalid');
      return url.pathname + url.search;
    },
  };
}

/** `rel="next"` of a Link header (RFC 8288). */
export function nextLink(reply: Reply): string | null {
  return /<([^>]+)>\s*;\s*rel="?next"?/.exec(reply.headers['link'] ?? '')?.[1] ?? null;
}

/** A mark as an opaque cursor, so that no caller depends on a vendor's format. */
export function sealCursor(mark: string | null): string | null {
  return mark === null ? null : Buffer.from(mark).toString('base64url');
}

export function openCursor(cursor: string | undefined): string | null {
  return cursor === undefined ? null : Buffer.from(cursor, 'base64url').toString();
}
