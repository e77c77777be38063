import type { Asked, BodyForm } from './contract.ts';
import { typed, unbracket } from './decode.ts';

export interface DecodedBody {
  /** The way it was written; null when it could not be read. */
  form: BodyForm | null;
  value: unknown;
  violations: string[];
}

/** Main part of the content type, in lower case; empty when there is none. */
export function contentType({ headers }: Asked): string {
  return (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
}

/** Reads a body in one of the ways the operation takes. */
export async function decodeBody(asked: Asked, forms: readonly BodyForm[]): Promise<DecodedBody> {
  const none = (...violations: string[]): DecodedBody => ({ form: null, value: undefined, violations });
  if (forms.length === 0) return none(...(asked.raw.length > 0 ? ['body: none is documented'] : []));
  const type = contentType(asked);
  if (asked.raw.length === 0) {
    const [first] = forms;
    if (first?.form === 'bytes') return none('body: is missing');
    return { form: first ?? null, value: {}, violations: [] };
  }
  const chosen = forms.find(({ types }) => types.includes(type) || types.includes('*/*'));
  const wanted = forms.flatMap(({ types }) => types).join(' or ');
  if (!chosen) return none(`header content-type: is "${type}", must be ${wanted}`);
  try {
    return { form: chosen, value: await valueOf(asked, chosen), violations: [] };
  } catch (error) {
    return none(`body: cannot be read as ${type} (${(error as Error).message})`);
  }
}

async function valueOf({ raw, headers }: Asked, { form, shape }: BodyForm): Promise<unknown> {
  switch (form) {
    case 'bytes':
      return raw;
    case 'json':
      return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
    case 'form':
      return typed(unbracket(new URLSearchParams(raw.toString())), shape);
    case 'multipart':
      return typed(unbracket(await parts(raw, headers['content-type'] ?? '')), shape);
  }
}

/** Fields and files of a multipart body; of a file, its content. */
async function parts(raw: Buffer, type: string): Promise<[string, string][]> {
  const data = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const entries: [string, string][] = [];
  for (const [name, value] of data) {
    entries.push([
      name,
      typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()).toString('latin1'),
    ]);
  }
  return entries;
}
