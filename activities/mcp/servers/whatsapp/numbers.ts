import * as z from 'zod';
import { graphPages } from '../../kit/graph.ts';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';

function numberIn(api: VendorApi, field: string, what: string): string {
  const id = api.account[field] ?? '';
  if (!/^\d+$/.test(id)) throw new RangeError(`The connection does not say which ${what} it is for.`);
  return id;
}

export const businessAccount = (api: VendorApi) =>
  numberIn(api, 'businessAccountId', 'WhatsApp business account');
export const phoneNumber = (api: VendorApi) => numberIn(api, 'phoneNumberId', 'telephone number');

const text = z.string().nullish();

const industries = [
  'auto',
  'beauty',
  'edu',
  'finance',
  'health',
  'hotel',
  'prof_services',
  'restaurant',
  'retail',
  'travel',
  'other',
] as const;

export const numberTools = [
  defineTool({
    name: 'whatsapp_list_numbers',
    title: 'List numbers',
    description:
      'Telephone numbers of the business with their quality and how many people they may write to a day.',
    risk: 'read',
    input: pageInput(100),
    example: { limit: 25 },
    output: pageOutput(
      z.object({
        id: z.string(),
        number: z.string(),
        name: z.string().nullable(),
        quality: z.string().nullable(),
        limit: z.string().nullable(),
      }),
    ),
    async run(asked, api) {
      const number = z.object({
        id: z.string(),
        display_phone_number: z.string(),
        verified_name: text,
        quality_rating: text,
        messaging_limit_tier: text,
      });
      const page = await api.list(path`/${businessAccount(api)}/phone_numbers`, number, graphPages, asked, {
        query: { fields: 'id,display_phone_number,verified_name,quality_rating,messaging_limit_tier' },
      });
      return {
        ...page,
        items: page.items.map((one) => ({
          id: one.id,
          number: one.display_phone_number,
          name: one.verified_name ?? null,
          quality: one.quality_rating?.toLowerCase() ?? null,
          limit: one.messaging_limit_tier?.toLowerCase() ?? null,
        })),
      };
    },
  }),

  defineTool({
    name: 'whatsapp_update_profile',
    title: 'Update business profile',
    description: 'Changes what customers see about the business in WhatsApp; what is not given stays.',
    risk: 'write',
    idempotent: true,
    input: {
      about: z.string().min(1).max(139).optional(),
      address: z.string().max(256).optional(),
      description: z.string().max(256).optional(),
      email: z.email().max(128).optional(),
      websites: z
        .array(z.url({ protocol: /^https?$/ }).max(256))
        .max(2)
        .optional(),
      industry: z.enum(industries).optional(),
    },
    example: {
      about: 'We look after websites.',
      email: 'hello@lovelace-care.example',
      websites: ['https://lovelace-care.example/'],
      industry: 'prof_services',
    },
    output: z.object({ updated: z.literal(true) }),
    async run({ industry, ...profile }, api) {
      await api.post(path`/${phoneNumber(api)}/whatsapp_business_profile`, z.object({}), {
        body: { messaging_product: 'whatsapp', ...profile, vertical: industry?.toUpperCase() },
        repeatable: true,
      });
      return { updated: true as const };
    },
  }),
];
