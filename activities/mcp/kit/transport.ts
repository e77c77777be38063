import { type Dispatcher, request as send } from 'undici';
import { formOf } from './encode.ts';
import type { Outgoing, TokenRequest } from './auth.ts';
import type { Reply } from './request.ts';

/** Bytes; larger responses aren't read: no tool needs them, and memory is shared. */
const maxAnswerBytes = 8 * 1024 * 1024;

/** No response came. `sent` tells whether the vendor may have received the request. */
export class NoAnswer extends Error {
  readonly sent: boolean;
  readonly code: string;

  constructor(cause: unknown) {
    const code = codeOf(cause);
    super('no answer', { cause });
    this.name = 'NoAnswer';
    this.code = code;
    this.sent = !neverSent.has(code);
  }
}

const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTFORBIDDEN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? 'UNKNOWN' : codeOf(cause);
}

async function read(body: Dispatcher.ResponseData['body']): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxAnswerBytes) {
      body.destroy();
      throw new RangeError('The answer is too large.');
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function parse(content: Buffer, type: string): unknown {
  if (content.length === 0) return null;
  const binary = /^(image|audio|video|application\/(pdf|octet-stream|zip))/.test(type);
  if (binary) return content;
  const text = content.toString();
  if (!/json/.test(type) && !/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Sends one request and reads its response; follows no redirects. Throws NoAnswer. */
export async function exchange(
  outgoing: Outgoing,
  through: Dispatcher,
  { signal, answersWithinMs }: { signal: AbortSignal; answersWithinMs?: number },
): Promise<Reply> {
  let status: number;
  let headers: Dispatcher.ResponseData['headers'];
  let content: Buffer;
  try {
    const answer = await send(outgoing.url, {
      method: outgoing.method as Dispatcher.HttpMethod,
      headers: outgoing.headers,
      body: outgoing.body ?? null,
      dispatcher: through,
      signal,
      ...(answersWithinMs !== undefined && { headersTimeout: answersWithinMs }),
    });
    status = answer.statusCode;
    headers = answer.headers;
    content = await read(answer.body);
  } catch (error) {
    throw new NoAnswer(error);
  }
  const flat = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  return { status, headers: flat, body: parse(content, flat['content-type'] ?? '') };
}

/** Sends a token request. */
export function exchangeToken(
  request: TokenRequest,
  url: URL,
  through: Dispatcher,
  signal: AbortSignal,
): Promise<Reply> {
  return exchange(
    {
      method: 'POST',
      url,
      headers: {
        accept: 'application/json',
        'content-type': request.json ? 'application/json' : 'application/x-www-form-urlencoded',
        ...request.headers,
      },
      body: request.json ? JSON.stringify(request.form) : formOf(request.form),
    },
    through,
    { signal },
  );
}
