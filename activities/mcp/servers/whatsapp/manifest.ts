import { graphAuth, graphProblemOf, graphUrl, graphWebhook } from '../../kit/graph.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';

/** A delivery holds either a customer's message or the status of a sent one. */
const value = 'entry.0.changes.0.value';
const messageOf = (payload: unknown) => at(payload, `${value}.messages.0.id`);
const stateOf = (payload: unknown) => at(payload, `${value}.statuses.0.status`);

export const manifest = defineManifest({
  name: 'whatsapp',
  title: 'WhatsApp Business',
  summary: 'Write to customers on WhatsApp and answer them.',
  category: 'messaging',
  priority: 'core',
  version: '1.0.0',
  docsUrl: 'https://developers.facebook.com/docs/whatsapp/cloud-api',
  credentials: [
    ...oauthFields('Filled in by connecting; a token of a system user of the business does not end.'),
    {
      key: 'businessAccountId',
      label: 'WhatsApp business account',
      hint: 'Its number, in the WhatsApp manager under account tools.',
      secret: false,
      pattern: '^\\d{5,25}$',
    },
    {
      key: 'phoneNumberId',
      label: 'Phone number id',
      hint: 'The number Meta gave the telephone number, not the telephone number.',
      secret: false,
      pattern: '^\\d{5,25}$',
    },
  ],
  auth: graphAuth(['whatsapp_business_messaging', 'whatsapp_business_management']),
  api: { baseUrl: graphUrl, problemOf: graphProblemOf, requestId: 'x-fb-trace-id' },
  webhook: graphWebhook({
    type: (payload) => {
      if (messageOf(payload)) return 'message';
      const state = stateOf(payload);
      return typeof state === 'string' ? `status.${state}` : at(payload, 'entry.0.changes.0.field');
    },
    // The statuses of one message share its id, so the event id includes the status.
    id: (payload) => {
      const [message, ours, state] = [
        messageOf(payload),
        at(payload, `${value}.statuses.0.id`),
        stateOf(payload),
      ];
      if (typeof ours === 'string' && typeof state === 'string') return `${ours}:${state}`;
      return message;
    },
  }),
  probe: { tool: 'whatsapp_list_numbers', arguments: { limit: 1 } },
});
