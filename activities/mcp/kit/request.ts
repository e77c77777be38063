/** HTTP methods that tools use. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Plain = string | number | boolean;
/** Query parameters. Undefined members are left out; a list repeats its name. */
export type Query = Record<string, Plain | readonly Plain[] | undefined>;

/** One request of a tool to its vendor. */
export interface VendorRequest {
  /** Appended to the base URL. Insert values with the tag `path`, which encodes them. */
  path?: string;
  /** Path and query below the vendor's host, instead of `path` and `query`. */
  address?: string | undefined;
  query?: Query | undefined;
  /** Sent as JSON, or as a form where the vendor's profile or `form` says so. Undefined members are left out. */
  body?: Record<string, unknown> | readonly unknown[] | undefined;
  form?: boolean;
  /** Bytes sent as they are. */
  raw?: { content: Buffer; type: string };
  headers?: Record<string, string>;
  /** Another base URL of the same vendor. */
  base?: string;
  /** Safe to repeat although its method isn't (a search by POST, an upsert). */
  repeatable?: boolean;
}

/** A vendor's response; header names are lower-case, the body is parsed where it is JSON. */
export interface Reply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}
