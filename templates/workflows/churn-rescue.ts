import type { CuratedTemplate } from './curated-template.ts';

export const churnRescue: CuratedTemplate = {
  id: 'wft_churnrescue',
  title: 'Churn rescue',
  summary:
    'Writes to a customer who wants to leave, waits a few days, and makes sure an administrator calls.',
  version: 1,
  definition: {
    parameters: {
      type: 'object',
      properties: {
        customer: { type: 'string', title: 'Customer’s name', maxLength: 120 },
        email: { type: 'string', title: 'Customer’s email', format: 'email' },
        why: {
          type: 'string',
          title: 'Why they want to leave',
          enum: ['Price', 'Missing feature', 'Service', 'Other'],
        },
        offer: { type: 'string', title: 'What you offer them', maxLength: 300 },
        value_minor: { type: 'integer', title: 'What they pay a month, in cents', minimum: 0, default: 0 },
      },
      required: ['customer', 'email', 'why', 'offer'],
    },
    steps: [
      {
        id: 'valuable',
        kind: 'condition',
        title: 'Do they pay 100 a month or more?',
        if: 'parameters.value_minor >= 10000',
        then: [
          {
            id: 'call',
            kind: 'mail',
            title: 'Ask the owner to call today',
            to: 'owner',
            subject: 'Call {{ parameters.customer }} today',
            body: '{{ parameters.customer }} wants to leave ({{ parameters.why }}). Offer: {{ parameters.offer }}. Write to {{ parameters.email }} or call.',
          },
        ],
      },
      {
        id: 'offer',
        kind: 'mail',
        title: 'Email with the offer',
        to: '=parameters.email',
        subject: 'Before you leave {{ business.name }}',
        body: 'Hello {{ parameters.customer }},\nwe’re sorry that you’re thinking of leaving. Here is what we can do: {{ parameters.offer }}.\nReply to your contact if that helps.\n{{ business.name }}',
      },
      { id: 'days', kind: 'wait', title: 'Wait three days', for: { days: 3 } },
      {
        id: 'follow_up',
        kind: 'mail',
        title: 'Ask the team to follow up',
        to: 'admins',
        subject: 'Did {{ parameters.customer }} stay?',
        body: 'Three days ago we offered {{ parameters.customer }}: {{ parameters.offer }}. Follow up with them and note the outcome.',
      },
      {
        id: 'note',
        kind: 'record',
        title: 'Note in the log',
        change: 'note',
        text: 'Churn rescue for {{ parameters.customer }}: {{ parameters.why }}.',
      },
    ],
  },
};
