import {
  type Answer,
  bytes,
  defineContract,
  json,
  type Memory,
  ok,
  operation,
  type Recorded,
  reply,
} from '../upstream/contract.ts';
import { byPage } from '../upstream/pages.ts';
import {
  among,
  anyText,
  between,
  commaSeparated,
  either,
  flag,
  integer,
  mapOf,
  anything,
  matching,
  nullable,
  object,
  text,
} from '../upstream/shapes.ts';

const root = '/wp-json/wp/v2';
const site = 'https://bakery.example.com';
const states = among('publish', 'future', 'draft', 'pending', 'private');
const context = { 'context?': among('view', 'embed', 'edit'), '_fields?': commaSeparated(text) };
const collection = {
  ...context,
  'page?': between(1, 1_000_000),
  'per_page?': between(1, 100),
  'search?': text,
  'order?': among('asc', 'desc'),
  'orderby?': among('author', 'date', 'id', 'include', 'modified', 'relevance', 'slug', 'title'),
  'slug?': commaSeparated(text),
};
/** Texts are given as such or as an object with the raw text. */
const rich = either(anyText, object({ raw: anyText }));
const content = {
  'title?': rich,
  'content?': rich,
  'excerpt?': rich,
  'slug?': text,
  'status?': states,
  'date_gmt?': nullable(text),
  'author?': integer,
  'featured_media?': integer,
  'comment_status?': among('open', 'closed'),
  'meta?': mapOf(anything),
  'template?': anyText,
};

const given = ({ body }: Recorded) => body as Record<string, any>;
const error = (status: number, code: string, message: string, data: object = {}): Answer =>
  reply(status, { code, message, data: { status, ...data } });

/** A page or post as it is shown to those who may edit it. */
function item(type: 'page' | 'post', id: number, from: Record<string, any> = {}) {
  const raw = (name: string) => (from[name] as string | undefined) ?? '';
  const status = (from['status'] as string | undefined) ?? 'draft';
  const slug = (from['slug'] as string | undefined) ?? `${type}-${id}`;
  return {
    id,
    date_gmt: '2026-11-20T09:00:00',
    modified_gmt: '2026-11-23T08:30:00',
    slug,
    status,
    type,
    link: status === 'publish' ? `${site}/${slug}/` : `${site}/?${type === 'page' ? 'page_id' : 'p'}=${id}`,
    title: { raw: raw('title') || `Title ${id}`, rendered: raw('title') || `Title ${id}` },
    content: { raw: raw('content'), rendered: raw('content'), protected: false, block_version: 0 },
    excerpt: { raw: raw('excerpt'), rendered: raw('excerpt'), protected: false },
    author: 1,
    featured_media: 0,
    template: '',
    meta: [],
  };
}

const pages = byPage({
  param: 'page',
  size: 'per_page',
  standard: 10,
  beyond: error(
    400,
    'rest_post_invalid_page_number',
    'The page number requested is larger than the number of pages available.',
  ),
  answer: (items, facts) =>
    ok(items, { 'x-wp-total': String(facts.total), 'x-wp-totalpages': String(facts.pages) }),
});

/** What was written under the slug that is asked for; without one, three pages of anything. */
const listed = (type: 'page' | 'post') => (request: Recorded, memory: Memory) => {
  const [slug] = (request.query['slug'] as string[] | undefined) ?? [];
  if (slug === undefined) return pages((n) => item(type, n + 1, { status: 'publish' }))(request, memory);
  const made = memory.effects(`create_${type}`).filter(({ request: one }) => given(one)['slug'] === slug);
  return ok(
    made.map(({ answer }) => answer.body),
    { 'x-wp-total': String(made.length), 'x-wp-totalpages': '1' },
  );
};

const numbered = { id: matching(/^[1-9]\d*$/) };
const idOf = ({ params }: Recorded) => Number(params['id']);
const same = ({ path, body }: Recorded) => `${path} ${JSON.stringify(body)}`;

function contentRoutes(type: 'page' | 'post') {
  const place = `${root}/${type}s` as const;
  return [
    operation({
      id: `list_${type}s`,
      route: `GET ${place}`,
      query: {
        ...collection,
        'status?': commaSeparated(among('publish', 'future', 'draft', 'pending', 'private', 'trash', 'any')),
      },
      answer: listed(type),
    }),
    operation({
      id: `create_${type}`,
      route: `POST ${place}`,
      body: json(object(content)),
      answer: (request, memory) => reply(201, item(type, memory.number(), given(request))),
    }),
    operation({
      id: `get_${type}`,
      route: `GET ${place}/{id}`,
      path: numbered,
      query: { ...context, 'password?': text },
      answer: (request) => ok(item(type, idOf(request), { status: 'publish', content: '<p>Hello</p>' })),
    }),
    operation({
      id: `update_${type}`,
      route: `POST ${place}/{id}`,
      path: numbered,
      body: json(object(content)),
      sameWhen: same,
      answer: (request) => ok(item(type, idOf(request), given(request))),
    }),
    operation({
      id: `trash_${type}`,
      route: `DELETE ${place}/{id}`,
      path: numbered,
      query: { 'force?': flag },
      answer: (request, memory) =>
        memory.effects(`trash_${type}`).some(({ request: one }) => idOf(one) === idOf(request))
          ? error(410, 'rest_already_trashed', 'The post has already been deleted.')
          : ok(item(type, idOf(request), { status: 'trash' })),
    }),
  ];
}

const settings = {
  title: 'Bakery',
  description: 'Bread since 1924',
  url: site,
  email: 'owner@example.com',
  timezone: 'Europe/Madrid',
  date_format: 'F j, Y',
  language: 'en_US',
  posts_per_page: 10,
  show_on_front: 'posts',
  page_on_front: 0,
  page_for_posts: 0,
  default_comment_status: 'open',
  site_logo: null,
  site_icon: 0,
};
const plugin = (name: string, status = 'inactive') => ({
  plugin: name,
  status,
  name: 'Forms &amp; more',
  plugin_uri: 'https://example.com/',
  author: 'Jo Author',
  description: { raw: 'Forms', rendered: 'Forms' },
  version: '6.1.2',
  network_only: false,
  requires_wp: '6.6',
  requires_php: '7.4',
  textdomain: 'forms',
});
const health = (check: string) =>
  operation({
    id: `check_${check.replace(/-/g, '_')}`,
    route: `GET /wp-json/wp-site-health/v1/tests/${check}`,
    answer: ok({
      label: 'Your site does &#8220;this&#8221; well',
      status: 'good',
      badge: { label: 'Performance', color: 'blue' },
      description: '<p>It does.</p>',
      actions: '',
      test: check.replace(/-/g, '_'),
    }),
  });

/** The REST API that a WordPress site of version 7.1 brings itself; the site is its own vendor. */
export const contract = defineContract({
  name: 'wordpress',
  baseUrl: `${site}/wp-json`,
  credentials: { siteUrl: `${site}/`, user: 'owner', applicationPassword: 'abcd EFGH 1234 ijkl MNOP 5678' },
  headers: { authorization: matching(/^Basic [A-Za-z0-9+/]+=*$/) },
  vendor: { kind: 'wordpress', files: ['wordpress/wp-json-index-7.1.4.json'], base: '/wp-json' },
  errors: {
    unauthorised: () => error(401, 'rest_forbidden', 'Sorry, you are not allowed to do that.'),
    // WordPress has no limit of its own; what stands before it answers in its place.
    rateLimited: (retryAfterS) =>
      reply(429, '<html><h1>Too Many Requests</h1></html>', {
        'content-type': 'text/html',
        'retry-after': String(retryAfterS),
      }),
    invalid: (field, message) =>
      error(400, 'rest_invalid_param', `Invalid parameter(s): ${field}`, {
        params: { [field]: message },
        details: {},
      }),
    unavailable: (status) =>
      status === 500
        ? error(500, 'internal_server_error', '<p>There has been a critical error on this website.</p>')
        : reply(status, '<html><h1>Briefly unavailable</h1></html>', { 'content-type': 'text/html' }),
  },
  operations: [
    ...contentRoutes('page'),
    ...contentRoutes('post'),
    operation({
      id: 'list_media',
      route: `GET ${root}/media`,
      query: {
        ...collection,
        'media_type?': commaSeparated(among('image', 'video', 'text', 'application', 'audio')),
        'mime_type?': text,
      },
      answer: ({ query }, memory) => {
        const [slug] = (query['slug'] as string[] | undefined) ?? [];
        const found = memory.effects('upload_media').filter(({ request }) => request.query['slug'] === slug);
        return ok(found.map(({ answer }) => answer.body));
      },
    }),
    operation({
      id: 'upload_media',
      route: `POST ${root}/media`,
      headers: { 'content-disposition': matching(/^attachment; filename="[^"/\\]+"$/) },
      query: { 'slug?': text, 'title?': text, 'alt_text?': text, 'post?': integer },
      body: bytes('image/jpeg', 'image/png', 'image/gif', 'image/webp', 'application/pdf'),
      answer: ({ query }, memory) => {
        const id = memory.number();
        return reply(201, {
          id,
          slug: query['slug'],
          status: 'inherit',
          type: 'attachment',
          link: `${site}/${String(query['slug'])}/`,
          alt_text: query['alt_text'] ?? '',
          mime_type: 'image/png',
          source_url: `${site}/wp-content/uploads/2026/11/file-${id}.png`,
        });
      },
    }),
    operation({ id: 'get_settings', route: `GET ${root}/settings`, answer: ok(settings) }),
    operation({
      id: 'update_settings',
      route: `POST ${root}/settings`,
      body: json(
        object({
          'title?': anyText,
          'description?': anyText,
          'timezone?': anyText,
          'language?': anyText,
          'posts_per_page?': integer,
          'show_on_front?': among('posts', 'page'),
          'page_on_front?': integer,
          'page_for_posts?': integer,
          'default_comment_status?': among('open', 'closed'),
        }),
      ),
      sameWhen: same,
      answer: (request) => ok({ ...settings, ...given(request) }),
    }),
    operation({
      id: 'list_plugins',
      route: `GET ${root}/plugins`,
      query: { ...context, 'search?': text, 'status?': commaSeparated(among('inactive', 'active')) },
      answer: (_request, memory) =>
        ok([
          plugin('akismet/akismet', 'active'),
          ...memory.effects('install_plugin').map(({ answer }) => answer.body),
        ]),
    }),
    operation({
      id: 'install_plugin',
      route: `POST ${root}/plugins`,
      body: json(object({ slug: matching(/^[\w-]+$/), 'status?': among('inactive', 'active') })),
      answer: (request) => reply(201, plugin(`${given(request)['slug']}/main`, given(request)['status'])),
    }),
    operation({
      id: 'switch_plugin',
      route: `POST ${root}/plugins/{plugin+}`,
      path: { plugin: matching(/^[^./]+(\/[^./]+)?$/) },
      body: json(object({ 'status?': among('inactive', 'active') })),
      sameWhen: same,
      answer: (request) => ok(plugin(String(request.params['plugin']), given(request)['status'])),
    }),
    operation({
      id: 'delete_plugin',
      route: `DELETE ${root}/plugins/{plugin+}`,
      answer: ({ params }) => ok({ deleted: true, previous: plugin(String(params['plugin'])) }),
    }),
    ...[
      'background-updates',
      'loopback-requests',
      'https-status',
      'dotorg-communication',
      'authorization-header',
      'page-cache',
    ].map(health),
    operation({
      id: 'list_abilities',
      route: 'GET /wp-json/wp-abilities/v1/abilities',
      query: { 'page?': integer, 'per_page?': between(1, 100), 'category?': text },
      answer: ok([{ name: 'core/get-site-info', label: 'Get Site Information', category: 'site' }]),
    }),
    operation({
      id: 'list_users',
      route: `GET ${root}/users`,
      query: { ...collection, 'roles?': commaSeparated(text) },
      answer: pages((n) => ({ id: n + 1, name: `Person ${n}`, slug: `person-${n}`, roles: ['author'] })),
    }),
  ],
});
