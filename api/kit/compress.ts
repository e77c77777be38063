import compression from 'compression';
import type { Request, Response } from 'express';

/** Below this, packing costs more than it saves. */
const worthFromBytes = 1_024;
const pack = compression({ threshold: worthFromBytes });

/** Whether a text or body is long enough to be packed. */
export const isWorthPacking = (text: string | Buffer): boolean => text.length >= worthFromBytes;

/** Packs what is written to the answer from here on, if the client takes it and the type gains from it. */
export function compress(request: Request, response: Response): void {
  pack(request, response, () => undefined);
}
