import * as z from 'zod';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import { meetingId, pages } from './meetings.ts';
import { dayMs } from '../../kit/time.ts';

const text = z.string().nullish();
const monthMs = 31 * dayMs;

export const pastTools = [
  defineTool({
    name: 'zoom_list_participants',
    title: 'Who came',
    description: 'People who were in a meeting that is over, with when they came and went.',
    risk: 'read',
    input: { meeting_id: meetingId, ...pageInput(300) },
    example: { meeting_id: '84110290355', limit: 50 },
    output: pageOutput(
      z.object({
        name: z.string().nullable(),
        email: z.string().nullable(),
        joined_at: z.string().nullable(),
        left_at: z.string().nullable(),
      }),
    ),
    async run({ meeting_id, ...asked }, api) {
      const person = z.object({ name: text, user_email: text, join_time: text, leave_time: text });
      const address = path`/past_meetings/${meeting_id}/participants`;
      const page = await api.list(address, person, pages('participants'), asked);
      return {
        ...page,
        items: page.items.map((one) => ({
          name: one.name ?? null,
          email: one.user_email || null,
          joined_at: one.join_time ?? null,
          left_at: one.leave_time ?? null,
        })),
      };
    },
  }),

  defineTool({
    name: 'zoom_list_recordings',
    title: 'List recordings',
    description: 'Recordings in the cloud from a span of at most one month.',
    risk: 'read',
    input: { from: z.iso.date(), to: z.iso.date(), ...pageInput(300) },
    example: { from: '2026-11-01', to: '2026-11-30', limit: 30 },
    output: pageOutput(
      z.object({
        meeting_id: z.string(),
        topic: z.string().nullable(),
        started_at: z.string().nullable(),
        minutes: z.int().nullable(),
        page_url: z.string().nullable(),
        files: z.array(z.object({ kind: z.string(), play_url: z.string().nullable() })),
      }),
    ),
    async run({ from, to, ...asked }, api) {
      const spanMs = Date.parse(to) - Date.parse(from);
      if (spanMs < 0) api.refuse('to', 'The last day is before the first.');
      if (spanMs > monthMs) api.refuse('to', 'Zoom shows at most one month at a time.');
      const file = z.object({ file_type: text, play_url: text });
      const recording = z.object({
        id: z.union([z.string(), z.number()]),
        topic: text,
        start_time: text,
        duration: z.int().nullish(),
        share_url: text,
        recording_files: z.array(file).nullish(),
      });
      const page = await api.list('/users/me/recordings', recording, pages('meetings'), asked, {
        query: { from, to },
      });
      return {
        ...page,
        items: page.items.map((one) => ({
          meeting_id: String(one.id),
          topic: one.topic ?? null,
          started_at: one.start_time ?? null,
          minutes: one.duration ?? null,
          page_url: one.share_url ?? null,
          files: (one.recording_files ?? []).map(({ file_type, play_url }) => ({
            kind: (file_type ?? 'other').toLowerCase(),
            play_url: play_url ?? null,
          })),
        })),
      };
    },
  }),

  defineTool({
    name: 'zoom_get_summary',
    title: 'Meeting summary',
    description:
      'The summary Zoom wrote of a meeting, with the next steps; only where the host has it switched on.',
    risk: 'read',
    input: { meeting_id: meetingId },
    example: { meeting_id: '84110290355' },
    output: z.object({
      title: z.string().nullable(),
      overview: z.string().nullable(),
      topics: z.array(z.object({ title: z.string().nullable(), text: z.string().nullable() })),
      next_steps: z.array(z.string()),
    }),
    async run({ meeting_id }, api) {
      const summary = await api.get(
        path`/meetings/${meeting_id}/meeting_summary`,
        z.object({
          summary_title: text,
          summary_overview: text,
          summary_details: z.array(z.object({ label: text, summary: text })).nullish(),
          next_steps: z.array(z.string()).nullish(),
        }),
      );
      return {
        title: summary.summary_title ?? null,
        overview: summary.summary_overview ?? null,
        topics: (summary.summary_details ?? []).map(({ label, summary: words }) => ({
          title: label ?? null,
          text: words ?? null,
        })),
        next_steps: summary.next_steps ?? [],
      };
    },
  }),
];
