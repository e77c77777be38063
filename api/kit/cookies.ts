/** The value of one cookie in a `Cookie` header, as it was sent; undefined where it is missing. */
export function readCookie(header: string | undefined, wanted: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const split = part.indexOf('=');
    if (split > 0 && part.slice(0, split).trim() === wanted) return part.slice(split + 1).trim();
  }
  return undefined;
}
