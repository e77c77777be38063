import * as z from 'zod';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import { plain } from '../../kit/wordpress.ts';

const wpSettings = z.object({
  title: z.string(),
  description: z.string(),
  url: z.string(),
  timezone: z.string(),
  language: z.string(),
  show_on_front: z.string(),
  page_on_front: z.int(),
});
const site = z.object({
  title: z.string(),
  tagline: z.string(),
  url: z.url(),
  timezone: z.string().nullable(),
  language: z.string(),
  front_page_id: z.int().nullable().describe('Null: the front page shows the newest posts'),
});
const toSite = (from: z.output<typeof wpSettings>) => ({
  title: plain(from.title),
  tagline: plain(from.description),
  url: from.url,
  timezone: from.timezone || null,
  language: from.language,
  front_page_id: from.show_on_front === 'page' ? from.page_on_front : null,
});

const wpPlugin = z.object({
  plugin: z.string(),
  status: z.string(),
  name: z.string(),
  version: z.string(),
});
const plugin = z.object({
  plugin: z.string().describe('Its id, as the other tools want it'),
  name: z.string(),
  version: z.string(),
  active: z.boolean(),
});
const toPlugin = (from: z.output<typeof wpPlugin>) => ({
  plugin: from.plugin,
  name: plain(from.name),
  version: from.version,
  active: from.status !== 'inactive',
});
const pluginFields = { _fields: 'plugin,status,name,version' };

/** WordPress' own health checks; the sign-in check is left out, as the call itself is signed in. */
const checks = [
  'background-updates',
  'loopback-requests',
  'https-status',
  'dotorg-communication',
  'page-cache',
] as const;

export const siteTools = [
  defineTool({
    name: 'wordpress_get_site',
    title: 'Site settings',
    description: 'Title, tagline, address, timezone, language and front page of the site.',
    risk: 'read',
    input: {},
    example: {},
    output: site,
    async run(_input, api) {
      return toSite(await api.get('/wp/v2/settings', wpSettings));
    },
  }),

  defineTool({
    name: 'wordpress_update_settings',
    title: 'Change site settings',
    description: 'Changes title, tagline, timezone or front page of the site; what is not given stays.',
    risk: 'write',
    idempotent: true,
    input: {
      title: z.string().min(1).max(200).optional(),
      tagline: z.string().max(300).optional(),
      timezone: z
        .string()
        .regex(/^[A-Za-z_+-]+(?:\/[A-Za-z0-9_+-]+)*$/)
        .max(60)
        .optional(),
      front_page_id: z
        .int()
        .min(1)
        .nullable()
        .optional()
        .describe('A published page; null for the newest posts'),
    },
    example: { title: 'Miller’s Bakery', tagline: 'Bread since 1924', timezone: 'Europe/Madrid' },
    output: site,
    async run({ title, tagline, timezone, front_page_id }, api) {
      if (front_page_id) {
        // WordPress takes any number here, and then shows no front page.
        const page = z.object({ status: z.string() });
        const { status } = await api.get(path`/wp/v2/pages/${front_page_id}`, page, {
          query: { context: 'edit', _fields: 'status' },
        });
        if (status !== 'publish') api.refuse('front_page_id', 'Publish this page first.');
      }
      const front =
        front_page_id === undefined
          ? {}
          : { show_on_front: front_page_id ? 'page' : 'posts', page_on_front: front_page_id ?? 0 };
      const after = await api.post('/wp/v2/settings', wpSettings, {
        body: { title, description: tagline, timezone, ...front },
        repeatable: true,
      });
      // WordPress silently ignores an unknown timezone.
      if (timezone && after.timezone !== timezone) api.refuse('timezone', 'WordPress does not know it.');
      return toSite(after);
    },
  }),

  defineTool({
    name: 'wordpress_list_plugins',
    title: 'List plugins',
    description: 'All plugins of the site with their versions, and which of them are switched on.',
    risk: 'read',
    input: { words: z.string().min(1).max(100).optional() },
    example: { words: 'forms' },
    output: z.object({ items: z.array(plugin) }),
    async run({ words }, api) {
      const query = { search: words, ...pluginFields };
      const found = await api.get('/wp/v2/plugins', z.array(wpPlugin), { query });
      return { items: found.map(toPlugin) };
    },
  }),

  defineTool({
    name: 'wordpress_install_plugin',
    title: 'Install plugin',
    description:
      'Installs a plugin from the directory of wordpress.org by its short name, switched off. One that is there already stays as it is.',
    risk: 'write',
    idempotent: true,
    looksFirst: true,
    input: {
      short_name: z
        .string()
        .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
        .max(100),
    },
    example: { short_name: 'contact-form-7' },
    output: plugin,
    async run({ short_name }, api) {
      const find = async () => {
        const all = await api.get('/wp/v2/plugins', z.array(wpPlugin), { query: pluginFields });
        return all.find(({ plugin: name }) => name.split('/')[0] === short_name) ?? null;
      };
      const create = () =>
        api.post('/wp/v2/plugins', wpPlugin, { body: { slug: short_name, status: 'inactive' } });
      return toPlugin(await api.createOnce({ find, create }));
    },
  }),

  defineTool({
    name: 'wordpress_switch_plugin',
    title: 'Switch plugin on or off',
    description: 'Switches an installed plugin on or off.',
    risk: 'write',
    idempotent: true,
    input: {
      plugin: z
        .string()
        .regex(/^[^./\s]+(?:\/[^./\s]+)?$/, 'Use the id from the list of plugins')
        .max(200),
      active: z.boolean(),
    },
    example: { plugin: 'contact-form-7/wp-contact-form-7', active: true },
    output: plugin,
    async run({ plugin: name, active }, api) {
      const [folder = '', file] = name.split('/');
      const address = path`/wp/v2/plugins/${folder}` + (file ? path`/${file}` : '');
      const body = { status: active ? 'active' : 'inactive' };
      return toPlugin(await api.post(address, wpPlugin, { body, repeatable: true }));
    },
  }),

  defineTool({
    name: 'wordpress_check_health',
    title: 'Check site health',
    description:
      'Has WordPress check itself: updates, calls to itself, https, its way to wordpress.org, page cache. Takes some seconds.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({
      checks: z.array(
        z.object({
          check: z.enum(checks),
          verdict: z.enum(['good', 'recommended', 'critical']),
          sentence: z.string(),
        }),
      ),
    }),
    async run(_input, api) {
      const found = [];
      // One after the other: some make the site call itself, which needs a free PHP worker.
      for (const check of checks) {
        const { status, label } = await api.get(
          path`/wp-site-health/v1/tests/${check}`,
          z.object({ status: z.enum(['good', 'recommended', 'critical']), label: z.string() }),
        );
        found.push({ check, verdict: status, sentence: plain(label) });
      }
      return { checks: found };
    },
  }),
];
