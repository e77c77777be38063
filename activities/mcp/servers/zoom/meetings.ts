import * as z from 'zod';
import { byToken, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';

export const pages = (items: string) =>
  byToken({ items, next: 'next_page_token', param: 'next_page_token', limit: 'page_size' });

export const meetingId = z.string().regex(/^\d{9,12}$/, 'Use the number of a meeting, without blanks');

const zoomMeeting = z.object({
  id: z.union([z.string(), z.number()]),
  topic: z.string().nullish(),
  start_time: z.string().nullish(),
  duration: z.int().nullish(),
  timezone: z.string().nullish(),
  join_url: z.string().nullish(),
});
const meeting = z.object({
  id: z.string(),
  topic: z.string(),
  starts_at: z.string().nullable(),
  minutes: z.int().nullable(),
  time_zone: z.string().nullable(),
  join_url: z.string().nullable(),
});
const toMeeting = (from: z.output<typeof zoomMeeting>) => ({
  id: String(from.id),
  topic: from.topic ?? '',
  starts_at: from.start_time ?? null,
  minutes: from.duration ?? null,
  time_zone: from.timezone ?? null,
  join_url: from.join_url ?? null,
});

const plan = {
  topic: z.string().min(1).max(200),
  starts_at: z.iso.datetime().describe('In UTC, such as 2026-12-01T09:00:00Z'),
  minutes: z.int().min(1).max(1_440),
  agenda: z.string().max(2_000),
};
/** Zoom takes times in whole seconds. */
const zoomTime = (moment: string) => `${new Date(moment).toISOString().slice(0, 19)}Z`;

interface Planned {
  topic: string;
  starts_at: string;
  minutes: number;
}

/** An upcoming meeting with the same topic at the same time, which a host would not hold twice. */
async function alike(api: VendorApi, { topic, starts_at, minutes }: Planned) {
  let cursor: string | undefined;
  do {
    const asked = { limit: 300, cursor };
    const query = { type: 'upcoming' };
    const page = await api.list('/users/me/meetings', zoomMeeting, pages('meetings'), asked, { query });
    const found = page.items.find(
      (one) =>
        one.topic === topic &&
        one.duration === minutes &&
        Date.parse(one.start_time ?? '') === Date.parse(zoomTime(starts_at)),
    );
    if (found) return found;
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  return null;
}

export const meetingTools = [
  defineTool({
    name: 'zoom_get_host',
    title: 'Whose Zoom it is',
    description: 'The person as whom this connection plans meetings.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({ id: z.string(), email: z.string().nullable(), time_zone: z.string().nullable() }),
    async run(_input, api) {
      const text = z.string().nullish();
      const user = await api.get('/users/me', z.object({ id: z.string(), email: text, timezone: text }));
      return { id: user.id, email: user.email ?? null, time_zone: user.timezone || null };
    },
  }),

  defineTool({
    name: 'zoom_list_meetings',
    title: 'List meetings',
    description: 'Meetings to come, or earlier ones that were planned.',
    risk: 'read',
    input: { which: z.enum(['upcoming', 'previous']).default('upcoming'), ...pageInput(300) },
    example: { which: 'upcoming', limit: 30 },
    output: pageOutput(meeting),
    async run({ which, ...asked }, api) {
      const type = which === 'upcoming' ? 'upcoming' : 'previous_meetings';
      const page = await api.list('/users/me/meetings', zoomMeeting, pages('meetings'), asked, {
        query: { type },
      });
      return { ...page, items: page.items.map(toMeeting) };
    },
  }),

  defineTool({
    name: 'zoom_create_meeting',
    title: 'Plan meeting',
    description:
      'Schedules a meeting without inviting anyone. If the same topic is already scheduled for the same time, that meeting is returned.',
    risk: 'write',
    idempotent: true,
    looksFirst: true,
    input: {
      ...plan,
      agenda: plan.agenda.optional(),
      time_zone: z
        .string()
        .max(60)
        .regex(/^[A-Za-z_]+(\/[A-Za-z_+-]+)*$/)
        .default('UTC'),
      waiting_room: z.boolean().default(true),
      registration: z.boolean().default(false).describe('People register before they can join'),
    },
    example: {
      topic: 'Kick-off with Lovelace Care',
      starts_at: '2026-12-01T09:00:00Z',
      minutes: 45,
      agenda: 'Goals, pages, dates',
      time_zone: 'Europe/Berlin',
      registration: true,
    },
    output: meeting,
    async run(input, api) {
      const made = await api.createOnce({
        find: () => alike(api, input),
        create: () =>
          api.post('/users/me/meetings', zoomMeeting, {
            body: {
              topic: input.topic,
              type: 2,
              start_time: zoomTime(input.starts_at),
              duration: input.minutes,
              timezone: input.time_zone,
              agenda: input.agenda,
              settings: { waiting_room: input.waiting_room, approval_type: input.registration ? 0 : 2 },
            },
          }),
      });
      return toMeeting(made);
    },
  }),

  defineTool({
    name: 'zoom_update_meeting',
    title: 'Change meeting',
    description:
      'Moves or renames a meeting; what is not given stays. People who registered are told by Zoom.',
    risk: 'send',
    idempotent: true,
    input: {
      meeting_id: meetingId,
      topic: plan.topic.optional(),
      starts_at: plan.starts_at.optional(),
      minutes: plan.minutes.optional(),
      agenda: plan.agenda.optional(),
    },
    example: { meeting_id: '84110290355', starts_at: '2026-12-02T09:00:00Z', minutes: 60 },
    output: z.object({ meeting_id: z.string(), changed: z.literal(true) }),
    async run({ meeting_id, topic, starts_at, minutes, agenda }, api) {
      if ([topic, starts_at, minutes, agenda].every((one) => one === undefined)) {
        api.refuse('topic', 'Say what should change.');
      }
      await api.patch(path`/meetings/${meeting_id}`, z.unknown(), {
        body: { topic, start_time: starts_at && zoomTime(starts_at), duration: minutes, agenda },
        repeatable: true,
      });
      return { meeting_id, changed: true as const };
    },
  }),

  defineTool({
    name: 'zoom_cancel_meeting',
    title: 'Cancel meeting',
    description: 'Deletes a meeting. On request, registered people are notified by email.',
    risk: 'destructive',
    input: { meeting_id: meetingId, tell_registrants: z.boolean().default(true) },
    example: { meeting_id: '84110290355', tell_registrants: true },
    output: z.object({ meeting_id: z.string(), cancelled: z.literal(true) }),
    async run({ meeting_id, tell_registrants }, api) {
      await api.delete(path`/meetings/${meeting_id}`, z.unknown(), {
        query: { cancel_meeting_reminder: tell_registrants },
      });
      return { meeting_id, cancelled: true as const };
    },
  }),

  defineTool({
    name: 'zoom_add_registrant',
    title: 'Register person',
    description: 'Registers a person for a meeting with registration; Zoom mails them their own link.',
    risk: 'send',
    idempotent: true,
    input: {
      meeting_id: meetingId,
      email: z.email().max(128),
      first_name: z.string().min(1).max(64),
      last_name: z.string().min(1).max(64).optional(),
    },
    example: {
      meeting_id: '84110290355',
      email: 'ada@example.com',
      first_name: 'Ada',
      last_name: 'Lovelace',
    },
    output: z.object({ registrant_id: z.string(), join_url: z.string().nullable() }),
    async run({ meeting_id, ...person }, api) {
      const answer = z.object({ registrant_id: z.string(), join_url: z.string().nullish() });
      // A person is registered once, by address.
      const { registrant_id, join_url } = await api.post(path`/meetings/${meeting_id}/registrants`, answer, {
        body: person,
        repeatable: true,
      });
      return { registrant_id, join_url: join_url ?? null };
    },
  }),
];
