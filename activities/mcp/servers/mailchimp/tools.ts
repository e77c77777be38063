import { createHash } from 'node:crypto';
import * as z from 'zod';
import { byOffset, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { markedName, path, type VendorApi } from '../../kit/vendor-api.ts';

const pagesOf = (items: string) =>
  byOffset({ items, offset: 'offset', limit: 'count', total: 'total_items' });

const vendorId = z.string().regex(/^[A-Za-z0-9]{1,32}$/, 'Use an id of Mailchimp');
const text = (max: number) => z.string().min(1).max(max);

/** Members are identified by the MD5 of their lower-case email address. */
const hashOf = (email: string) => createHash('md5').update(email.toLowerCase()).digest('hex');

const mailchimpMember = z.object({
  id: z.string(),
  email_address: z.string(),
  full_name: z.string().nullish(),
  status: z.string(),
  list_id: z.string(),
});
const member = z.object({
  email: z.string(),
  name: z.string().nullable(),
  status: z.string(),
  audience_id: z.string(),
});
const toMember = (from: z.output<typeof mailchimpMember>) => ({
  email: from.email_address,
  name: from.full_name || null,
  status: from.status,
  audience_id: from.list_id,
});
const memberFields = ['id', 'email_address', 'full_name', 'status', 'list_id'];

const mailchimpCampaign = z.object({
  id: z.string(),
  status: z.string(),
  send_time: z.string().nullish(),
  emails_sent: z.int().nullish(),
  settings: z.object({ title: z.string().nullish(), subject_line: z.string().nullish() }).nullish(),
});
const campaign = z.object({
  id: z.string(),
  title: z.string().nullable(),
  subject: z.string().nullable(),
  status: z.string(),
  sent_at: z.string().nullable(),
  mails_sent: z.int(),
});
const toCampaign = (from: z.output<typeof mailchimpCampaign>) => ({
  id: from.id,
  title: from.settings?.title || null,
  subject: from.settings?.subject_line || null,
  status: from.status,
  sent_at: from.send_time || null,
  mails_sent: from.emails_sent ?? 0,
});

const getCampaign = (api: VendorApi, id: string) => api.get(path`/campaigns/${id}`, mailchimpCampaign);

/** Refuses a campaign that Mailchimp would not send, with Mailchimp's reasons. */
async function checkReady(api: VendorApi, id: string): Promise<void> {
  const { is_ready, items } = await api.get(
    path`/campaigns/${id}/send-checklist`,
    z.object({
      is_ready: z.boolean(),
      items: z.array(z.object({ type: z.string(), heading: z.string(), details: z.string().nullish() })),
    }),
  );
  const errors = items.filter(({ type }) => type === 'error');
  const reasons = errors.map(({ heading, details }) => [heading, details].filter(Boolean).join(': '));
  if (!is_ready) api.refuse('campaign_id', `Not ready to be sent. ${reasons.join(' ')}`);
}

export const tools = [
  defineTool({
    name: 'mailchimp_list_audiences',
    title: 'List audiences',
    description: 'The audiences (lists) of the account with how many people they hold.',
    risk: 'read',
    input: pageInput(1_000),
    example: { limit: 10 },
    output: pageOutput(z.object({ id: z.string(), name: z.string(), members: z.int() })),
    async run(asked, api) {
      const audience = z.object({
        id: z.string(),
        name: z.string(),
        stats: z.object({ member_count: z.int() }),
      });
      const page = await api.list('/lists', audience, pagesOf('lists'), asked, {
        query: { fields: 'lists.id,lists.name,lists.stats.member_count,total_items' },
      });
      const items = page.items.map(({ id, name, stats }) => ({ id, name, members: stats.member_count }));
      return { ...page, items };
    },
  }),

  defineTool({
    name: 'mailchimp_search_members',
    title: 'Search members',
    description: 'People in the audiences whose name or email address matches; at most 30.',
    risk: 'read',
    input: { words: text(200), audience_id: vendorId.optional() },
    example: { words: 'ada@example.com' },
    output: z.object({ members: z.array(member) }),
    async run({ words, audience_id }, api) {
      const found = z.object({ members: z.array(mailchimpMember) });
      const places = ['exact_matches', 'full_search'];
      const fields = places.flatMap((place) => memberFields.map((name) => `${place}.members.${name}`));
      const answer = await api.get(
        '/search-members',
        z.object({ exact_matches: found, full_search: found }),
        { query: { query: words, list_id: audience_id, fields: fields.join(',') } },
      );
      const all = [...answer.exact_matches.members, ...answer.full_search.members];
      const unique = new Map(all.map((one) => [`${one.list_id}/${one.id}`, one]));
      return { members: [...unique.values()].map(toMember) };
    },
  }),

  defineTool({
    name: 'mailchimp_upsert_member',
    title: 'Add or update member',
    description:
      'Adds a person who consented to an audience, or updates their data. Unsubscribed people stay unsubscribed.',
    risk: 'write',
    idempotent: true,
    input: {
      audience_id: vendorId,
      email: z.email().max(254),
      first_name: text(100).optional(),
      last_name: text(100).optional(),
      as: z
        .enum(['subscribed', 'transactional'])
        .default('subscribed')
        .describe('For new people: subscribed to the newsletter, or only known as a customer'),
    },
    example: { audience_id: 'b7c41d90aa', email: 'ada@example.com', first_name: 'Ada' },
    output: member,
    async run({ audience_id, email, first_name, last_name, as }, api) {
      const merged = {
        ...(first_name && { FNAME: first_name }),
        ...(last_name && { LNAME: last_name }),
      };
      return toMember(
        await api.put(path`/lists/${audience_id}/members/${hashOf(email)}`, mailchimpMember, {
          query: { skip_merge_validation: true },
          body: {
            email_address: email,
            status_if_new: as,
            ...(Object.keys(merged).length > 0 && { merge_fields: merged }),
          },
        }),
      );
    },
  }),

  defineTool({
    name: 'mailchimp_tag_member',
    title: 'Tag member',
    description: 'Puts tags on a member, or takes them off.',
    risk: 'write',
    idempotent: true,
    input: {
      audience_id: vendorId,
      email: z.email().max(254),
      add: z.array(text(100)).max(50).default([]),
      remove: z.array(text(100)).max(50).default([]),
    },
    example: { audience_id: 'b7c41d90aa', email: 'ada@example.com', add: ['customer'] },
    output: z.object({ tags_changed: z.int() }),
    async run({ audience_id, email, add, remove }, api) {
      const tags = [
        ...add.map((name) => ({ name, status: 'active' })),
        ...remove.map((name) => ({ name, status: 'inactive' })),
      ];
      if (tags.length === 0) api.refuse('add', 'Name at least one tag.');
      await api.post(path`/lists/${audience_id}/members/${hashOf(email)}/tags`, z.unknown(), {
        body: { tags },
        repeatable: true,
      });
      return { tags_changed: tags.length };
    },
  }),

  defineTool({
    name: 'mailchimp_list_campaigns',
    title: 'List campaigns',
    description: 'Newsletters, newest first; drafts (save), scheduled or sent ones when asked.',
    risk: 'read',
    input: {
      status: z.enum(['save', 'paused', 'schedule', 'sending', 'sent']).optional(),
      ...pageInput(1_000),
    },
    example: { status: 'sent', limit: 10 },
    output: pageOutput(campaign),
    async run({ status, ...asked }, api) {
      const page = await api.list('/campaigns', mailchimpCampaign, pagesOf('campaigns'), asked, {
        query: { status, sort_field: 'create_time', sort_dir: 'DESC' },
      });
      return { ...page, items: page.items.map(toCampaign) };
    },
  }),

  defineTool({
    name: 'mailchimp_create_campaign',
    title: 'Create campaign',
    description: 'Drafts a newsletter for an audience with its content. It is not sent.',
    risk: 'write',
    looksFirst: true,
    input: {
      audience_id: vendorId,
      title: text(80).describe('For yourselves; readers see the subject'),
      subject: text(150),
      preview: text(150).optional(),
      from_name: text(100),
      reply_to: z.email().max(254),
      html: text(500_000),
    },
    example: {
      audience_id: 'b7c41d90aa',
      title: 'November letter',
      subject: 'What is new in November',
      from_name: 'Lovelace & Co',
      reply_to: 'hello@example.com',
      html: '<h1>November</h1><p>Our new opening hours.</p>',
    },
    output: campaign,
    async run(input, api) {
      const title = markedName(input.title, api);
      const settings = {
        title,
        subject_line: input.subject,
        preview_text: input.preview,
        from_name: input.from_name,
        reply_to: input.reply_to,
      };
      const made = await api.createOnce({
        async find() {
          const { campaigns } = await api.get(
            '/campaigns',
            z.object({ campaigns: z.array(mailchimpCampaign) }),
            { query: { list_id: input.audience_id, count: 50, sort_field: 'create_time', sort_dir: 'DESC' } },
          );
          return campaigns.find((one) => one.settings?.title === title) ?? null;
        },
        create: () =>
          api.post('/campaigns', mailchimpCampaign, {
            body: { type: 'regular', recipients: { list_id: input.audience_id }, settings },
          }),
      });
      await api.put(path`/campaigns/${made.id}/content`, z.unknown(), { body: { html: input.html } });
      return toCampaign(made);
    },
  }),

  defineTool({
    name: 'mailchimp_send_test',
    title: 'Send test mail',
    description: 'Mails a draft to a few addresses for a look.',
    risk: 'send',
    input: { campaign_id: vendorId, emails: z.array(z.email().max(254)).min(1).max(10) },
    example: { campaign_id: '4f0a92c6d1', emails: ['hello@example.com'] },
    output: z.object({ sent_to: z.array(z.string()) }),
    async run({ campaign_id, emails }, api) {
      await api.post(path`/campaigns/${campaign_id}/actions/test`, z.unknown(), {
        body: { test_emails: emails, send_type: 'html' },
      });
      return { sent_to: emails };
    },
  }),

  defineTool({
    name: 'mailchimp_schedule_campaign',
    title: 'Schedule campaign',
    description: 'Has a draft sent at a moment, which is on a quarter of an hour.',
    risk: 'send',
    looksFirst: true,
    input: { campaign_id: vendorId, send_at: z.iso.datetime() },
    example: { campaign_id: '4f0a92c6d1', send_at: '2026-12-01T09:15:00Z' },
    output: campaign,
    async run({ campaign_id, send_at }, api) {
      if (Date.parse(send_at) % 900_000 !== 0) {
        api.refuse('send_at', 'Choose a full quarter of an hour, such as 09:15.');
      }
      return toCampaign(
        await api.createOnce({
          async find() {
            const one = await getCampaign(api, campaign_id);
            const planned =
              one.status === 'schedule' && Date.parse(one.send_time ?? '') === Date.parse(send_at);
            return planned ? one : null;
          },
          async create() {
            await checkReady(api, campaign_id);
            await api.post(path`/campaigns/${campaign_id}/actions/schedule`, z.unknown(), {
              body: { schedule_time: send_at },
            });
            return getCampaign(api, campaign_id);
          },
        }),
      );
    },
  }),

  defineTool({
    name: 'mailchimp_send_campaign',
    title: 'Send campaign',
    description: 'Sends a draft to its whole audience, now. One that is on its way is not sent again.',
    risk: 'send',
    looksFirst: true,
    input: { campaign_id: vendorId },
    example: { campaign_id: '4f0a92c6d1' },
    output: campaign,
    async run({ campaign_id }, api) {
      return toCampaign(
        await api.createOnce({
          async find() {
            const one = await getCampaign(api, campaign_id);
            return one.status === 'sending' || one.status === 'sent' ? one : null;
          },
          async create() {
            await checkReady(api, campaign_id);
            await api.post(path`/campaigns/${campaign_id}/actions/send`, z.unknown());
            return getCampaign(api, campaign_id);
          },
        }),
      );
    },
  }),

  defineTool({
    name: 'mailchimp_get_report',
    title: 'Report of campaign',
    description: 'How a newsletter did: sent, opened, clicked, bounced, unsubscribed.',
    risk: 'read',
    input: { campaign_id: vendorId },
    example: { campaign_id: '4f0a92c6d1' },
    output: z.object({
      mails_sent: z.int(),
      opened_by: z.int(),
      clicked_by: z.int(),
      bounced: z.int(),
      unsubscribed: z.int(),
    }),
    async run({ campaign_id }, api) {
      const report = await api.get(
        path`/reports/${campaign_id}`,
        z.object({
          emails_sent: z.int(),
          opens: z.object({ unique_opens: z.int() }),
          clicks: z.object({ unique_subscriber_clicks: z.int() }),
          bounces: z.object({ hard_bounces: z.int(), soft_bounces: z.int() }),
          unsubscribed: z.int(),
        }),
      );
      return {
        mails_sent: report.emails_sent,
        opened_by: report.opens.unique_opens,
        clicked_by: report.clicks.unique_subscriber_clicks,
        bounced: report.bounces.hard_bounces + report.bounces.soft_bounces,
        unsubscribed: report.unsubscribed,
      };
    },
  }),
];
