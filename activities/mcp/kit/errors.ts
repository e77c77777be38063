/** The kind of a vendor's refusal or failure, the same for all vendors. */
export type ProblemKind =
  /** The credentials are wrong, expired or revoked. */
  | 'credentials'
  /** The credentials are valid but lack the permission. */
  | 'permission'
  | 'not-found'
  /** The vendor rejects these values. */
  | 'invalid'
  /** The vendor understood and declines (a card, a state that does not allow it). */
  | 'refused'
  | 'rate-limit'
  /** The vendor doesn't answer, or reports that it is unavailable. */
  | 'unavailable'
  /** The request was sent but no response came: it's unknown whether it took effect. */
  | 'unknown-outcome'
  /** The response doesn't match the vendor's documentation. */
  | 'unexpected-answer';

/** A problem that a vendor reports. */
export interface Problem {
  kind: ProblemKind;
  /** The vendor's own code. */
  code: string;
  /** The vendor's own message. */
  message: string;
  /** Message per field, by the vendor's field name. */
  fields?: Record<string, string>;
  /** When the vendor allows a retry; milliseconds from now. */
  retryAfterMs?: number;
}

const passing: readonly ProblemKind[] = ['rate-limit', 'unavailable'];

/** An error of a vendor's API, in one shape for all of them. Holds no secret: the text has been redacted. */
export class VendorError extends Error {
  readonly server: string;
  readonly kind: ProblemKind;
  /** HTTP status; 0 when there was no response. */
  readonly http: number;
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  /** The vendor's id of the request, for its support. */
  readonly requestId: string | null;
  readonly fields: Record<string, string>;

  constructor(
    server: string,
    problem: Problem,
    answer: { http: number; requestId?: string | null; retryable?: boolean },
  ) {
    super(problem.message);
    this.name = 'VendorError';
    this.server = server;
    this.kind = problem.kind;
    this.http = answer.http;
    this.code = problem.code;
    this.retryable = answer.retryable ?? passing.includes(problem.kind);
    this.retryAfterMs = problem.retryAfterMs ?? null;
    this.requestId = answer.requestId ?? null;
    this.fields = problem.fields ?? {};
  }

  /** The error as it is sent over MCP. */
  toJSON() {
    const { server, kind, http, code, message, retryable, retryAfterMs, requestId, fields } = this;
    return { server, kind, http, code, message, retryable, retryAfterMs, requestId, fields };
  }
}
