import { AppError, type ErrorCode } from '../../db/domain/errors.ts';

const timeoutMs = 15_000;

/** The field of the card form that each decline reason is about; the number when it is about the whole card. */
const fieldOf: Record<string, string> = {
  expired_card: 'card.expMonth',
  invalid_expiry_month: 'card.expMonth',
  invalid_expiry_year: 'card.expYear',
  incorrect_cvc: 'card.cvc',
  invalid_cvc: 'card.cvc',
};

export interface SandboxRequest {
  path: string;
  /** Absent for reads. */
  body?: object;
  /** Idempotency-Key; absent for requests that change nothing. */
  key?: string;
  /** Error codes of the gateway that mean the wanted state already exists. */
  accept?: readonly string[];
  /** The error when the gateway doesn't know the object the request names. */
  missing?: ErrorCode;
}

interface GatewayError {
  code: string;
  /** The bank's own word. */
  declineCode: string;
  message: string;
}

/**
 * Sends a request to the sandbox and returns the response body. Throws `payment.declined`,
 * `payment.gateway-unavailable`, `request.key-reused` or the request's own `missing` code. No error holds what was
 * sent, as that may be a card.
 */
export async function askSandbox(baseUrl: string, request: SandboxRequest): Promise<unknown> {
  const { status, body } = await ask(baseUrl, request);
  if (status >= 200 && status < 300) return body;
  const problem = problemIn(body);
  if (request.accept?.includes(problem.code)) return body;
  if (status === 402) throw declined(problem);
  const cause = new Error(`the payment sandbox answered ${status} ${problem.code}: ${problem.message}`);
  if (status === 404 && request.missing) throw new AppError(request.missing, { cause });
  if (status === 409) throw new AppError('request.key-reused', { cause });
  if (status === 429 || status >= 500) throw unavailable(cause);
  throw new AppError('internal.unexpected', { cause });
}

async function ask(
  baseUrl: string,
  { path, body, key }: SandboxRequest,
): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(new URL(path, baseUrl), {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, body: await response.json() };
  } catch (error) {
    throw unavailable(error);
  }
}

/** Errors raised before anything was sent; after any other error, the request may have taken effect. */
const nothingSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

function unavailable(cause: unknown): AppError {
  const { code } = ((cause as Error).cause ?? {}) as { code?: string };
  if (code && nothingSent.has(code)) return new AppError('payment.gateway-unavailable', { cause });
  const text = 'The payment provider did not answer. Trying again never charges a second time.';
  return new AppError('payment.gateway-unavailable', { text, cause });
}

function declined({ code, declineCode, message }: GatewayError): AppError {
  return new AppError('payment.declined', {
    text: message,
    fields: { [fieldOf[code] ?? 'card.number']: message },
    about: { declineCode },
  });
}

/** The gateway's own message, without anything that could be a card number. */
function problemIn(body: unknown): GatewayError {
  const { error } = (body ?? {}) as { error?: Partial<GatewayError> };
  const message = typeof error?.message === 'string' ? error.message : 'Your card was declined.';
  const code = String(error?.code ?? 'unknown');
  const declineCode = String(error?.declineCode ?? code);
  return { code, declineCode, message: message.replace(/\d(?:[ -]?\d){11,}/g, '…') };
}
