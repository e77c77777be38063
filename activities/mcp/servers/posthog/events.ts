import { createHash } from 'node:crypto';
import * as z from 'zod';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { listOf, text } from './project.ts';

const definitions = listOf('event_definitions');
const annotations = listOf('annotations');

/** The ingestion host of PostHog Cloud; a self-hosted instance ingests on its own host. */
function intake(host: string): string {
  return host.replace(/^https:\/\/(us|eu)\.posthog\.com$/, 'https://$1.i.posthog.com');
}

/** The same event sent twice is one, known by this id. */
function eventId(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-5$3-8$4-$5');
}

export const eventTools = [
  defineTool({
    name: 'posthog_list_events',
    title: 'List kinds of events',
    description: 'Names of the events the project knows, with when each was seen last.',
    risk: 'read',
    input: { search: z.string().min(1).max(200).optional(), ...pageInput(100) },
    example: { search: 'quote', limit: 50 },
    output: pageOutput(
      z.object({ name: z.string(), description: z.string().nullable(), last_seen_at: z.string().nullable() }),
    ),
    async run({ search, ...asked }, api) {
      const event = z.object({ name: z.string(), description: text, last_seen_at: text });
      const page = await api.list(definitions.address(api), event, definitions.pages, asked, {
        query: { search },
      });
      return {
        ...page,
        items: page.items.map((one) => ({
          name: one.name,
          description: one.description || null,
          last_seen_at: one.last_seen_at ?? null,
        })),
      };
    },
  }),

  defineTool({
    name: 'posthog_send_event',
    title: 'Send event',
    description: 'Records an action of a person, such as a signed quote. Needs the project token.',
    risk: 'write',
    looksFirst: true,
    input: {
      event: z.string().min(1).max(200),
      person: z.string().min(1).max(200).describe('Whatever tells people apart in the project'),
      happened_at: z.iso.datetime(),
      properties: z
        .record(z.string().min(1).max(200), z.union([z.string().max(1_000), z.number(), z.boolean()]))
        .default({}),
    },
    example: {
      event: 'quote_signed',
      person: 'customer-118',
      happened_at: '2026-11-02T09:30:00Z',
      properties: { plan: 'care' },
    },
    output: z.object({ event_id: z.string() }),
    async run({ event, person, happened_at, properties }, api) {
      const { projectToken, host = '' } = api.account;
      if (!projectToken) throw new RangeError('Enter the project token in the connection to send events.');
      const uuid = eventId(api.key);
      await api.send('POST', {
        base: intake(host),
        path: '/i/v0/e/',
        repeatable: true,
        body: { api_key: projectToken, uuid, event, distinct_id: person, timestamp: happened_at, properties },
      });
      return { event_id: uuid };
    },
  }),

  defineTool({
    name: 'posthog_add_annotation',
    title: 'Add annotation',
    description: 'Marks a day in all charts of the project, such as a launch.',
    risk: 'write',
    looksFirst: true,
    input: { text: z.string().min(1).max(400), at: z.iso.datetime() },
    example: { text: 'New prices are online', at: '2026-11-02T09:00:00Z' },
    output: z.object({ annotation_id: z.string() }),
    async run({ text: content, at }, api) {
      const annotation = z.object({ id: z.number(), content: text, date_marker: text });
      const made = await api.createOnce({
        async find() {
          const asked = { limit: 100 };
          const page = await api.list(annotations.address(api), annotation, annotations.pages, asked, {
            query: { search: content },
          });
          const same = page.items.find(
            (one) => one.content === content && Date.parse(one.date_marker ?? '') === Date.parse(at),
          );
          return same ?? null;
        },
        create: () =>
          api.post(annotations.address(api), annotation, {
            body: { content, date_marker: at, scope: 'project' },
          }),
      });
      return { annotation_id: String(made.id) };
    },
  }),
];
