import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { RequestHandler } from 'express';
import { AppError } from '../../db/domain/errors.ts';
import { type Asset, assets } from '../../templates/layout/assets.ts';
import { isWorthPacking } from './compress.ts';

const packers = {
  br: promisify((body: Buffer, done: (error: Error | null, packed: Buffer) => void) =>
    brotliCompress(body, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }, done),
  ),
  gzip: promisify((body: Buffer, done: (error: Error | null, packed: Buffer) => void) =>
    gzip(body, { level: constants.Z_BEST_COMPRESSION }, done),
  ),
} as const;
type Encoding = keyof typeof packers;

/** Pictures are packed already. */
const texts = new Set(['.css', '.js', '.svg']);
const packed = new Map<string, Promise<Buffer>>();

/** The asset as it travels; packed as tightly as possible, once for all requests of this process. */
function pack(url: string, body: Buffer, encoding: Encoding): Promise<Buffer> {
  const key = `${encoding} ${url}`;
  const known = packed.get(key);
  if (known) return known;
  const made = packers[encoding](body);
  packed.set(key, made);
  return made;
}

function encodingFor({ body, type }: Asset, accepted: string | false): Encoding | null {
  if (!texts.has(type) || !isWorthPacking(body)) return null;
  return accepted === 'br' || accepted === 'gzip' ? accepted : null;
}

/** Answers with an asset of the portal. Its address holds the hash of its content, so it may be kept for ever. */
export const serveAsset: RequestHandler = async (request, response) => {
  const asset = assets.get(request.path);
  if (!asset) throw new AppError('request.not-found');
  const encoding = encodingFor(asset, request.acceptsEncodings(['br', 'gzip', 'identity']));
  response
    .type(asset.type)
    .set('cache-control', 'public, max-age=31536000, immutable')
    .set('vary', 'accept-encoding')
    .set('etag', `"${request.path.split('/')[2]}${encoding ? `-${encoding}` : ''}"`);
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  if (encoding) response.set('content-encoding', encoding);
  response.send(encoding ? await pack(request.path, asset.body, encoding) : asset.body);
};
