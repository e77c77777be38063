import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { Credentials } from './credentials.ts';
import type { Problem } from './errors.ts';
import type { Paging } from './paging.ts';
import type { Method, Reply, VendorRequest } from './request.ts';

/** How one vendor's HTTP API behaves. */
export interface ApiProfile {
  baseUrl: string | ((credentials: Credentials) => string);
  /** The person who connects names the host (an own site), so it may not lead into private networks. */
  hostOfTenant?: true;
  headers?: Record<string, string> | ((credentials: Credentials) => Record<string, string>);
  /** How bodies are written; JSON unless said otherwise. */
  bodies?: 'json' | 'form';
  /** Where the vendor takes an idempotency key for writes; without it, a lost answer leaves the outcome unknown. */
  idempotency?: { header: string; methods?: readonly Method[] } | { query: string };
  /** What is wrong, by this answer; null when nothing is. Also for vendors who say no with status 200. */
  problemOf(reply: Reply): Problem | null;
  /** Header that holds the vendor's id of the request. */
  requestId?: string;
}

/** Asks at a path and reads the answer: checked by `answer`, which names only what the tool needs. */
export type Ask = <A extends z.ZodType>(
  path: string,
  answer: A,
  request?: VendorRequest,
) => Promise<z.output<A>>;

/** What a tool does its work with: the vendor, with the tenant's credentials, for one call. */
export interface VendorApi {
  /** Key of this call: the same for every try of it. */
  key: string;
  /** Fields of the credential form that are no secrets (account, site, region). */
  account: Credentials;
  signal: AbortSignal;
  get: Ask;
  post: Ask;
  put: Ask;
  patch: Ask;
  delete: Ask;
  /** For what the others do not give: headers, bytes, statuses. */
  send(method: Method, request: VendorRequest): Promise<Reply>;
  /** One page of a list; by GET unless said otherwise. */
  list<Item extends z.ZodType>(
    path: string,
    item: Item,
    paging: Paging,
    asked: { limit: number; cursor?: string | undefined },
    request?: VendorRequest & { method?: Method },
  ): Promise<{ items: z.output<Item>[]; next_cursor: string | null }>;
  /**
   * A write for vendors without idempotency keys: looks for what an earlier try made (by a name, number or mark that
   * holds `key`), and makes it only when it is not there.
   */
  createOnce<T>(steps: { find(): Promise<T | null>; create(): Promise<T> }): Promise<T>;
  /** Says no before the vendor is asked: the message of the field, by the tool's name of it. */
  refuse(field: string, message: string): never;
}

/** Fills values into a path, each encoded, none able to lead elsewhere: path`/v1/invoices/${id}/pay`. */
export function path(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  return parts.reduce((text, part, i) => {
    const value = String(values[i - 1]);
    if (value === '' || value === '.' || value === '..') {
      throw new RangeError(`"${value}" cannot be part of an address`);
    }
    return `${text}${encodeURIComponent(value)}${part}`;
  });
}

/** A tenant's name within the vendor's domain (company, data centre), as one label of a host: it leads nowhere else. */
export function hostLabel(value: string | undefined, what: string): string {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(value ?? '')) {
    throw new RangeError(`"${value ?? ''}" is no ${what}.`);
  }
  return value!.toLowerCase();
}

/** A name that also tells by which call it was given, short enough for people: "Offer November #1f3a9c02". */
export function markedName(name: string, { key }: Pick<VendorApi, 'key'>): string {
  return `${name} #${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;
}
