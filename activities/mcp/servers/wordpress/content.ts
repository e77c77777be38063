import * as z from 'zod';
import { VendorError } from '../../kit/errors.ts';
import { byPage, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import { plain } from '../../kit/wordpress.ts';

const kind = z.enum(['page', 'post']).describe('A page is standalone, a post belongs to the blog');
type Kind = z.output<typeof kind>;
const id = z.int().min(1);
const slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Use small letters, digits and single hyphens')
  .max(190)
  .describe('Last part of its address, e.g. opening-hours');

const listOf = (of: Kind) => (of === 'page' ? '/wp/v2/pages' : '/wp/v2/posts');
const oneOf = (of: Kind, number: number) => listOf(of) + path`/${number}`;

const wpContent = z.object({
  id: z.int(),
  slug: z.string(),
  status: z.string(),
  link: z.string(),
  modified_gmt: z.string(),
  title: z.object({ raw: z.string().nullish(), rendered: z.string() }),
});
const content = z.object({
  id: z.int(),
  title: z.string(),
  slug: z.string(),
  status: z.string(),
  url: z.url(),
  changed_at: z.iso.datetime(),
});
const toContent = (from: z.output<typeof wpContent>) => ({
  id: from.id,
  title: from.title.raw ?? plain(from.title.rendered),
  slug: from.slug,
  status: from.status,
  url: from.link,
  changed_at: `${from.modified_gmt}Z`,
});

/** Bodies are long, so lists leave them out. */
const fields = { context: 'edit', _fields: 'id,slug,status,link,modified_gmt,title' };
const pages = byPage({
  items: '',
  page: 'page',
  limit: 'per_page',
  pages: ({ headers }) => Number(headers['x-wp-totalpages'] ?? 0),
});

const wpText = z.object({ raw: z.string() });
const wpDraft = wpContent.extend({
  title: wpText.extend({ rendered: z.string() }),
  content: wpText,
  excerpt: wpText,
});

/** What already exists at a slug, drafts included, with its text. */
async function findBySlug(api: VendorApi, of: Kind, wanted: string) {
  const query = {
    slug: wanted,
    status: 'any',
    context: 'edit',
    _fields: `${fields._fields},content,excerpt`,
  };
  const [found] = await api.get(listOf(of), z.array(wpDraft), { query });
  return found ?? null;
}

/** Saving unchanged content would only add a revision. */
function isAsGiven(
  there: z.output<typeof wpDraft>,
  given: { title: string; content: string; excerpt?: string | undefined },
): boolean {
  const excerpt = given.excerpt ?? there.excerpt.raw;
  return (
    there.title.raw === given.title && there.content.raw === given.content && there.excerpt.raw === excerpt
  );
}

const text = {
  title: z.string().min(1).max(300),
  content: z.string().max(500_000).describe('HTML, or blocks of the WordPress editor'),
  excerpt: z.string().max(2_000).optional(),
};

/** File extensions by type. */
const endings = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
} as const;
const mediaTypes = Object.keys(endings) as (keyof typeof endings)[];

export const contentTools = [
  defineTool({
    name: 'wordpress_list_content',
    title: 'List pages or posts',
    description: 'Pages or posts of the site, changed last first; drafts too. Searches titles and texts.',
    risk: 'read',
    input: {
      kind,
      status: z.enum(['any', 'publish', 'draft', 'pending', 'future', 'private', 'trash']).default('any'),
      words: z.string().min(1).max(200).optional(),
      ...pageInput(100),
    },
    example: { kind: 'page', status: 'publish', words: 'prices', limit: 10 },
    output: pageOutput(content),
    async run({ kind: of, status, words, ...asked }, api) {
      const query = { status, search: words, orderby: 'modified', order: 'desc', ...fields };
      const page = await api.list(listOf(of), wpContent, pages, asked, { query });
      return { ...page, items: page.items.map(toContent) };
    },
  }),

  defineTool({
    name: 'wordpress_get_content',
    title: 'Read page or post',
    description: 'One page or post with its whole text, as it is edited.',
    risk: 'read',
    input: { kind, id },
    example: { kind: 'page', id: 27 },
    output: content.extend({ content: z.string() }),
    async run({ kind: of, id: number }, api) {
      const whole = wpContent.extend({ content: z.object({ raw: z.string() }) });
      const found = await api.get(oneOf(of, number), whole, { query: { context: 'edit' } });
      return { ...toContent(found), content: found.content.raw };
    },
  }),

  defineTool({
    name: 'wordpress_save_draft',
    title: 'Save draft',
    description:
      'Writes a page or post as a draft that visitors can’t see yet. A draft at the same address is replaced; published content there is left alone and the call is refused.',
    risk: 'write',
    idempotent: true,
    looksFirst: true,
    input: { kind, slug, ...text },
    example: {
      kind: 'page',
      slug: 'opening-hours',
      title: 'Opening hours',
      content: '<p>We are open from Tuesday to Sunday, 8 to 14.</p>',
      excerpt: 'When to find us',
    },
    output: content,
    async run({ kind: of, ...draft }, api) {
      const find = () => findBySlug(api, of, draft.slug);
      const body = { ...draft, status: 'draft' };
      const there = await find();
      if (!there) {
        const create = () => api.post(listOf(of), wpContent, { body });
        return toContent(await api.createOnce({ find, create }));
      }
      if (there.status !== 'draft') {
        api.refuse('slug', `What is at this address is no draft any more (${there.status}).`);
      }
      if (isAsGiven(there, draft)) return toContent(there);
      return toContent(await api.post(oneOf(of, there.id), wpContent, { body, repeatable: true }));
    },
  }),

  defineTool({
    name: 'wordpress_publish_content',
    title: 'Publish page or post',
    description:
      'Shows a draft to everybody, or changes what is shown already when a new title, text or address comes with it.',
    risk: 'send',
    idempotent: true,
    input: {
      kind,
      id,
      slug: slug.optional(),
      title: text.title.optional(),
      content: text.content.optional(),
      excerpt: text.excerpt,
    },
    example: { kind: 'page', id: 27, title: 'Opening hours in summer' },
    output: content,
    async run({ kind: of, id: number, ...changes }, api) {
      const body = { ...changes, status: 'publish' };
      return toContent(await api.post(oneOf(of, number), wpContent, { body, repeatable: true }));
    },
  }),

  defineTool({
    name: 'wordpress_trash_content',
    title: 'Take page or post off the site',
    description: 'Moves it to the trash of WordPress, where it can be brought back for thirty days.',
    risk: 'destructive',
    idempotent: true,
    input: { kind, id },
    example: { kind: 'post', id: 31 },
    output: z.object({ id: z.int(), status: z.literal('trash') }),
    async run({ kind: of, id: number }, api) {
      try {
        await api.delete(oneOf(of, number), z.object({ id: z.int() }));
      } catch (error) {
        // Already in the trash since an earlier attempt.
        if (!(error instanceof VendorError) || error.code !== 'rest_already_trashed') throw error;
      }
      return { id: number, status: 'trash' as const };
    },
  }),

  defineTool({
    name: 'wordpress_upload_media',
    title: 'Upload picture or file',
    description: 'Puts a file into the media library. Returns its address for use in pages.',
    risk: 'write',
    looksFirst: true,
    input: {
      file_name: z
        .string()
        .regex(/^[\w-][\w.-]*\.[A-Za-z0-9]{2,5}$/, 'Letters, digits, dots and hyphens')
        .max(100),
      media_type: z.enum(mediaTypes),
      content_base64: z.base64().min(1).max(1_400_000).describe('The file, up to one megabyte, as Base64'),
      alt_text: z.string().max(500).optional().describe('What a picture shows, for those who do not see it'),
    },
    example: {
      file_name: 'shop-front.gif',
      media_type: 'image/gif',
      content_base64: 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
      alt_text: 'Our shop seen from the street',
    },
    output: z.object({ id: z.int(), url: z.url() }),
    async run({ file_name, media_type, content_base64, alt_text }, api) {
      const wanted: readonly string[] = endings[media_type];
      if (!wanted.includes(file_name.split('.').at(-1)!.toLowerCase())) {
        api.refuse('file_name', `The name of such a file ends in .${wanted[0]}.`);
      }
      const media = z.object({ id: z.int(), source_url: z.string() });
      // A file's slug is not shown anywhere, so it can identify a repeated attempt of this upload.
      const mark = `upload-${api.key.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`.slice(0, 190);
      const find = async () => {
        const query = { slug: mark, _fields: 'id,source_url' };
        return (await api.get('/wp/v2/media', z.array(media), { query }))[0] ?? null;
      };
      const create = () =>
        api.post('/wp/v2/media', media, {
          query: { slug: mark, alt_text },
          raw: { content: Buffer.from(content_base64, 'base64'), type: media_type },
          headers: { 'content-disposition': `attachment; filename="${file_name}"` },
        });
      const { id: number, source_url } = await api.createOnce({ find, create });
      return { id: number, url: source_url };
    },
  }),
];
