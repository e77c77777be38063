interface ErrorEntry {
  /** HTTP status of the answer. */
  status: number;
  /** Whether the same call may succeed later without anybody changing anything. */
  retryable: boolean;
  /** What a person reads; says what happened and what to do. */
  text: string;
}

/** Every error the platform can answer with. A code that is not here does not exist. */
export const errorTable = {
  'request.invalid': { status: 422, retryable: false, text: 'Some of the values need your attention.' },
  'request.malformed': { status: 400, retryable: false, text: 'We could not read this request.' },
  'request.too-large': { status: 413, retryable: false, text: 'This is larger than we accept.' },
  'request.unsupported-type': { status: 415, retryable: false, text: 'Send JSON or a form.' },
  'request.not-found': { status: 404, retryable: false, text: 'There is nothing at this address.' },
  'request.method-not-allowed': {
    status: 405,
    retryable: false,
    text: 'This address does not take that method.',
  },
  'request.key-reused': {
    status: 409,
    retryable: false,
    text: 'This Idempotency-Key was used before with other values. Use a new key.',
  },
  'request.rate-limited': { status: 429, retryable: true, text: 'Too many tries. Please wait a moment.' },
  'request.forged': {
    status: 403,
    retryable: false,
    text: 'This form is no longer valid. Go back, reload the page and send it again.',
  },
  'session.required': { status: 401, retryable: false, text: 'Please sign in.' },
  'session.wrong-credentials': { status: 401, retryable: false, text: 'E-mail or password is not right.' },
  'session.locked': {
    status: 429,
    retryable: true,
    text: 'Too many wrong passwords. Wait a quarter of an hour, then try again.',
  },
  'permission.denied': { status: 403, retryable: false, text: 'You may not do this.' },
  'password.too-weak': { status: 422, retryable: false, text: 'This password is too easy to guess.' },
  'tenant.not-found': { status: 404, retryable: false, text: 'There is no such tenant.' },
  'tenant.name-taken': {
    status: 409,
    retryable: false,
    text: 'A business with this name has already signed up. Choose another name or sign in.',
  },
  'user.not-found': { status: 404, retryable: false, text: 'There is no such person.' },
  'user.email-taken': {
    status: 409,
    retryable: false,
    text: 'This e-mail address already has an account. Sign in instead.',
  },
  'user.already-member': { status: 409, retryable: false, text: 'This person is already in the team.' },
  'invitation.not-found': { status: 404, retryable: false, text: 'There is no such invitation.' },
  'invitation.pending': { status: 409, retryable: false, text: 'This person has already been invited.' },
  'invitation.ended': {
    status: 410,
    retryable: false,
    text: 'This invitation has ended. Ask for a new one.',
  },
  'token.invalid': {
    status: 410,
    retryable: false,
    text: 'This link has expired or was used before. Ask for a new one.',
  },
  'run.not-found': { status: 404, retryable: false, text: 'There is no such run.' },
  'run.ended': { status: 409, retryable: false, text: 'This process has ended; it takes no more actions.' },
  'run.conflict': { status: 409, retryable: false, text: 'This process is already running.' },
  'process.not-found': { status: 404, retryable: false, text: 'There is no such process.' },
  'process.timeout': {
    status: 503,
    retryable: true,
    text: 'This takes longer than usual. Nothing is lost; look again in a moment.',
  },
  'step.not-found': { status: 404, retryable: false, text: 'There is no such step.' },
  'step.not-open': {
    status: 409,
    retryable: false,
    text: 'This step cannot be done now. Finish the steps before it first.',
  },
  'step.not-skippable': { status: 409, retryable: false, text: 'This step cannot be skipped.' },
  'plan.not-found': { status: 422, retryable: false, text: 'This plan does not exist.' },
  'plan.limit-exceeded': { status: 422, retryable: false, text: 'Your plan does not include that many.' },
  'payment.declined': { status: 402, retryable: false, text: 'The card was declined.' },
  'payment.gateway-unavailable': {
    status: 503,
    retryable: true,
    text: 'We could not reach the payment provider. Nothing was charged. Please try again.',
  },
  'payment.method-required': { status: 422, retryable: false, text: 'Enter a card.' },
  'invoice.not-found': { status: 404, retryable: false, text: 'There is no such invoice.' },
  'subscription.running': {
    status: 409,
    retryable: false,
    text: 'A subscription is running already. Cancel it before another one begins.',
  },
  'view.not-found': { status: 404, retryable: false, text: 'There is no such view.' },
  'view.name-taken': { status: 409, retryable: false, text: 'You have a view of this name already.' },
  'view.limit-reached': {
    status: 409,
    retryable: false,
    text: 'You have as many views as fit. Remove one first.',
  },
  'mail.undeliverable': { status: 503, retryable: true, text: 'The mail server does not answer.' },
  'mail.refused': {
    status: 422,
    retryable: false,
    text: 'The mail server refused this mail. Check the e-mail address.',
  },
  'secret.unreadable': { status: 500, retryable: false, text: 'A stored secret could not be opened.' },
  'object.not-found': { status: 404, retryable: false, text: 'This file does not exist.' },
  'object.invalid-key': { status: 422, retryable: false, text: 'A file cannot have this name.' },
  'tool.not-found': { status: 404, retryable: false, text: 'There is no such tool.' },
  'tool.not-enabled': {
    status: 403,
    retryable: false,
    text: 'This service is not connected. An owner or admin can connect it under Connections.',
  },
  'tool.not-allowed': { status: 403, retryable: false, text: 'You have not been given this tool.' },
  'tool.quarantined': {
    status: 409,
    retryable: false,
    text: 'This tool has changed and waits for our check. It cannot be used until then.',
  },
  'tool.arguments-invalid': {
    status: 422,
    retryable: false,
    text: 'Some of the values do not fit this tool.',
  },
  'tool.rate-limited': {
    status: 429,
    retryable: true,
    text: 'Too many calls of this service. Please wait a moment.',
  },
  'tool.circuit-open': {
    status: 503,
    retryable: true,
    text: 'This service has failed several times in a row. We try it again in a few minutes.',
  },
  'tool.timeout': { status: 504, retryable: true, text: 'The service did not answer in time.' },
  'tool.result-too-large': {
    status: 502,
    retryable: false,
    text: 'The service answered with more than we accept. Ask for less at a time.',
  },
  'tool.vendor-failed': { status: 502, retryable: false, text: 'The service refused this request.' },
  'tool.vendor-unavailable': {
    status: 503,
    retryable: true,
    text: 'The service does not answer right now. Please try again in a moment.',
  },
  'tool.outcome-unknown': {
    status: 502,
    retryable: false,
    text: 'We do not know whether this happened. Check at the service before you try again.',
  },
  'server.changed': {
    status: 409,
    retryable: false,
    text: 'Somebody else has changed this service meanwhile. Look at it again.',
  },
  'connection.not-found': { status: 404, retryable: false, text: 'This service is not connected.' },
  'connection.missing': { status: 409, retryable: false, text: 'Connect this service first.' },
  'connection.needs-reconnect': {
    status: 409,
    retryable: false,
    text: 'The service no longer accepts our access. Connect it again.',
  },
  'connection.incomplete': {
    status: 409,
    retryable: false,
    text: 'The service asks for more than was entered. Complete the connection.',
  },
  'connection.refused': {
    status: 422,
    retryable: false,
    text: 'The service did not accept these credentials. Check them and try again.',
  },
  'approval.required': {
    status: 409,
    retryable: false,
    text: 'A person has to approve this first.',
  },
  'approval.denied': { status: 409, retryable: false, text: 'This call was not approved.' },
  'approval.invalid': {
    status: 409,
    retryable: false,
    text: 'This approval is not good for this call. Ask for a new one.',
  },
  'approval.not-found': { status: 404, retryable: false, text: 'There is no such approval.' },
  'approval.expired': {
    status: 410,
    retryable: false,
    text: 'This request was not decided in time. It has to be asked again.',
  },
  'server.not-found': { status: 404, retryable: false, text: 'There is no such service.' },
  'server.off': { status: 410, retryable: false, text: 'This service is not offered any more.' },
  'server.name-taken': { status: 409, retryable: false, text: 'A service with this name exists already.' },
  'server.not-reviewed': {
    status: 409,
    retryable: false,
    text: 'Approve at least one of its tools first.',
  },
  'package.not-found': {
    status: 422,
    retryable: false,
    text: 'There is no such package in this version.',
  },
  'package.no-program': {
    status: 422,
    retryable: false,
    text: 'This package brings no program that could be run.',
  },
  'server.built-in': {
    status: 409,
    retryable: false,
    text: 'This service is part of the platform. It can be disabled, not removed.',
  },
  'server.in-use': {
    status: 409,
    retryable: false,
    text: 'Tenants are connected to this service. Announce its end first.',
  },
  'category.not-found': { status: 404, retryable: false, text: 'There is no such category.' },
  'category.in-use': {
    status: 409,
    retryable: false,
    text: 'There are services in this category. Move them to another one first.',
  },
  'webhook.invalid': {
    status: 401,
    retryable: false,
    text: 'This notice does not carry a valid signature.',
  },
  'oauth.failed': {
    status: 400,
    retryable: false,
    text: 'The service did not confirm the connection. Start it again.',
  },
  'service.unavailable': {
    status: 503,
    retryable: true,
    text: 'A part of the platform does not answer. Nothing is lost; please try again in a moment.',
  },
  'internal.unexpected': {
    status: 500,
    retryable: true,
    text: 'Something went wrong on our side. Nothing was lost.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorTable, value);
}

export interface ErrorDetail {
  /** Replaces the table's text where the case can be named more exactly; public. */
  text?: string;
  /** Message per field path ("card.number"), public. */
  fields?: Record<string, string>;
  /** When the same call may be made again; milliseconds from now. */
  retryAfterMs?: number;
  /** For logs only; never shown. */
  cause?: unknown;
}

/** The one error that crosses rooms: a code of the table and what may be said in public. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: Record<string, string> | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, detail: ErrorDetail = {}) {
    super(detail.text ?? errorTable[code].text, { cause: detail.cause });
    this.name = 'AppError';
    this.code = code;
    this.fields = detail.fields;
    this.retryAfterMs = detail.retryAfterMs;
  }

  get status(): number {
    return errorTable[this.code].status;
  }
}
