import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

type Header = readonly [name: string, value: string];
const common = {
  strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
  referrerPolicy: { policy: 'same-origin' },
  xFrameOptions: { action: 'deny' },
} as const;
const nonceHere = 'nonce-of-the-answer';

/** Scripts and styles only from here; what a page needs inline carries the nonce of its answer. */
const pagePolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", `'nonce-${nonceHere}'`],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
  objectSrc: ["'none'"],
  manifestSrc: ["'self'"],
};

/** No browser renders an API response, so it may load nothing. */
const apiPolicy = {
  defaultSrc: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
};

/** The headers as helmet writes them. They are the same for every answer but for the nonce, so it is asked once. */
function headersWith(directives: Record<string, string[]>): Header[] {
  const headers: Header[] = [];
  const recorder = {
    setHeader: (name: string, value: string) => void headers.push([name, value]),
    removeHeader: () => undefined,
  };
  const write = helmet({ ...common, contentSecurityPolicy: { useDefaults: false, directives } });
  write({} as never, recorder as never, (error) => {
    if (error instanceof Error) throw error;
  });
  return headers;
}

const pageHeaders = headersWith(pagePolicy);
const apiHeaders = headersWith(apiPolicy);

function setHeaders(response: Response, headers: readonly Header[]): void {
  for (const [name, value] of headers) response.setHeader(name, value);
}

/** Sets what protects an answer in a browser; a page finds its nonce in `response.locals`. */
export const securityHeaders: RequestHandler = (request, response, next) => {
  if (request.path.startsWith('/api/')) setHeaders(response, apiHeaders);
  else {
    const nonce = randomBytes(16).toString('base64');
    response.locals['nonce'] = nonce;
    setHeaders(
      response,
      pageHeaders.map(([name, value]) => [name, value.replace(nonceHere, nonce)]),
    );
  }
  next();
};
