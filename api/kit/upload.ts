import express, { type RequestHandler } from 'express';
import { pictureBytes } from '../../db/domain/identity/picture.ts';
import { AppError } from '../../db/domain/errors.ts';
import type { AnyRoute } from './route.ts';

/** Somewhat larger files are read too, so that their form can say that they are too large. */
const mostBytes = 3 * pictureBytes;

const bytes = express.raw({ type: 'multipart/form-data', limit: mostBytes });

/** Fields as texts, files as buffers. Throws `request.malformed`. */
async function fieldsIn(body: Buffer, contentType: string): Promise<Record<string, unknown>> {
  const copied = new Uint8Array(body);
  const form = await new Response(copied, { headers: { 'content-type': contentType } })
    .formData()
    .catch((cause: unknown) => {
      throw new AppError('request.malformed', { cause });
    });
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form)
    fields[name] = typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer());
  return fields;
}

/**
 * Reads forms with a file, for the addresses that take one and from people who are signed in: anything else would be
 * read in vain. Throws `picture.too-large`.
 */
export function readUploads(routes: readonly AnyRoute[]): RequestHandler {
  const taking = new Set(
    routes.filter((route) => route.kind === 'form' && route.upload).map(({ path }) => path),
  );
  return (request, response, next) => {
    const isUpload =
      request.method === 'POST' && taking.has(request.path) && request.is('multipart/form-data');
    if (!isUpload || !response.locals['principal']) return next();
    bytes(request, response, (error: unknown) => {
      if ((error as { type?: string } | undefined)?.type === 'entity.too.large')
        return next(new AppError('picture.too-large'));
      if (error) return next(error);
      fieldsIn(request.body as Buffer, request.headers['content-type'] ?? '').then(
        (fields) => {
          request.body = fields;
          response.locals['uploaded'] = true;
          next();
        },
        (failed: unknown) => next(failed),
      );
    });
  };
}
