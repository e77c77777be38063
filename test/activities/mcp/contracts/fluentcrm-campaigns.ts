import { json, type Memory, ok, operation, reply } from '../upstream/contract.ts';
import { among, anything, anyText, integer, list, mapOf, object, text } from '../upstream/shapes.ts';
import {
  at,
  direction,
  given,
  ids,
  idOf,
  listed,
  localTime,
  numbered,
  pages,
  paging,
  root,
  same,
} from './fluentcrm-basics.ts';

const stages = among(
  'draft',
  'processing',
  'pending-scheduled',
  'scheduled',
  'working',
  'paused',
  'archived',
);
const campaign = (id: number, from: object = {}) => ({
  id,
  title: `Campaign ${id}`,
  slug: null,
  status: 'draft',
  template_id: null,
  email_subject: null,
  email_pre_header: null,
  email_body: null,
  recipients_count: 0,
  scheduled_at: null,
  settings: {},
  ...at,
  ...from,
});
const scheduled = (memory: Memory, id: number) =>
  memory.effects('schedule_campaign').find(({ request }) => idOf(request) === id);
const afterwards = (memory: Memory, id: number) => {
  const done = scheduled(memory, id);
  if (!done) return campaign(id);
  const moment = given(done.request)['scheduled_at'] as string | undefined;
  return campaign(id, {
    status: moment ? 'pending-scheduled' : 'processing',
    scheduled_at: moment ?? at.updated_at,
  });
};
const group = object({ 'lists?': ids, 'tags?': ids });

/** Campaigns and automations of FluentCRM. */
export const campaigns = [
  operation({
    id: 'list_campaigns',
    route: `GET ${root}/campaigns`,
    query: {
      'searchBy?': text,
      'statuses[]?': list(stages),
      'sort_by?': text,
      'sort_type?': direction,
      'with[]?': list(among('stats')),
      'labels[]?': ids,
      ...paging,
    },
    answer: listed(
      'campaigns',
      (memory) => memory.effects('create_campaign').map(({ answer }) => answer.body),
      campaign,
    ),
  }),
  operation({
    id: 'create_campaign',
    route: `POST ${root}/campaigns`,
    body: json(object({ 'title?': text })),
    answer: (request, memory) =>
      ok({ ...campaign(memory.number() + 100, given(request)), template: null, subjects: [] }),
  }),
  operation({
    id: 'get_campaign',
    route: `GET ${root}/campaigns/{id}`,
    path: numbered,
    query: { 'with[]?': list(text) },
    answer: (request, memory) => ok({ campaign: afterwards(memory, idOf(request)), templates: [] }),
  }),
  operation({
    id: 'update_campaign',
    route: `PUT ${root}/campaigns/{id}`,
    path: numbered,
    body: json(
      object({
        title: text,
        'email_subject?': anyText,
        'email_pre_header?': anyText,
        'email_body?': anyText,
        'template_id?': integer,
        'design_template?': among('simple', 'plain', 'classic', 'raw_classic', 'raw_html', 'visual_builder'),
        'utm_status?': among(0, 1),
        'settings?': mapOf(anything),
        'next_step?': integer,
      }),
    ),
    sameWhen: same,
    answer: (request) => ok({ campaign: campaign(idOf(request), given(request)) }),
  }),
  operation({
    id: 'draft_recipients',
    route: `POST ${root}/campaigns/{id}/draft-recipients`,
    path: numbered,
    body: json(
      object({
        'sending_filter?': among('list_tag', 'dynamic_segment', 'advanced_filters'),
        'subscribers?': group,
        'excludedSubscribers?': group,
      }),
    ),
    sameWhen: same,
    answer: ok({ message: 'Recipient settings has been updated', count: 850 }),
  }),
  operation({
    id: 'schedule_campaign',
    route: `POST ${root}/campaigns/{id}/schedule`,
    path: numbered,
    body: json(object({ 'scheduled_at?': localTime, 'sending_type?': among('schedule', 'range_schedule') })),
    answer: (request, memory) => {
      if (scheduled(memory, idOf(request))) {
        return reply(423, { message: 'Campaign status is not in draft status. Please reload the page' });
      }
      const moment = given(request)['scheduled_at'] as string | undefined;
      return ok({
        campaign: campaign(idOf(request), {
          status: moment ? 'pending-scheduled' : 'processing',
          scheduled_at: moment ?? at.updated_at,
        }),
        message: 'Your campaign email has been scheduled',
        current_timestamp: at.updated_at,
      });
    },
  }),
  operation({
    id: 'campaign_stats',
    route: `GET ${root}/campaigns/{id}/overview_stats`,
    path: numbered,
    answer: ok({
      sent_count: 1195,
      stat: [
        { status: 'sent', total: 1195 },
        { status: 'failed', total: 5 },
      ],
      analytics: {
        open: { total: 840, subtitle: '70.3% open rate' },
        click: { total: 320, subtitle: '26.8% click rate' },
      },
    }),
  }),
  operation({
    id: 'list_automations',
    route: `GET ${root}/funnels`,
    query: {
      'search?': text,
      'sort_by?': text,
      'sort_type?': direction,
      'labels[]?': ids,
      'statuses[]?': list(text),
      'with[]?': list(among('triggers')),
      ...paging,
    },
    answer: pages('funnels')((n) => ({
      id: n + 1,
      title: `Automation ${n + 1}`,
      trigger_name: 'fluent_crm/contact_created',
      status: 'published',
      conditions: [],
      settings: {},
      created_by: 1,
      subscribers_count: 120,
      ...at,
    })),
  }),
];
