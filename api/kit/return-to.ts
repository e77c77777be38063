import type { RequestContext } from './context.ts';

/** A workspace page made of plain names, so that a crafted address can't lead elsewhere. */
const ownPage = /^\/app(?:\/[a-z0-9-]{1,60}){0,4}$/;

/** The page if it is one of the own workspace; null for everything else. */
export function ownPageOf(text: unknown): string | null {
  return typeof text === 'string' && ownPage.test(text) ? text : null;
}

/** The page to return to: `back` in the address of this request. */
export function returnToOf({ request }: RequestContext): string | null {
  return ownPageOf(request.query['back']);
}
