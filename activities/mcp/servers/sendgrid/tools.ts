import * as z from 'zod';
import { at, byAddress, byOffset, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { markedName, path } from '../../kit/vendor-api.ts';

const text = (max: number) => z.string().min(1).max(max);
const email = z.email().max(254);
const address = z.strictObject({ email, name: text(200).optional() });

const templatePages = byAddress({
  items: 'result',
  limit: 'page_size',
  next: (reply) => at(reply.body, '_metadata.next') as string | undefined,
  within: /^\/v3\/templates\?/,
});
const bouncePages = byOffset({ items: '', offset: 'offset', limit: 'limit' });

const singleSend = z.object({ id: z.string(), name: z.string(), status: z.string() });
const epochS = (moment: string | undefined) =>
  moment === undefined ? undefined : Math.floor(Date.parse(moment) / 1_000);

export const tools = [
  defineTool({
    name: 'sendgrid_send_email',
    title: 'Send email',
    description:
      'Sends one mail: with subject and text, or from a template. Each recipient sees all the others.',
    risk: 'send',
    input: {
      from: address.describe('A sender or domain that is verified'),
      to: z.array(address).min(1).max(100),
      reply_to: address.optional(),
      subject: text(998).optional(),
      text: text(500_000).optional(),
      html: text(500_000).optional(),
      template_id: z
        .string()
        .regex(/^d-[0-9a-f]{32}$/, 'Use the id of a dynamic template, it begins with d-')
        .optional(),
      template_data: z.record(z.string().max(100), z.unknown()).optional(),
      send_at: z.iso.datetime().optional().describe('At most 72 hours ahead'),
    },
    example: {
      from: { email: 'hello@example.com', name: 'Lovelace & Co' },
      to: [{ email: 'ada@example.com', name: 'Ada' }],
      subject: 'Your appointment on Friday',
      text: 'See you on Friday at ten.',
    },
    output: z.object({ message_id: z.string().nullable() }),
    async run(input, api) {
      const content = [
        ...(input.text ? [{ type: 'text/plain', value: input.text }] : []),
        ...(input.html ? [{ type: 'text/html', value: input.html }] : []),
      ];
      if (!input.template_id && content.length === 0) api.refuse('text', 'Give a text or a template.');
      if (!input.template_id && !input.subject)
        api.refuse('subject', 'A mail without template has a subject.');
      const reply = await api.send('POST', {
        path: '/mail/send',
        body: {
          personalizations: [{ to: input.to, dynamic_template_data: input.template_data }],
          from: input.from,
          reply_to: input.reply_to,
          subject: input.subject,
          content: content.length > 0 ? content : undefined,
          template_id: input.template_id,
          send_at: epochS(input.send_at),
          // Returned with every event of this email.
          custom_args: { bizosaas_key: api.key },
        },
      });
      return { message_id: reply.headers['x-message-id'] ?? null };
    },
  }),

  defineTool({
    name: 'sendgrid_list_senders',
    title: 'List senders',
    description: 'The addresses and domains one may send from.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({
      addresses: z.array(z.object({ email: z.string(), name: z.string().nullable(), verified: z.boolean() })),
      domains: z.array(z.object({ domain: z.string(), valid: z.boolean() })),
    }),
    async run(_input, api) {
      const sender = z.object({
        from_email: z.string(),
        from_name: z.string().nullish(),
        verified: z.boolean(),
      });
      const { results } = await api.get('/verified_senders', z.object({ results: z.array(sender) }));
      const domains = await api.get(
        '/whitelabel/domains',
        z.object({ domain: z.string(), valid: z.boolean() }).array(),
      );
      return {
        addresses: results.map(({ from_email, from_name, verified }) => ({
          email: from_email,
          name: from_name ?? null,
          verified,
        })),
        domains,
      };
    },
  }),

  defineTool({
    name: 'sendgrid_list_templates',
    title: 'List templates',
    description: 'The dynamic templates, whose ids are used to send.',
    risk: 'read',
    input: pageInput(200),
    example: { limit: 10 },
    output: pageOutput(z.object({ id: z.string(), name: z.string() })),
    async run(asked, api) {
      const template = z.object({ id: z.string(), name: z.string() });
      return api.list('/templates', template, templatePages, asked, { query: { generations: 'dynamic' } });
    },
  }),

  defineTool({
    name: 'sendgrid_upsert_contacts',
    title: 'Add or update contacts',
    description:
      'Adds contacts for newsletters or updates them by email address; takes effect a little later.',
    risk: 'write',
    idempotent: true,
    input: {
      contacts: z
        .array(
          z.strictObject({
            email,
            first_name: z.string().max(50).optional(),
            last_name: z.string().max(50).optional(),
            city: z.string().max(60).optional(),
            country: z.string().max(50).optional(),
          }),
        )
        .min(1)
        .max(1_000),
      list_ids: z.array(z.uuid()).max(50).optional(),
    },
    example: { contacts: [{ email: 'ada@example.com', first_name: 'Ada', last_name: 'Lovelace' }] },
    output: z.object({ job_id: z.string() }),
    async run(body, api) {
      return api.put('/marketing/contacts', z.object({ job_id: z.string() }), { body });
    },
  }),

  defineTool({
    name: 'sendgrid_find_contacts',
    title: 'Find contacts',
    description: 'Contacts by their email addresses, with the lists they are on.',
    risk: 'read',
    input: { emails: z.array(email).min(1).max(100) },
    example: { emails: ['ada@example.com'] },
    output: z.object({
      contacts: z.array(
        z.object({ id: z.string(), email: z.string(), name: z.string(), list_ids: z.array(z.string()) }),
      ),
    }),
    async run({ emails }, api) {
      const contact = z.object({
        id: z.string(),
        email: z.string(),
        first_name: z.string().nullish(),
        last_name: z.string().nullish(),
        list_ids: z.array(z.string()).nullish(),
      });
      const { result } = await api.post(
        '/marketing/contacts/search/emails',
        z.object({ result: z.record(z.string(), z.object({ contact: contact.nullish() })) }),
        { body: { emails }, repeatable: true },
      );
      const contacts = Object.values(result).flatMap(({ contact: one }) => (one ? [one] : []));
      return {
        contacts: contacts.map((one) => ({
          id: one.id,
          email: one.email,
          name: [one.first_name, one.last_name].filter(Boolean).join(' '),
          list_ids: one.list_ids ?? [],
        })),
      };
    },
  }),

  defineTool({
    name: 'sendgrid_create_single_send',
    title: 'Create newsletter',
    description: 'Drafts a mail to lists of contacts. It is not sent.',
    risk: 'write',
    looksFirst: true,
    input: {
      name: text(80).describe('For yourselves; readers see the subject'),
      subject: text(998),
      html: text(500_000),
      list_ids: z.array(z.uuid()).min(1).max(10),
      sender_id: z.int().positive(),
      suppression_group_id: z.int().positive().describe('The group people can unsubscribe from'),
    },
    example: {
      name: 'November letter',
      subject: 'What is new in November',
      html: '<h1>November</h1><p>Our new opening hours.</p>',
      list_ids: ['7c1de5b4-20f6-4a83-9d0e-b86f3512ca47'],
      sender_id: 4_410_233,
      suppression_group_id: 18_402,
    },
    output: singleSend,
    async run(input, api) {
      const name = markedName(input.name, api);
      return api.createOnce({
        async find() {
          const { result } = await api.post(
            '/marketing/singlesends/search',
            z.object({ result: z.array(singleSend) }),
            { body: { name }, repeatable: true },
          );
          return result.find((one) => one.name === name) ?? null;
        },
        create: () =>
          api.post('/marketing/singlesends', singleSend, {
            body: {
              name,
              send_to: { list_ids: input.list_ids },
              email_config: {
                subject: input.subject,
                html_content: input.html,
                generate_plain_content: true,
                sender_id: input.sender_id,
                suppression_group_id: input.suppression_group_id,
              },
            },
          }),
      });
    },
  }),

  defineTool({
    name: 'sendgrid_schedule_single_send',
    title: 'Send newsletter',
    description: 'Sends a drafted newsletter to its lists, now or at a moment.',
    risk: 'send',
    idempotent: true,
    input: {
      single_send_id: z.uuid(),
      send_at: z.union([z.literal('now'), z.iso.datetime()]).default('now'),
    },
    example: { single_send_id: 'e19f4a60-7b35-4d2c-8fa1-05c6d7e8b392', send_at: '2026-12-01T09:00:00Z' },
    output: z.object({ status: z.string(), send_at: z.string().nullable() }),
    async run({ single_send_id, send_at }, api) {
      const answer = await api.put(
        path`/marketing/singlesends/${single_send_id}/schedule`,
        z.object({ status: z.string(), send_at: z.string().nullish() }),
        { body: { send_at } },
      );
      return { status: answer.status, send_at: answer.send_at ?? null };
    },
  }),

  defineTool({
    name: 'sendgrid_list_bounces',
    title: 'List bounces',
    description: 'Addresses that could not be reached, with the reason; newest first.',
    risk: 'read',
    input: { since: z.iso.datetime().optional(), until: z.iso.datetime().optional(), ...pageInput(500) },
    example: { since: '2026-11-01T00:00:00Z', limit: 10 },
    output: pageOutput(z.object({ email: z.string(), reason: z.string(), bounced_at: z.string() })),
    async run({ since, until, ...asked }, api) {
      const bounce = z.object({ email: z.string(), reason: z.string(), created: z.int() });
      const page = await api.list('/suppression/bounces', bounce, bouncePages, asked, {
        query: { start_time: epochS(since), end_time: epochS(until) },
      });
      const items = page.items.map(({ created, ...rest }) => ({
        ...rest,
        bounced_at: new Date(created * 1_000).toISOString(),
      }));
      return { ...page, items };
    },
  }),

  defineTool({
    name: 'sendgrid_get_stats',
    title: 'Statistics',
    description:
      'Per day, week or month: mails asked for, delivered, opened, clicked, bounced, reported as spam.',
    risk: 'read',
    input: {
      from: z.iso.date(),
      to: z.iso.date().optional(),
      per: z.enum(['day', 'week', 'month']).default('day'),
    },
    example: { from: '2026-11-01', to: '2026-11-22', per: 'week' },
    output: z.object({
      periods: z.array(
        z.object({
          begins_on: z.string(),
          requested: z.int(),
          delivered: z.int(),
          opened_by: z.int(),
          clicked_by: z.int(),
          bounced: z.int(),
          spam_reports: z.int(),
        }),
      ),
    }),
    async run({ from, to, per }, api) {
      const metrics = z.object({
        requests: z.int(),
        delivered: z.int(),
        unique_opens: z.int(),
        unique_clicks: z.int(),
        bounces: z.int(),
        spam_reports: z.int(),
      });
      const period = z.object({ date: z.string(), stats: z.array(z.object({ metrics })).min(1) });
      const answer = await api.get('/stats', z.array(period), {
        query: { start_date: from, end_date: to, aggregated_by: per },
      });
      return {
        periods: answer.map(({ date, stats }) => {
          const counted = stats[0]!.metrics;
          return {
            begins_on: date,
            requested: counted.requests,
            delivered: counted.delivered,
            opened_by: counted.unique_opens,
            clicked_by: counted.unique_clicks,
            bounced: counted.bounces,
            spam_reports: counted.spam_reports,
          };
        }),
      };
    },
  }),

  defineTool({
    name: 'sendgrid_suppress_addresses',
    title: 'Never mail again',
    description: 'Puts addresses on the list of those who get nothing from you any more.',
    risk: 'write',
    idempotent: true,
    input: { emails: z.array(email).min(1).max(1_000) },
    example: { emails: ['no-more@example.com'] },
    output: z.object({ emails: z.array(z.string()) }),
    async run({ emails }, api) {
      const { recipient_emails } = await api.post(
        '/asm/suppressions/global',
        z.object({ recipient_emails: z.array(z.string()) }),
        { body: { recipient_emails: emails }, repeatable: true },
      );
      return { emails: recipient_emails };
    },
  }),
];
