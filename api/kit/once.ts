import type { RequestContext } from './context.ts';

/** Reads at most once per request and key, however many parts of a page ask for it. */
export function oncePerRequest<T, Given>(
  read: (context: RequestContext, given: Given) => Promise<T>,
  keyOf: (given: Given) => string,
): (context: RequestContext, given: Given) => Promise<T> {
  const known = new WeakMap<RequestContext, Map<string, Promise<T>>>();
  return (context, given) => {
    const ofRequest = known.get(context) ?? new Map<string, Promise<T>>();
    known.set(context, ofRequest);
    const found = ofRequest.get(keyOf(given)) ?? read(context, given);
    ofRequest.set(keyOf(given), found);
    return found;
  };
}
