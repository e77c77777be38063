import type { Members, Shape } from './shapes.ts';

/** A request as it arrived. */
export interface Asked {
  method: string;
  /** As sent, still percent-encoded, without the query. */
  path: string;
  search: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string>;
  raw: Buffer;
}

/** What a contract says to a request. */
export interface Verdict {
  /** Null when there is no such route. */
  operation: string | null;
  /** Values of the path template, decoded. */
  params: Record<string, unknown>;
  /** Decoded to the types the contract gives them. */
  query: Record<string, unknown>;
  body: unknown;
  violations: string[];
}

export interface Recorded extends Asked, Verdict {
  /** Idempotency key, where the vendor takes one. */
  key: string | null;
}

export interface Answer {
  status: number;
  headers?: Record<string, string> | undefined;
  /** Sent as JSON; a string or a Buffer is sent as it is. */
  body?: unknown;
  /** The vendor says no with a status of success; nothing was done. */
  refused?: true;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** How the body of a request is written. */
export interface BodyForm {
  form: 'json' | 'form' | 'multipart' | 'bytes';
  /** Content types, without parameters. */
  types: readonly string[];
  shape: Shape;
}

/** A write that was done. */
export interface Effect {
  operation: string;
  key: string | null;
  request: Recorded;
  answer: Answer;
}

/** What the vendor has seen so far, for answers that depend on it. */
export interface Memory {
  effects(operation?: string): Effect[];
  /** A number that was not used before, for ids. */
  number(): number;
}

export type Answering = (request: Recorded, memory: Memory) => Answer;

export interface Operation {
  /** What the test calls it. */
  id: string;
  /**
   * Method and path from the host on: `{x}` stands for one segment (without a colon), `{x+}` for several. Constant
   * query parameters that tell routes apart follow: `POST /invoice?operation=void`.
   */
  route: `${Method} /${string}`;
  path?: Members;
  query?: Members;
  /** Beside those of the contract; the same name replaces it. */
  headers?: Members;
  /** Several where the vendor reads either. */
  body?: BodyForm | readonly BodyForm[];
  /** Changes nothing although its method says otherwise (a search by POST). */
  reads?: true;
  /** What makes two writes the same thing at the vendor's, without a key: an upsert by email, a PUT. */
  sameWhen?: (request: Recorded) => string;
  answer: Answer | Answering;
  /** Its operation in the vendor's description, where the route alone does not tell. */
  describedAs?: string;
  /** Why the vendor's description does not know it. */
  undescribed?: string;
}

/** A token endpoint (RFC 6749). */
export interface TokenEndpoint {
  route: `POST /${string}`;
  clientAuth: 'basic' | 'body';
  /** Grants it takes, each with the parameters it wants beside `grant_type` and the client's proof. */
  grants: Record<string, Members>;
  /** Whether a refresh makes the old refresh token void and gives a new one. */
  rotates: boolean;
  /** Parameters are read from the query (Zoom) or a JSON body instead of a form. */
  in?: 'form' | 'json' | 'query';
  /** How long access tokens live. */
  lifeS: number;
  /** What else a token answer tells. */
  answer?: Record<string, unknown>;
}

/** How the vendor says no. */
export interface VendorErrors {
  unauthorised(): Answer;
  rateLimited(retryAfterS: number): Answer;
  invalid(field: string, message: string): Answer;
  /** The vendor's own trouble; a plain text unless the vendor documents more. */
  unavailable?(status: number): Answer;
  /** An idempotency key that was used for something else. */
  keyReused?(): Answer;
}

/** Where the vendor's own description of its API lies, among the files that the tests may be given. */
export interface VendorFiles {
  kind: 'openapi' | 'discovery' | 'meta' | 'wordpress';
  files: readonly string[];
  /** Path of the server, where the description does not tell it. */
  base?: string;
  /** Structured values of a form are written as JSON. */
  formJson?: boolean;
  /** What the description calls required is not: it borrows the shapes of answers. */
  ignoreRequired?: boolean;
  /** Where the description is known to be wrong. */
  defects?: readonly { violation: RegExp; why: string }[];
}

/** One vendor's API as documented: facts with examples. */
export interface Contract {
  /** Same as the server's manifest. */
  name: string;
  /** Documented address, for comparison with the manifest's. */
  baseUrl: string;
  /** A complete connection, by the credential keys of the manifest. */
  credentials: Record<string, string>;
  /** On every request; the rest is refused, but for those any HTTP client sends. */
  headers: Members;
  /** Parameters of every request. */
  query?: Members;
  idempotency?: { header: string; methods: readonly Method[]; maxLength?: number } | { query: string };
  oauth?: TokenEndpoint;
  errors: VendorErrors;
  operations: readonly Operation[];
  vendor?: VendorFiles;
}

/** Declares a contract; ids and routes are told twice by mistake only. */
export function defineContract(contract: Contract): Contract {
  for (const fact of ['id', 'route'] as const) {
    const seen = new Set<string>();
    for (const operation of contract.operations) {
      if (seen.has(operation[fact])) throw new Error(`${contract.name} has ${operation[fact]} twice`);
      seen.add(operation[fact]);
    }
  }
  return contract;
}

/** One documented route. */
export function operation(facts: Operation): Operation {
  return facts;
}

/** Whether an operation changes something at the vendor's. */
export function writes({ route, reads }: Operation): boolean {
  return !reads && !route.startsWith('GET ');
}

export const json = (shape: Shape, ...types: string[]): BodyForm => ({
  form: 'json',
  types: types.length > 0 ? types : ['application/json'],
  shape,
});

export const form = (shape: Shape): BodyForm => ({
  form: 'form',
  types: ['application/x-www-form-urlencoded'],
  shape,
});

export const multipart = (shape: Shape): BodyForm => ({
  form: 'multipart',
  types: ['multipart/form-data'],
  shape,
});

/** Bytes as they are. */
export const bytes = (...types: string[]): BodyForm => ({ form: 'bytes', types, shape: {} });

export const reply = (status: number, body?: unknown, headers?: Record<string, string>): Answer => ({
  status,
  headers,
  body,
});
export const ok = (body: unknown, headers?: Record<string, string>): Answer => reply(200, body, headers);
