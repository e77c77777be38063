import type { RequestContext } from './context.ts';

/** A page of the workspace by plain names alone, so that it leads nowhere else, whoever wrote the address. */
const ownPage = /^\/app(?:\/[a-z0-9-]{1,60}){0,4}$/;

/** The page if it is one of the own workspace; null for everything else. */
export function ownPageOf(text: unknown): string | null {
  return typeof text === 'string' && ownPage.test(text) ? text : null;
}

/** Where somebody came from and wants to be led back to: `back` in the address of this request. */
export function returnToOf({ request }: RequestContext): string | null {
  return ownPageOf(request.query['back']);
}
