import * as z from 'zod';
import { VendorError } from '../../kit/errors.ts';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { channelId, pages, userId } from './channels.ts';

const messageId = z.string().regex(/^\d{10}\.\d{6}$/, 'Use the id of a message, such as 1793700000.000100');
const channelOrPerson = z.union([channelId, userId]).describe('A channel, or a person to write to directly');
const body = z.string().min(1).max(4_000).describe('Slack markup: *bold*, <https://example.com|link>');
const example = { channel_id: 'C07QUOTES1' };

const posted = z.object({ channel_id: z.string(), message_id: z.string() });
const slackPosted = z.object({ channel: z.string(), ts: z.string() });
const toPosted = ({ channel, ts }: z.output<typeof slackPosted>) => ({ channel_id: channel, message_id: ts });

const slackMessage = z.object({
  ts: z.string(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
  text: z.string().nullish(),
  thread_ts: z.string().nullish(),
  reply_count: z.int().nullish(),
});
const message = z.object({
  id: z.string(),
  sent_at: z.string(),
  from: z.string().nullable().describe('Id of a person or of a bot'),
  text: z.string(),
  thread_id: z.string().nullable(),
  replies: z.int(),
});
const toMessage = (from: z.output<typeof slackMessage>) => ({
  id: from.ts,
  sent_at: new Date(Number(from.ts) * 1_000).toISOString(),
  from: from.user ?? from.bot_id ?? null,
  text: from.text ?? '',
  thread_id: from.thread_ts ?? null,
  replies: from.reply_count ?? 0,
});
const seconds = (moment: string) => (Date.parse(moment) / 1_000).toFixed(6);

export const messageTools = [
  defineTool({
    name: 'slack_read_channel',
    title: 'Read channel',
    description: 'Messages of a channel this connection is in, newest first.',
    risk: 'read',
    input: { channel_id: channelId, since: z.iso.datetime().optional(), ...pageInput(200, 15) },
    example: { ...example, since: '2026-11-01T00:00:00Z', limit: 15 },
    output: pageOutput(message),
    async run({ channel_id, since, ...asked }, api) {
      const page = await api.list('/conversations.history', slackMessage, pages('messages'), asked, {
        method: 'POST',
        body: { channel: channel_id, oldest: since && seconds(since) },
      });
      return { ...page, items: page.items.map(toMessage) };
    },
  }),

  defineTool({
    name: 'slack_read_thread',
    title: 'Read thread',
    description: 'A message with the answers to it, oldest first.',
    risk: 'read',
    input: { channel_id: channelId, message_id: messageId, ...pageInput(200, 15) },
    example: { ...example, message_id: '1793700000.000100', limit: 15 },
    output: pageOutput(message),
    async run({ channel_id, message_id, ...asked }, api) {
      const page = await api.list('/conversations.replies', slackMessage, pages('messages'), asked, {
        method: 'POST',
        body: { channel: channel_id, ts: message_id },
      });
      return { ...page, items: page.items.map(toMessage) };
    },
  }),

  defineTool({
    name: 'slack_post_message',
    title: 'Post message',
    description: 'Writes into a channel, or as an answer into a thread.',
    risk: 'send',
    input: { channel_id: channelOrPerson, text: body, thread_id: messageId.optional() },
    example: { ...example, text: 'A new quote was signed: *Q-2026-118*.' },
    output: posted,
    async run({ channel_id, text, thread_id }, api) {
      const request = { body: { channel: channel_id, text, thread_ts: thread_id } };
      return toPosted(await api.post('/chat.postMessage', slackPosted, request));
    },
  }),

  defineTool({
    name: 'slack_update_message',
    title: 'Change message',
    description: 'Puts another text in place of a message this connection has posted.',
    risk: 'send',
    idempotent: true,
    input: { channel_id: channelId, message_id: messageId, text: body },
    example: { ...example, message_id: '1793700000.000100', text: 'Signed and paid: *Q-2026-118*.' },
    output: posted,
    async run({ channel_id, message_id, text }, api) {
      const request = { body: { channel: channel_id, ts: message_id, text }, repeatable: true };
      return toPosted(await api.post('/chat.update', slackPosted, request));
    },
  }),

  defineTool({
    name: 'slack_schedule_message',
    title: 'Schedule message',
    description: 'Has a message posted later, within the next 120 days.',
    risk: 'send',
    input: { channel_id: channelOrPerson, text: body, post_at: z.iso.datetime({ offset: true }) },
    example: { ...example, text: 'The invoices of this month are due.', post_at: '2026-12-01T08:00:00Z' },
    output: z.object({ channel_id: z.string(), scheduled_id: z.string(), post_at: z.string() }),
    async run({ channel_id, text, post_at }, api) {
      const answer = z.object({
        channel: z.string(),
        scheduled_message_id: z.string(),
        post_at: z.coerce.number(),
      });
      const made = await api.post('/chat.scheduleMessage', answer, {
        body: { channel: channel_id, text, post_at: Math.floor(Date.parse(post_at) / 1_000) },
      });
      return {
        channel_id: made.channel,
        scheduled_id: made.scheduled_message_id,
        post_at: new Date(made.post_at * 1_000).toISOString(),
      };
    },
  }),

  defineTool({
    name: 'slack_add_reaction',
    title: 'React',
    description: 'Puts an emoji under a message.',
    risk: 'write',
    idempotent: true,
    input: {
      channel_id: channelId,
      message_id: messageId,
      emoji: z
        .string()
        .max(100)
        .regex(/^[a-z0-9_+'-]+$/, 'Use the name of an emoji without colons'),
    },
    example: { ...example, message_id: '1793700000.000100', emoji: 'white_check_mark' },
    output: z.object({ done: z.literal(true) }),
    async run({ channel_id, message_id, emoji }, api) {
      const request = { body: { channel: channel_id, timestamp: message_id, name: emoji }, repeatable: true };
      await api.post('/reactions.add', z.object({}), request).catch((error: unknown) => {
        if (!(error instanceof VendorError) || error.code !== 'already_reacted') throw error;
      });
      return { done: true as const };
    },
  }),
];
