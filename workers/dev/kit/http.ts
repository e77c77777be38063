import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Say } from './say.ts';
import { explain } from './say.ts';

/** What a handler sees of a request, already read. */
export type Call = Readonly<{
  method: string;
  path: string;
  query: URLSearchParams;
  header: (name: string) => string | undefined;
  body: string;
}>;

/** What a handler answers; the helpers below make one. */
export type Answer = Readonly<{
  status: number;
  type: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}>;

export type Handler = (call: Call) => Promise<Answer> | Answer;

const bodyLimit = 1_000_000;

export function json(status: number, value: unknown): Answer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

/** A page from a component: preact escapes every value. No script runs on these pages. */
export function page(view: VNode, status = 200): Answer {
  return {
    status,
    type: 'text/html; charset=utf-8',
    body: `<!doctype html>${renderToString(view)}`,
    headers: {
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; frame-src 'self'",
    },
  };
}

/** Where a small server listens; without a host on 127.0.0.1, where no other machine can reach it. */
export type Place = Readonly<{ host?: string; port: number }>;

/** A small HTTP server for the launcher's own pages; express belongs to the product's API. */
export async function serveHttp(
  { host, port }: Place,
  handler: Handler,
  say: Say,
): Promise<{ stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    void answer(request, handler, say).then((result) => send(response, result));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host ?? '127.0.0.1', resolve);
  });
  return { stop: () => close(server) };
}

async function answer(request: IncomingMessage, handler: Handler, say: Say): Promise<Answer> {
  try {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const body = await readBody(request);
    if (body === null)
      return json(413, { error: { code: 'body_too_large', message: 'The body is too large.' } });
    const header = (name: string) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    };
    return await handler({
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      header,
      body,
    });
  } catch (error) {
    say(`${request.method} ${request.url} failed: ${explain(error)}`);
    return json(500, { error: { code: 'internal_error', message: 'Something went wrong here.' } });
  }
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
  }
  return size > bodyLimit ? null : Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, result: Answer): void {
  response.writeHead(result.status, {
    'content-type': result.type,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...result.headers,
  });
  response.end(result.body);
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}
