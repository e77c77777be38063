import * as z from 'zod';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import { building } from './building.ts';
import { websiteAnswer, websiteId } from './shapes.ts';

const done = z.object({ status: z.string() });
const started = z.object({ website_id: z.number() });

const domainAnswer = z.object({ id: z.number(), name: z.string() });

export const tools = [
  defineTool({
    name: 'tenweb_list_websites',
    title: 'List websites',
    description: 'The websites of the account, with their addresses.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({
      websites: z.array(
        z.object({
          id: z.number(),
          title: z.string(),
          url: z.string().nullable(),
          admin_url: z.string().nullable(),
          kind: z.string().nullable().describe('live, demo or staging'),
        }),
      ),
    }),
    async run(_input, api) {
      const { data } = await api.get('/v1/account/websites', z.object({ data: websiteAnswer.array() }));
      return {
        websites: data.map((one) => ({
          id: one.id,
          title: one.site_title ?? one.name ?? '',
          url: one.site_url ?? null,
          admin_url: one.admin_url ?? null,
          kind: one.type ?? null,
        })),
      };
    },
  }),

  defineTool({
    name: 'tenweb_list_regions',
    title: 'List regions',
    description: 'Where in the world a new website can be hosted.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({ regions: z.array(z.object({ zone: z.string(), location: z.string() })) }),
    async run(_input, api) {
      const zone = z.object({ zone: z.string(), location: z.string(), is_available: z.number() });
      const { data } = await api.get('/v1/hosting/zone/available', z.object({ data: zone.array() }));
      return { regions: data.filter((one) => one.is_available === 1) };
    },
  }),

  ...building,

  defineTool({
    name: 'tenweb_list_backups',
    title: 'List backups',
    description: 'The backups of a website, with time (YYYYMMDDTHHmmssZ) and size in bytes.',
    risk: 'read',
    input: { website_id: websiteId },
    example: { website_id: 18_925 },
    output: z.object({
      backups: z.array(z.object({ id: z.number(), at: z.string(), bytes: z.number(), kind: z.string() })),
    }),
    async run({ website_id }, api) {
      const backup = z.object({
        backup_id: z.number(),
        backup_time: z.string(),
        backup_size: z.number(),
        type: z.string(),
      });
      const address = path`/v1/hosting/websites/${website_id}/backup/list`;
      const { data } = await api.get(address, z.object({ data: backup.array() }));
      return {
        backups: data.map((one) => ({
          id: one.backup_id,
          at: one.backup_time,
          bytes: one.backup_size,
          kind: one.type.toLowerCase(),
        })),
      };
    },
  }),

  defineTool({
    name: 'tenweb_run_backup',
    title: 'Back up website',
    description: 'Starts a backup of a website; tenweb_list_backups shows it when it is there.',
    risk: 'write',
    input: { website_id: websiteId },
    example: { website_id: 18_925 },
    output: started,
    async run({ website_id }, api) {
      await api.post(path`/v1/hosting/websites/${website_id}/backup/run`, done);
      return { website_id };
    },
  }),

  defineTool({
    name: 'tenweb_restore_backup',
    title: 'Restore backup',
    description: 'Puts a website back to what a backup holds; what changed since is lost.',
    risk: 'destructive',
    slow: true,
    input: { website_id: websiteId, backup_id: z.int().min(1) },
    example: { website_id: 18_925, backup_id: 25_340 },
    output: started,
    async run({ website_id, backup_id }, api) {
      await api.post(path`/v1/hosting/websites/${website_id}/backup/${backup_id}/restore`, done);
      return { website_id };
    },
  }),

  defineTool({
    name: 'tenweb_enable_staging',
    title: 'Make staging copy',
    description: 'Makes a copy of a website to try changes on, unless there is one.',
    risk: 'write',
    looksFirst: true,
    slow: true,
    input: { website_id: websiteId },
    example: { website_id: 18_925 },
    output: started,
    async run({ website_id }, api) {
      const settings = z.object({ data: z.object({ staging_enabled: z.boolean() }) });
      return api.createOnce({
        async find() {
          const { data } = await api.get(path`/v1/hosting/websites/${website_id}/settings`, settings);
          return data.staging_enabled ? { website_id } : null;
        },
        async create() {
          await api.post(path`/v1/hosting/websites/${website_id}/staging/enable`, done);
          return { website_id };
        },
      });
    },
  }),

  defineTool({
    name: 'tenweb_push_to_live',
    title: 'Publish staging copy',
    description: 'Replaces the live website by its staging copy.',
    risk: 'destructive',
    slow: true,
    input: { staging_website_id: websiteId },
    example: { staging_website_id: 18_926 },
    output: z.object({ staging_website_id: z.number() }),
    async run({ staging_website_id }, api) {
      await api.post(path`/v1/hosting/websites/${staging_website_id}/push-to-live`, done);
      return { staging_website_id };
    },
  }),

  defineTool({
    name: 'tenweb_add_domain',
    title: 'Add domain',
    description: 'Adds a domain name to a website, unless it has it; it works when its DNS points to 10Web.',
    risk: 'write',
    looksFirst: true,
    input: {
      website_id: websiteId,
      domain_name: z.hostname().max(253),
    },
    example: { website_id: 18_925, domain_name: 'haraandlee.example' },
    output: z.object({ id: z.number(), name: z.string() }),
    async run({ website_id, domain_name }, api) {
      const address = path`/v1/hosting/websites/${website_id}/domain-name`;
      return api.createOnce({
        async find() {
          const { data } = await api.get(address, z.object({ data: domainAnswer.array() }));
          return data.find(({ name }) => name === domain_name) ?? null;
        },
        async create() {
          const answer = z.object({ data: z.object({ id: z.number() }) });
          const { data } = await api.post(address, answer, { body: { domain_name } });
          return { id: data.id, name: domain_name };
        },
      });
    },
  }),
];
