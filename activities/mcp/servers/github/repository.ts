import * as z from 'zod';
import { byAddress, byPage, nextLink, type Paging } from '../../kit/paging.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';

/** A repository as "owner/name". */
export const repository = z
  .string()
  .max(140)
  .regex(/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/, 'Write it as owner/name');
/** The API path of a repository. */
export function at(name: string): string {
  const [owner = '', repo = ''] = name.split('/');
  return path`/repos/${owner}/${repo}`;
}
/** The API path of a file: slashes separate, everything else is encoded. */
export const fileAt = (name: string, file: string) =>
  `${at(name)}/contents/${file
    .split('/')
    .map((part) => path`${part}`)
    .join('/')}`;

export const branch = z.string().min(1).max(244);
export const number = z.int().positive();

/** Numbered pages; a Link header tells whether there is another. */
export const pagesOf = (items: string): Paging =>
  byPage({
    items,
    page: 'page',
    limit: 'per_page',
    pages: (reply) => (nextLink(reply) === null ? 0 : Number.MAX_SAFE_INTEGER),
  });
/** Alerts have no numbered pages; URLs of later pages may name the repository by its number. */
export const alertPages = byAddress({
  items: '',
  limit: 'per_page',
  next: nextLink,
  within: /^\/(repos\/[^/?]+\/[^/?]+|repositories\/\d+)\/dependabot\/alerts\?/,
});

/** A mark that GitHub doesn't render; it identifies what an earlier attempt wrote. */
export const marked = (text: string, api: VendorApi) => `${text}\n\n${markOf(api)}`;
export const markOf = ({ key }: VendorApi) => `<!-- ref ${key.replace(/[^\w.:-]/g, '_')} -->`;

export const storedIssue = z.object({
  number: z.int(),
  title: z.string(),
  state: z.string(),
  html_url: z.string(),
  body: z.string().nullish(),
  updated_at: z.string(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])).nullish(),
  pull_request: z.object({}).nullish(),
});
export const issue = z.object({
  number: z.int(),
  title: z.string(),
  state: z.string(),
  labels: z.array(z.string()),
  is_pull_request: z.boolean(),
  url: z.string(),
  updated_at: z.string(),
});
export const toIssue = (from: z.output<typeof storedIssue>) => ({
  number: from.number,
  title: from.title,
  state: from.state,
  labels: (from.labels ?? []).flatMap((one) => (typeof one === 'string' ? one : (one.name ?? []))),
  is_pull_request: Boolean(from.pull_request),
  url: from.html_url,
  updated_at: from.updated_at,
});

export const storedPull = z.object({
  number: z.int(),
  title: z.string(),
  state: z.string(),
  merged: z.boolean().nullish(),
  html_url: z.string(),
  head: z.object({ ref: z.string(), sha: z.string() }),
  base: z.object({ ref: z.string() }),
});
export const pull = z.object({
  number: z.int(),
  title: z.string(),
  state: z.enum(['open', 'closed', 'merged']),
  from: z.string(),
  into: z.string(),
  head_sha: z.string(),
  url: z.string(),
});
export const toPull = (from: z.output<typeof storedPull>) => ({
  number: from.number,
  title: from.title,
  state: from.merged ? ('merged' as const) : from.state === 'open' ? ('open' as const) : ('closed' as const),
  from: from.head.ref,
  into: from.base.ref,
  head_sha: from.head.sha,
  url: from.html_url,
});

const storedFile = z.object({
  type: z.literal('file'),
  path: z.string(),
  sha: z.string(),
  size: z.int(),
  content: z.string().nullish(),
  encoding: z.string().nullish(),
  html_url: z.string().nullish(),
});

/** A file with its text. Large files come without text, and binary files aren't read. */
export async function readFile(api: VendorApi, name: string, file: string, ref?: string) {
  const found = await api.get(fileAt(name, file), storedFile, { query: { ref } });
  if (found.encoding !== 'base64') api.refuse('path', 'This file is too large to be read here.');
  const bytes = Buffer.from(found.content ?? '', 'base64');
  const text = bytes.toString();
  if (!Buffer.from(text).equals(bytes)) api.refuse('path', 'This file holds no text.');
  return { path: found.path, sha: found.sha, size_bytes: found.size, text, url: found.html_url ?? null };
}
