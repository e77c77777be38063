import * as z from 'zod';
import { byToken, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';

const base = 'https://analyticsadmin.googleapis.com/v1beta';

const pages = (items: string) =>
  byToken({ items, next: 'nextPageToken', param: 'pageToken', limit: 'pageSize' });

/** Analytics names things by paths: "properties/123" is property 123. */
const lastPart = (name: string) => name.slice(name.lastIndexOf('/') + 1);

export const propertyId = z.string().regex(/^\d{1,20}$/, 'Use the number of a property');

const summary = z.object({
  account: z.string(),
  displayName: z.string().nullish(),
  propertySummaries: z.array(z.object({ property: z.string(), displayName: z.string().nullish() })).nullish(),
});

const stream = z.object({
  name: z.string(),
  type: z.string(),
  displayName: z.string().nullish(),
  webStreamData: z
    .object({ measurementId: z.string().nullish(), defaultUri: z.string().nullish() })
    .nullish(),
});

const keyEvent = z.object({ name: z.string(), eventName: z.string(), countingMethod: z.string().nullish() });
const counting = { once_per_event: 'ONCE_PER_EVENT', once_per_session: 'ONCE_PER_SESSION' } as const;

export const propertyTools = [
  defineTool({
    name: 'ga4_list_properties',
    title: 'List Analytics properties',
    description:
      'Analytics accounts with their properties (one per website or app). Reports need a property id.',
    risk: 'read',
    input: pageInput(200),
    example: { limit: 50 },
    output: pageOutput(
      z.object({
        account_id: z.string(),
        account_name: z.string().nullable(),
        properties: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
      }),
    ),
    async run(asked, api) {
      const page = await api.list('/accountSummaries', summary, pages('accountSummaries'), asked, { base });
      return {
        ...page,
        items: page.items.map((one) => ({
          account_id: lastPart(one.account),
          account_name: one.displayName ?? null,
          properties: (one.propertySummaries ?? []).map(({ property, displayName }) => ({
            id: lastPart(property),
            name: displayName ?? null,
          })),
        })),
      };
    },
  }),

  defineTool({
    name: 'ga4_list_data_streams',
    title: 'List data streams',
    description: 'Where a property gets its data from: websites with their measurement ids (G-…), and apps.',
    risk: 'read',
    input: { property_id: propertyId, ...pageInput(200) },
    example: { property_id: '318204417', limit: 50 },
    output: pageOutput(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        kind: z.enum(['web', 'android', 'ios', 'other']),
        measurement_id: z.string().nullable(),
        site_url: z.string().nullable(),
      }),
    ),
    async run({ property_id, ...asked }, api) {
      const address = path`/properties/${property_id}/dataStreams`;
      const page = await api.list(address, stream, pages('dataStreams'), asked, { base });
      const kinds = {
        WEB_DATA_STREAM: 'web',
        ANDROID_APP_DATA_STREAM: 'android',
        IOS_APP_DATA_STREAM: 'ios',
      } as const;
      return {
        ...page,
        items: page.items.map((one) => ({
          id: lastPart(one.name),
          name: one.displayName ?? null,
          kind: kinds[one.type as keyof typeof kinds] ?? ('other' as const),
          measurement_id: one.webStreamData?.measurementId ?? null,
          site_url: one.webStreamData?.defaultUri ?? null,
        })),
      };
    },
  }),

  defineTool({
    name: 'ga4_create_key_event',
    title: 'Mark key event',
    description:
      'Makes an event count as a key event (what the business wants visitors to do), if it is none yet.',
    risk: 'write',
    idempotent: true,
    looksFirst: true,
    input: {
      property_id: propertyId,
      event_name: z
        .string()
        .regex(
          /^[A-Za-z]\w{0,39}$/,
          'Begin with a letter, then letters, digits and underscores, at most 40.',
        ),
      counting: z.enum(['once_per_event', 'once_per_session']).default('once_per_event'),
    },
    example: { property_id: '318204417', event_name: 'quote_requested', counting: 'once_per_session' },
    output: z.object({ id: z.string(), event_name: z.string(), counting: z.string() }),
    async run({ property_id, event_name, counting: how }, api) {
      const address = path`/properties/${property_id}/keyEvents`;
      const event = await api.createOnce({
        // A property has at most 50 of them, so the first page is all.
        async find() {
          const { items } = await api.list(address, keyEvent, pages('keyEvents'), { limit: 200 }, { base });
          return items.find(({ eventName }) => eventName === event_name) ?? null;
        },
        create: () =>
          api.post(address, keyEvent, {
            base,
            body: { eventName: event_name, countingMethod: counting[how] },
          }),
      });
      return {
        id: lastPart(event.name),
        event_name: event.eventName,
        counting: (event.countingMethod ?? counting[how]).toLowerCase(),
      };
    },
  }),
];
