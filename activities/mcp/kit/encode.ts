import type { Query, VendorRequest } from './request.ts';

/** Adds parameters to a URL; lists repeat their name, undefined ones are left out. */
export function addQuery(url: URL, query: Query | undefined): void {
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      url.searchParams.append(name, String(one));
    }
  }
}

/** Nested values in a form, as `a[b]=c` and `a[0][b]=c`. */
export function formOf(body: unknown): string {
  const form = new URLSearchParams();
  const add = (name: string, value: unknown): void => {
    if (value === undefined) return;
    if (value !== null && typeof value === 'object') {
      for (const [key, member] of Object.entries(value)) add(name === '' ? key : `${name}[${key}]`, member);
      return;
    }
    form.append(name, value === null ? '' : String(value as string | number | boolean));
  };
  add('', body);
  return form.toString();
}

/** The body of a request and its content type. */
export function bodyOf(
  request: VendorRequest,
  bodies: 'json' | 'form',
): { body: string | Buffer | undefined; type: string | undefined } {
  if (request.raw) return { body: request.raw.content, type: request.raw.type };
  if (request.body === undefined) return { body: undefined, type: undefined };
  if (request.form ?? bodies === 'form') {
    return { body: formOf(request.body), type: 'application/x-www-form-urlencoded' };
  }
  return { body: JSON.stringify(request.body), type: 'application/json' };
}
