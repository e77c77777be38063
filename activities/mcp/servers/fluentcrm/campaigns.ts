import * as z from 'zod';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import { campaign, crmCampaign, id, ids, maxPage, number, pagesOf, toCampaign } from './shapes.ts';

const campaignPages = pagesOf('campaigns');
const oneCampaign = z.object({ campaign: crmCampaign });

/** Campaign titles are unique in FluentCRM. */
async function findByTitle(api: VendorApi, title: string) {
  const query = { searchBy: title };
  const { items } = await api.list('/campaigns', crmCampaign, campaignPages, { limit: maxPage }, { query });
  return items.find((one) => one.title === title) ?? null;
}

const crmFunnel = z.object({
  id: number,
  title: z.string(),
  status: z.string(),
  trigger_name: z.string().nullish(),
  subscribers_count: number.nullish(),
});

export const campaignTools = [
  defineTool({
    name: 'fluentcrm_list_campaigns',
    title: 'List campaigns',
    description: 'Email campaigns, newest first, with their state and number of recipients.',
    risk: 'read',
    input: {
      words: z.string().min(1).max(190).optional(),
      statuses: z
        .array(
          z.enum(['draft', 'processing', 'pending-scheduled', 'scheduled', 'working', 'paused', 'archived']),
        )
        .min(1)
        .max(7)
        .optional(),
      ...pageInput(maxPage),
    },
    example: { statuses: ['draft', 'pending-scheduled'], limit: 10 },
    output: pageOutput(campaign),
    async run({ words, statuses, ...asked }, api) {
      const query = { searchBy: words, 'statuses[]': statuses };
      const page = await api.list('/campaigns', crmCampaign, campaignPages, asked, { query });
      return { ...page, items: page.items.map(toCampaign) };
    },
  }),

  defineTool({
    name: 'fluentcrm_save_campaign',
    title: 'Draft campaign',
    description:
      'Writes an email campaign and chooses who gets it; nothing is sent. A draft with this title is replaced. The text needs a way to unsubscribe, such as ##crm.unsubscribe_url##.',
    risk: 'write',
    idempotent: true,
    looksFirst: true,
    input: {
      title: z.string().trim().min(1).max(190).describe('For yourself; each title is used once'),
      subject: z.string().min(1).max(190),
      preview: z.string().max(190).optional().describe('What mailboxes show beside the subject'),
      html: z.string().min(1).max(300_000),
      list_ids: ids.optional(),
      tag_ids: ids.optional(),
      except_tag_ids: ids.optional(),
    },
    example: {
      title: 'Spring 2027',
      subject: 'Fresh bread is back',
      preview: 'We open again on Monday',
      html: '<p>Come and see us.</p><p><a href="##crm.unsubscribe_url##">No more of these</a></p>',
      list_ids: [1],
      except_tag_ids: [4],
    },
    output: campaign,
    async run({ title, subject, preview, html, list_ids, tag_ids, except_tag_ids }, api) {
      if (!list_ids && !tag_ids) api.refuse('list_ids', 'Choose a list or a tag.');
      const found = await api.createOnce({
        find: () => findByTitle(api, title),
        create: () => api.post('/campaigns', crmCampaign, { body: { title } }),
      });
      if (found.status !== 'draft') {
        api.refuse('title', `A campaign with this title is no draft any more (${found.status}).`);
      }
      await api.put(path`/campaigns/${found.id}`, oneCampaign, {
        body: {
          title,
          email_subject: subject,
          email_pre_header: preview,
          email_body: html,
          design_template: 'raw_html',
        },
      });
      const { count } = await api.post(
        path`/campaigns/${found.id}/draft-recipients`,
        z.object({ count: number }),
        {
          body: {
            sending_filter: 'list_tag',
            subscribers: { lists: list_ids ?? [], tags: tag_ids ?? [] },
            excludedSubscribers: { lists: [], tags: except_tag_ids ?? [] },
          },
          repeatable: true,
        },
      );
      return { ...toCampaign(found), subject, recipients: count };
    },
  }),

  defineTool({
    name: 'fluentcrm_schedule_campaign',
    title: 'Send campaign',
    description:
      'Sends a drafted campaign to its recipients, at once or at a moment by the clock of the site. One that is no draft any more stays as it is and comes back.',
    risk: 'send',
    idempotent: true,
    looksFirst: true,
    input: {
      campaign_id: id,
      send_at_local: z.iso
        .datetime({ local: true, offset: false })
        .regex(/^[^Z]*$/, 'Without a zone: it is the clock of the site')
        .optional(),
    },
    example: { campaign_id: 12, send_at_local: '2027-03-15T09:00:00' },
    output: campaign,
    async run({ campaign_id, send_at_local }, api) {
      const address = path`/campaigns/${campaign_id}`;
      const find = async () => {
        const { campaign: one } = await api.get(address, oneCampaign);
        return one.status === 'draft' ? null : one;
      };
      const at = send_at_local?.replace('T', ' ').replace(/\.\d+$/, '');
      const create = async () => {
        const body = at ? { scheduled_at: at, sending_type: 'schedule' } : {};
        return (await api.post(`${address}/schedule`, oneCampaign, { body })).campaign;
      };
      return toCampaign(await api.createOnce({ find, create }));
    },
  }),

  defineTool({
    name: 'fluentcrm_get_campaign_stats',
    title: 'Results of a campaign',
    description: 'How many mails of a campaign were sent and failed, opened and clicked.',
    risk: 'read',
    input: { campaign_id: id },
    example: { campaign_id: 12 },
    output: z.object({
      sent: z.int(),
      by_status: z.array(z.object({ status: z.string(), mails: z.int() })),
      opened: z.int(),
      clicked: z.int(),
    }),
    async run({ campaign_id }, api) {
      const total = z.object({ total: number }).nullish();
      const stats = await api.get(
        path`/campaigns/${campaign_id}/overview_stats`,
        z.object({
          sent_count: number,
          stat: z.array(z.object({ status: z.string(), total: number })),
          analytics: z.object({ open: total, click: total }),
        }),
      );
      return {
        sent: stats.sent_count,
        by_status: stats.stat.map((one) => ({ status: one.status, mails: one.total })),
        opened: stats.analytics.open?.total ?? 0,
        clicked: stats.analytics.click?.total ?? 0,
      };
    },
  }),

  defineTool({
    name: 'fluentcrm_list_automations',
    title: 'List automations',
    description: 'Automations with what starts them and how many contacts go through them.',
    risk: 'read',
    input: { words: z.string().min(1).max(190).optional(), ...pageInput(maxPage) },
    example: { words: 'welcome', limit: 10 },
    output: pageOutput(
      z.object({
        id: z.int(),
        title: z.string(),
        active: z.boolean(),
        starts_by: z.string().nullable(),
        contacts: z.int().nullable(),
      }),
    ),
    async run({ words, ...asked }, api) {
      const query = { search: words };
      const page = await api.list('/funnels', crmFunnel, pagesOf('funnels'), asked, { query });
      return {
        ...page,
        items: page.items.map((one) => ({
          id: one.id,
          title: one.title,
          active: one.status === 'published',
          starts_by: one.trigger_name ?? null,
          contacts: one.subscribers_count ?? null,
        })),
      };
    },
  }),
];
