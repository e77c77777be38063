import {
  defineContract,
  json,
  type Memory,
  ok,
  operation,
  type Recorded,
  reply,
} from '../upstream/contract.ts';
import { byToken } from '../upstream/pages.ts';
import {
  among,
  between,
  constant,
  date,
  email,
  flag,
  matching,
  object,
  objectWithAny,
  text,
  upTo,
} from '../upstream/shapes.ts';

const meetingId = { meeting: matching(/^\d{9,12}$/) };
const startTime = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const paging = { 'page_size?': between(1, 300), 'next_page_token?': text };
const pages = (name: string, more: object = {}) =>
  byToken({
    param: 'next_page_token',
    size: 'page_size',
    standard: 30,
    answer: (items, token, total) => ({
      page_size: 30,
      total_records: total,
      next_page_token: token ?? '',
      ...more,
      [name]: items,
    }),
  });

const meeting = {
  uuid: 'q1Zf3nW0R2a7==',
  id: 84110290355,
  host_id: 'kHostLovelace',
  topic: 'Monthly review',
  type: 2,
  start_time: '2026-11-26T09:00:00Z',
  duration: 30,
  timezone: 'Europe/Berlin',
  join_url: 'https://zoom.us/j/84110290355',
};

const body = (request: Recorded) => request.body as Record<string, unknown>;

/** Meetings that were planned before come first; then those that were always there. */
function meetings(request: Recorded, memory: Memory) {
  const planned = memory.effects('createMeeting').map((effect) => ({ ...meeting, ...body(effect.request) }));
  return planned.length > 0
    ? ok({ page_size: 300, total_records: planned.length, next_page_token: '', meetings: planned })
    : pages('meetings')((n) => ({ ...meeting, id: 84110290000 + n }))(request, memory);
}

/** Zoom's API as its reference tells it: lists by token (an empty one at the end), errors as a code and a message. */
export const contract = defineContract({
  name: 'zoom',
  baseUrl: 'https://api.zoom.us/v2',
  credentials: {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    clientId: 'zoomClient1',
    clientSecret: 'zoomSecret-contract',
    webhookSecret: 'zoomHook-contract',
  },
  headers: { authorization: matching(/^Bearer \S+$/) },
  oauth: {
    route: 'POST /oauth/token',
    clientAuth: 'basic',
    grants: {
      authorization_code: { code: text, redirect_uri: text, 'code_verifier?': text },
      refresh_token: { refresh_token: text },
    },
    rotates: true,
    lifeS: 3600,
    answer: { scope: 'meeting:read:meeting', api_url: 'https://api.zoom.us' },
  },
  errors: {
    unauthorised: () => reply(401, { code: 124, message: 'Access token is expired.' }),
    rateLimited: (retryAfterS) =>
      reply(
        429,
        { code: 429, message: 'You have reached the maximum per-second rate limit for this API.' },
        {
          'x-ratelimit-category': 'Medium',
          'x-ratelimit-type': 'QPS',
          'retry-after': String(retryAfterS),
        },
      ),
    invalid: (field, message) =>
      reply(400, { code: 300, message: 'Validation Failed.', errors: [{ field, message }] }),
  },
  operations: [
    operation({
      id: 'getUser',
      route: 'GET /v2/users/me',
      answer: ok({ id: 'kHostLovelace', email: 'ada@example.com', timezone: 'Europe/Berlin', type: 2 }),
    }),
    operation({
      id: 'listMeetings',
      route: 'GET /v2/users/{user}/meetings',
      path: { user: constant('me') },
      query: {
        'type?': among('scheduled', 'live', 'upcoming', 'upcoming_meetings', 'previous_meetings'),
        'from?': date,
        'to?': date,
        ...paging,
      },
      answer: meetings,
    }),
    operation({
      id: 'createMeeting',
      route: 'POST /v2/users/{user}/meetings',
      path: { user: constant('me') },
      body: json(
        object({
          topic: upTo(200),
          type: among(1, 2, 3, 8),
          'start_time?': startTime,
          'duration?': between(1, 1_440),
          'timezone?': text,
          'agenda?': upTo(2_000),
          'settings?': object({ 'waiting_room?': flag, 'approval_type?': among(0, 1, 2) }),
        }),
      ),
      answer: (request) => reply(201, { ...meeting, ...body(request) }),
    }),
    operation({
      id: 'updateMeeting',
      route: 'PATCH /v2/meetings/{meeting}',
      path: meetingId,
      body: json(
        objectWithAny(['topic', 'start_time', 'duration', 'agenda'], {
          'topic?': upTo(200),
          'start_time?': startTime,
          'duration?': between(1, 1_440),
          'timezone?': text,
          'agenda?': upTo(2_000),
        }),
      ),
      sameWhen: (request) => request.path + request.raw.toString(),
      answer: reply(204),
    }),
    operation({
      id: 'deleteMeeting',
      route: 'DELETE /v2/meetings/{meeting}',
      path: meetingId,
      query: { 'cancel_meeting_reminder?': flag, 'schedule_for_reminder?': flag, 'occurrence_id?': text },
      sameWhen: (request) => request.path,
      answer: reply(204),
    }),
    operation({
      id: 'addRegistrant',
      route: 'POST /v2/meetings/{meeting}/registrants',
      path: meetingId,
      body: json(object({ email, first_name: upTo(64), 'last_name?': upTo(64) })),
      // One registration for an address.
      sameWhen: (request) => `${request.path} ${String(body(request)['email'])}`,
      answer: (_request, memory) =>
        reply(201, {
          id: 84110290355,
          registrant_id: `reg${memory.number()}`,
          topic: 'Monthly review',
          join_url: 'https://zoom.us/w/84110290355?tk=own',
        }),
    }),
    operation({
      id: 'listParticipants',
      route: 'GET /v2/past_meetings/{meeting}/participants',
      path: meetingId,
      query: paging,
      answer: pages('participants')((n) => ({
        id: `p${n}`,
        name: `Guest ${n}`,
        user_email: '',
        join_time: '2026-11-19T09:01:00Z',
        leave_time: '2026-11-19T09:29:00Z',
        duration: 1680,
      })),
    }),
    operation({
      id: 'listRecordings',
      route: 'GET /v2/users/{user}/recordings',
      path: { user: constant('me') },
      query: { from: date, to: date, 'trash?': flag, ...paging },
      answer: pages('meetings', { from: '2026-11-01', to: '2026-11-30' })((n) => ({
        ...meeting,
        id: 84110290000 + n,
        share_url: 'https://zoom.us/rec/share/1',
        recording_files: [
          { id: 'f1', file_type: 'MP4', play_url: 'https://zoom.us/rec/play/1', status: 'completed' },
        ],
      })),
    }),
    operation({
      id: 'getSummary',
      route: 'GET /v2/meetings/{meeting}/meeting_summary',
      path: meetingId,
      answer: ok({
        meeting_id: 84110290355,
        summary_title: 'Monthly review',
        summary_overview: 'The new prices are agreed.',
        summary_details: [{ label: 'Prices', summary: 'From January on.' }],
        next_steps: ['Ada tells the customers.'],
      }),
    }),
  ],
});
