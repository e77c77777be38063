import type { CuratedTemplate } from './curated-template.ts';

export const incidentFollowUp: CuratedTemplate = {
  id: 'wft_incidentfollowup',
  title: 'Incident follow-up',
  summary:
    'Tells the team about an incident, checks your website until it answers, and asks for the lessons a week later.',
  version: 1,
  definition: {
    parameters: {
      type: 'object',
      properties: {
        what: { type: 'string', title: 'What happened', maxLength: 300 },
        website: { type: 'string', title: 'Address to check', format: 'uri' },
        lead: { type: 'string', title: 'Who leads', maxLength: 120 },
      },
      required: ['what', 'website', 'lead'],
    },
    steps: [
      {
        id: 'tell',
        kind: 'mail',
        title: 'Tell the team',
        to: 'team',
        subject: 'Incident: {{ parameters.what }}',
        body: '{{ parameters.lead }} leads. We check {{ parameters.website }} every 30 minutes and write when it answers.',
      },
      {
        id: 'checks',
        kind: 'loop',
        title: 'Check until it answers',
        while: 'either(steps.check.status, 0) != 200',
        as: 'none',
        max: 48,
        steps: [
          {
            id: 'check',
            kind: 'http',
            title: 'Call the website',
            method: 'GET',
            url: '=parameters.website',
            optional: true,
          },
          {
            id: 'down',
            kind: 'condition',
            title: 'Is it still down?',
            if: 'either(steps.check.status, 0) != 200',
            then: [{ id: 'half_hour', kind: 'wait', title: 'Wait 30 minutes', for: { minutes: 30 } }],
          },
        ],
      },
      {
        id: 'over',
        kind: 'mail',
        title: 'Tell the team how it went',
        to: 'team',
        subject: 'Incident: {{ parameters.what }}',
        body: 'Last answer of {{ parameters.website }}: {{ either(steps.check.status, "none") }}. Thank you, {{ parameters.lead }} and everyone who helped.',
      },
      { id: 'week', kind: 'wait', title: 'Wait a week', for: { days: 7 } },
      {
        id: 'lessons',
        kind: 'mail',
        title: 'Ask for the lessons',
        to: 'admins',
        subject: 'What did we learn from “{{ parameters.what }}”?',
        body: 'A week ago: {{ parameters.what }}. Meet for half an hour, write down the cause and one thing you’ll change.',
      },
      {
        id: 'note',
        kind: 'record',
        title: 'Note in the log',
        change: 'note',
        text: 'Follow-up of the incident “{{ parameters.what }}” is complete.',
      },
    ],
  },
};
