import * as z from 'zod';
import { positiveMoneySchema } from '../../kit/money.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import { accountId, labelledByCall, labelsOf, objectId, toBudget } from './account.ts';

const made = z.object({ id: z.string() });
const name = z.string().min(1).max(200);
const example = { account_id: '208841190355' };

export const adTools = [
  defineTool({
    name: 'meta_ads_create_ad_set',
    title: 'Create ad set',
    description: 'Adds to a campaign who sees its ads and what they may cost a day. It is paused.',
    risk: 'money',
    looksFirst: true,
    input: {
      account_id: accountId,
      campaign_id: objectId,
      name,
      daily_budget: positiveMoneySchema.describe('In the currency of the ad account'),
      optimise_for: z.enum(['link_clicks', 'reach', 'impressions', 'lead_generation', 'landing_page_views']),
      page_id: objectId.optional().describe('The Facebook page; needed for lead_generation'),
      countries: z
        .array(z.string().regex(/^[A-Z]{2}$/, 'Use two-letter country codes'))
        .min(1)
        .max(50),
      age_from: z.int().min(18).max(65).default(18),
      age_to: z.int().min(18).max(65).default(65),
    },
    example: {
      ...example,
      campaign_id: '120210554410990',
      name: 'Germany, 25 to 60',
      daily_budget: { minor: 1500, currency: 'EUR' },
      optimise_for: 'lead_generation',
      page_id: '104417733908',
      countries: ['DE'],
      age_from: 25,
      age_to: 60,
    },
    output: z.object({ ad_set_id: z.string(), status: z.literal('paused') }),
    async run(input, api) {
      if (input.age_from > input.age_to) api.refuse('age_to', 'The upper age is below the lower.');
      if (input.optimise_for === 'lead_generation' && !input.page_id) {
        api.refuse('page_id', 'Leads are collected by a page. Say which.');
      }
      const daily_budget = await toBudget(api, input.account_id, input.daily_budget, 'daily_budget');
      const { id } = await api.createOnce({
        find: () => labelledByCall(api, path`/${input.campaign_id}/adsets`),
        create: () =>
          api.post(path`/act_${input.account_id}/adsets`, made, {
            body: {
              name: input.name,
              campaign_id: input.campaign_id,
              status: 'PAUSED',
              daily_budget,
              billing_event: 'IMPRESSIONS',
              optimization_goal: input.optimise_for.toUpperCase(),
              bid_strategy: 'LOWEST_COST_WITHOUT_CAP',
              promoted_object: input.page_id ? { page_id: input.page_id } : undefined,
              targeting: {
                geo_locations: { countries: input.countries },
                age_min: input.age_from,
                age_max: input.age_to,
              },
              adlabels: labelsOf(api),
            },
          }),
      });
      return { ad_set_id: id, status: 'paused' as const };
    },
  }),

  defineTool({
    name: 'meta_ads_create_ad',
    title: 'Create ad',
    description: 'Adds an ad with text, picture and link to an ad set, in the name of a page. It is paused.',
    risk: 'write',
    looksFirst: true,
    input: {
      account_id: accountId,
      ad_set_id: objectId,
      page_id: objectId,
      name,
      message: z.string().min(1).max(2_000).describe('The text above the picture'),
      headline: z.string().min(1).max(255),
      link: z.url({ protocol: /^https?$/ }).max(2_000),
      picture_url: z.url({ protocol: /^https$/ }).max(2_000),
      button: z
        .enum(['learn_more', 'sign_up', 'contact_us', 'get_quote', 'shop_now', 'book_travel'])
        .default('learn_more'),
    },
    example: {
      ...example,
      ad_set_id: '120210554410991',
      page_id: '104417733908',
      name: 'Care, picture of the workshop',
      message: 'We look after your website so that you can look after your customers.',
      headline: 'Website care from 49 euros',
      link: 'https://lovelace-care.example/prices/',
      picture_url: 'https://lovelace-care.example/workshop.jpg',
      button: 'get_quote',
    },
    output: z.object({ ad_id: z.string(), status: z.literal('paused') }),
    async run(input, api) {
      const { id } = await api.createOnce({
        find: () => labelledByCall(api, path`/${input.ad_set_id}/ads`),
        create: () =>
          api.post(path`/act_${input.account_id}/ads`, made, {
            body: {
              name: input.name,
              adset_id: input.ad_set_id,
              status: 'PAUSED',
              creative: {
                object_story_spec: {
                  page_id: input.page_id,
                  link_data: {
                    link: input.link,
                    message: input.message,
                    name: input.headline,
                    picture: input.picture_url,
                    call_to_action: { type: input.button.toUpperCase(), value: { link: input.link } },
                  },
                },
              },
              adlabels: labelsOf(api),
            },
          }),
      });
      return { ad_id: id, status: 'paused' as const };
    },
  }),
];
