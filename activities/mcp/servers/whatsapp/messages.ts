import * as z from 'zod';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import { phoneNumber } from './numbers.ts';
import { languageCode, templateName } from './templates.ts';

const to = z
  .string()
  .regex(/^\+?[1-9]\d{6,14}$/, 'Use a telephone number with its country code, digits only')
  .describe('With country code, such as +4915112345678');
const messageId = z
  .string()
  .max(500)
  .regex(/^wamid\.[A-Za-z0-9+/=_-]+$/, 'Use the id of a message, it begins with wamid.');

const sent = z.object({
  message_id: z.string(),
  state: z.string().describe('Accepted is not delivered: what becomes of it comes as an event'),
});

async function send(
  api: VendorApi,
  recipient: string,
  message: { type: string } & Record<string, unknown>,
): Promise<z.output<typeof sent>> {
  const answer = z.object({
    messages: z.array(z.object({ id: z.string(), message_status: z.string().nullish() })).min(1),
  });
  const { messages } = await api.post(path`/${phoneNumber(api)}/messages`, answer, {
    body: {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: recipient.replace(/^\+/, ''),
      ...message,
    },
  });
  return { message_id: messages[0]!.id, state: messages[0]!.message_status ?? 'accepted' };
}

export const messageTools = [
  defineTool({
    name: 'whatsapp_send_template',
    title: 'Send template',
    description: 'Sends an approved template, the only way to write first. The customer has to have agreed.',
    risk: 'send',
    input: {
      to,
      template: templateName,
      language: languageCode,
      values: z
        .array(z.string().min(1).max(1_000))
        .max(20)
        .default([])
        .describe('For {{1}}, {{2}} and so on'),
    },
    example: { to: '+4915112345678', template: 'quote_ready', language: 'en', values: ['Ada', 'Q-2026-118'] },
    output: sent,
    async run({ to: recipient, template, language, values }, api) {
      const parameters = values.map((text) => ({ type: 'text', text }));
      return send(api, recipient, {
        type: 'template',
        template: {
          name: template,
          language: { policy: 'deterministic', code: language },
          ...(values.length > 0 && { components: [{ type: 'body', parameters }] }),
        },
      });
    },
  }),

  defineTool({
    name: 'whatsapp_send_text',
    title: 'Send text',
    description: 'Writes freely to a customer; only within 24 hours after the customer wrote last.',
    risk: 'send',
    input: {
      to,
      text: z.string().min(1).max(4_096),
      reply_to: messageId.optional(),
      preview_links: z.boolean().default(false),
    },
    example: { to: '+4915112345678', text: 'Thank you, Ada. We begin on Monday.', preview_links: false },
    output: sent,
    async run({ to: recipient, text, reply_to, preview_links }, api) {
      return send(api, recipient, {
        type: 'text',
        text: { body: text, preview_url: preview_links },
        context: reply_to ? { message_id: reply_to } : undefined,
      });
    },
  }),

  defineTool({
    name: 'whatsapp_send_file',
    title: 'Send picture or document',
    description: 'Sends a file from a public address; only within 24 hours after the customer wrote last.',
    risk: 'send',
    input: {
      to,
      kind: z.enum(['image', 'document']),
      url: z.url({ protocol: /^https$/ }).max(2_000),
      caption: z.string().min(1).max(1_024).optional(),
      file_name: z.string().min(1).max(240).optional().describe('Shown with a document'),
    },
    example: {
      to: '+4915112345678',
      kind: 'document',
      url: 'https://lovelace-care.example/quotes/q-2026-118.pdf',
    },
    output: sent,
    async run({ to: recipient, kind, url, caption, file_name }, api) {
      if (file_name && kind !== 'document') api.refuse('file_name', 'Only documents have a name.');
      const file = { link: url, caption, filename: file_name };
      return send(api, recipient, { type: kind, [kind]: file });
    },
  }),

  defineTool({
    name: 'whatsapp_mark_read',
    title: 'Mark as read',
    description: 'Shows a customer that the message has been read.',
    risk: 'send',
    idempotent: true,
    input: { message_id: messageId },
    example: { message_id: 'wamid.HBgNNovemberCare1=' },
    output: z.object({ read: z.literal(true) }),
    async run({ message_id }, api) {
      await api.post(path`/${phoneNumber(api)}/messages`, z.object({}), {
        body: { messaging_product: 'whatsapp', status: 'read', message_id },
        repeatable: true,
      });
      return { read: true as const };
    },
  }),
];
