import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { Credentials } from './credentials.ts';
import type { Problem } from './errors.ts';
import type { Paging } from './paging.ts';
import type { Method, Reply, VendorRequest } from './request.ts';

/** How one vendor's HTTP API behaves. */
export interface ApiProfile {
  baseUrl: string | ((credentials: Credentials) => string);
  /** The person who connects names the host (their own site), so it must not lead into private networks. */
  hostOfTenant?: true;
  headers?: Record<string, string> | ((credentials: Credentials) => Record<string, string>);
  /** Encoding of request bodies; JSON by default. */
  bodies?: 'json' | 'form';
  /** Where the vendor takes an idempotency key for writes; without it, a lost response leaves the outcome unknown. */
  idempotency?: { header: string; methods?: readonly Method[] } | { query: string };
  /** The problem a response reports; null when there is none. Also for vendors that report errors with status 200. */
  problemOf(reply: Reply): Problem | null;
  /** Header that holds the vendor's id of the request. */
  requestId?: string;
}

/** Sends a request and parses the response with `answer`, which lists only the members the tool needs. */
export type Ask = <A extends z.ZodType>(
  path: string,
  answer: A,
  request?: VendorRequest,
) => Promise<z.output<A>>;

/** What a tool works with: the vendor's API with the tenant's credentials, for one call. */
export interface VendorApi {
  /** Idempotency key of this call: the same for every attempt. */
  key: string;
  /** Fields of the credential form that aren't secret (account, site, region). */
  account: Credentials;
  signal: AbortSignal;
  get: Ask;
  post: Ask;
  put: Ask;
  patch: Ask;
  delete: Ask;
  /** For what the other methods don't return: headers, bytes, statuses. */
  send(method: Method, request: VendorRequest): Promise<Reply>;
  /** One page of a list; by GET by default. */
  list<Item extends z.ZodType>(
    path: string,
    item: Item,
    paging: Paging,
    asked: { limit: number; cursor?: string | undefined },
    request?: VendorRequest & { method?: Method },
  ): Promise<{ items: z.output<Item>[]; next_cursor: string | null }>;
  /**
   * A write for vendors without idempotency keys: looks for what an earlier attempt created (by a name, number or mark
   * that holds `key`), and creates it only when it isn't there.
   */
  createOnce<T>(steps: { find(): Promise<T | null>; create(): Promise<T> }): Promise<T>;
  /** Rejects a field with a message before the vendor is called; `field` is the tool's name for it. */
  refuse(field: string, message: string): never;
}

/** Fills encoded values into a path, so that none can lead elsewhere: path`/v1/invoices/${id}/pay`. */
export function path(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  return parts.reduce((text, part, i) => {
    const value = String(values[i - 1]);
    if (value === '' || value === '.' || value === '..') {
      throw new RangeError(`"${value}" cannot be part of an address`);
    }
    return `${text}${encodeURIComponent(value)}${part}`;
  });
}

/**
 * A tenant's name within the vendor's domain (company, data centre), as one label of a host name, so that it can't lead
 * elsewhere.
 */
export function hostLabel(value: string | undefined, what: string): string {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(value ?? '')) {
    throw new RangeError(`"${value ?? ''}" is no ${what}.`);
  }
  return value!.toLowerCase();
}

/** A name that also identifies the call that gave it, short enough for people: "Offer November #1f3a9c02". */
export function markedName(name: string, { key }: Pick<VendorApi, 'key'>): string {
  return `${name} #${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;
}
