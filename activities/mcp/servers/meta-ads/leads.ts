import * as z from 'zod';
import { graphPages } from '../../kit/graph.ts';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import { objectId } from './account.ts';

/** "2026-11-02T09:30:00+0000" */
const moment = (text: string) => new Date(text).toISOString();

export const leadTools = [
  defineTool({
    name: 'meta_ads_list_lead_forms',
    title: 'List lead forms',
    description: 'Forms of a Facebook page in which people leave their address, with how many did.',
    risk: 'read',
    input: { page_id: objectId, ...pageInput(100) },
    example: { page_id: '104417733908', limit: 25 },
    output: pageOutput(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        status: z.string().nullable(),
        leads: z.int(),
      }),
    ),
    async run({ page_id, ...asked }, api) {
      const form = z.object({
        id: z.string(),
        name: z.string().nullish(),
        status: z.string().nullish(),
        leads_count: z.int().nullish(),
      });
      const page = await api.list(path`/${page_id}/leadgen_forms`, form, graphPages, asked, {
        query: { fields: 'id,name,status,leads_count' },
      });
      return {
        ...page,
        items: page.items.map((one) => ({
          id: one.id,
          name: one.name ?? null,
          status: one.status?.toLowerCase() ?? null,
          leads: one.leads_count ?? 0,
        })),
      };
    },
  }),

  defineTool({
    name: 'meta_ads_list_leads',
    title: 'List leads',
    description:
      'What people entered in a lead form, newest first, with the ad they came from. Personal data.',
    risk: 'read',
    input: { form_id: objectId, ...pageInput(100) },
    example: { form_id: '884100277319', limit: 25 },
    output: pageOutput(
      z.object({
        id: z.string(),
        created_at: z.string(),
        answers: z.array(z.object({ question: z.string(), values: z.array(z.string()) })),
        ad_id: z.string().nullable(),
        campaign_id: z.string().nullable(),
      }),
    ),
    async run({ form_id, ...asked }, api) {
      const lead = z.object({
        id: z.string(),
        created_time: z.string(),
        field_data: z.array(z.object({ name: z.string(), values: z.array(z.string()) })).nullish(),
        ad_id: z.string().nullish(),
        campaign_id: z.string().nullish(),
      });
      const page = await api.list(path`/${form_id}/leads`, lead, graphPages, asked, {
        query: { fields: 'id,created_time,field_data,ad_id,campaign_id' },
      });
      return {
        ...page,
        items: page.items.map((one) => ({
          id: one.id,
          created_at: moment(one.created_time),
          answers: (one.field_data ?? []).map(({ name, values }) => ({ question: name, values })),
          ad_id: one.ad_id ?? null,
          campaign_id: one.campaign_id ?? null,
        })),
      };
    },
  }),
];
