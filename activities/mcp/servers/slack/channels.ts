import * as z from 'zod';
import { byToken, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';

export const channelId = z
  .string()
  .regex(/^[CGD][A-Z0-9]{4,20}$/, 'Use the id of a channel, it begins with C');
export const userId = z.string().regex(/^[UW][A-Z0-9]{4,20}$/, 'Use the id of a person, it begins with U');

export const pages = (items: string) =>
  byToken({ items, next: 'response_metadata.next_cursor', param: 'cursor', limit: 'limit', inBody: true });

const slackChannel = z.object({
  id: z.string(),
  name: z.string(),
  is_private: z.boolean().nullish(),
  is_member: z.boolean().nullish(),
  num_members: z.int().nullish(),
  purpose: z.object({ value: z.string().nullish() }).nullish(),
});
const channel = z.object({
  id: z.string(),
  name: z.string(),
  private: z.boolean(),
  joined: z.boolean().describe('Whether this connection is in it and may write'),
  members: z.int().nullable(),
  purpose: z.string().nullable(),
});
const toChannel = (from: z.output<typeof slackChannel>) => ({
  id: from.id,
  name: from.name,
  private: from.is_private ?? false,
  joined: from.is_member ?? false,
  members: from.num_members ?? null,
  purpose: from.purpose?.value || null,
});

export const channelTools = [
  defineTool({
    name: 'slack_list_channels',
    title: 'List channels',
    description: 'Channels of the workspace. A page can hold fewer than asked for although more follow.',
    risk: 'read',
    input: { private_too: z.boolean().default(false), ...pageInput(200, 100) },
    example: { private_too: true, limit: 50 },
    output: pageOutput(channel),
    async run({ private_too, ...asked }, api) {
      const page = await api.list('/conversations.list', slackChannel, pages('channels'), asked, {
        method: 'POST',
        body: {
          exclude_archived: true,
          types: private_too ? 'public_channel,private_channel' : 'public_channel',
        },
      });
      return { ...page, items: page.items.map(toChannel) };
    },
  }),

  defineTool({
    name: 'slack_create_channel',
    title: 'Create channel',
    description: 'Opens a channel; its name has to be free.',
    risk: 'write',
    input: {
      name: z
        .string()
        .max(80)
        .regex(/^[\p{Ll}\p{Lo}\p{N}_-]+$/u, 'Use small letters, digits, hyphens and underscores'),
      private: z.boolean().default(false),
    },
    example: { name: 'client-lovelace', private: false },
    output: channel,
    async run({ name, private: hidden }, api) {
      const made = await api.post('/conversations.create', z.object({ channel: slackChannel }), {
        body: { name, is_private: hidden },
      });
      return toChannel(made.channel);
    },
  }),

  defineTool({
    name: 'slack_invite_to_channel',
    title: 'Invite to channel',
    description: 'Brings people of the workspace into a channel; each of them is told.',
    risk: 'send',
    input: { channel_id: channelId, user_ids: z.array(userId).min(1).max(100) },
    example: { channel_id: 'C07QUOTES1', user_ids: ['U05ADALOVE'] },
    output: channel,
    async run({ channel_id, user_ids }, api) {
      const answer = await api.post('/conversations.invite', z.object({ channel: slackChannel }), {
        body: { channel: channel_id, users: user_ids.join(',') },
      });
      return toChannel(answer.channel);
    },
  }),

  defineTool({
    name: 'slack_find_person',
    title: 'Find person',
    description: 'The person of the workspace with an email address.',
    risk: 'read',
    input: { email: z.email() },
    example: { email: 'ada@example.com' },
    output: z.object({ id: z.string(), name: z.string(), time_zone: z.string().nullable() }),
    async run({ email }, api) {
      const user = z.object({
        id: z.string(),
        name: z.string().nullish(),
        real_name: z.string().nullish(),
        tz: z.string().nullish(),
      });
      const found = await api.post('/users.lookupByEmail', z.object({ user }), {
        body: { email },
        repeatable: true,
      });
      const { id, name, real_name, tz } = found.user;
      return { id, name: real_name ?? name ?? id, time_zone: tz ?? null };
    },
  }),
];
