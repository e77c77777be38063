/** What kind of no a vendor gave, in words all vendors share. */
export type ProblemKind =
  /** The credentials are wrong, expired or withdrawn. */
  | 'credentials'
  /** The credentials are right and may not do this. */
  | 'permission'
  | 'not-found'
  /** The vendor refuses these values. */
  | 'invalid'
  /** The vendor understood and declines (a card, a state that does not allow it). */
  | 'refused'
  | 'rate-limit'
  /** The vendor does not answer, or says that it cannot now. */
  | 'unavailable'
  /** The request left, the answer did not come: it's unknown whether it was done. */
  | 'unknown-outcome'
  /** The vendor answered something that its documentation does not say. */
  | 'unexpected-answer';

/** What a vendor's answer says is wrong. */
export interface Problem {
  kind: ProblemKind;
  /** The vendor's own code. */
  code: string;
  /** The vendor's own sentence. */
  message: string;
  /** Sentence per field, by the vendor's name of it. */
  fields?: Record<string, string>;
  /** When the vendor says one may ask again; milliseconds from now. */
  retryAfterMs?: number;
}

const passing: readonly ProblemKind[] = ['rate-limit', 'unavailable'];

/** An error of a vendor's API, in one shape for all of them. Holds no secret: the text is redacted before. */
export class VendorError extends Error {
  readonly service: string;
  readonly kind: ProblemKind;
  /** HTTP status; 0 when there was no answer. */
  readonly http: number;
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  /** The vendor's id of the request, for its support. */
  readonly requestId: string | null;
  readonly fields: Record<string, string>;

  constructor(
    service: string,
    problem: Problem,
    answer: { http: number; requestId?: string | null; retryable?: boolean },
  ) {
    super(problem.message);
    this.name = 'VendorError';
    this.service = service;
    this.kind = problem.kind;
    this.http = answer.http;
    this.code = problem.code;
    this.retryable = answer.retryable ?? passing.includes(problem.kind);
    this.retryAfterMs = problem.retryAfterMs ?? null;
    this.requestId = answer.requestId ?? null;
    this.fields = problem.fields ?? {};
  }

  /** What goes over the wire of MCP. */
  toJSON() {
    const { service, kind, http, code, message, retryable, retryAfterMs, requestId, fields } = this;
    return { service, kind, http, code, message, retryable, retryAfterMs, requestId, fields };
  }
}
