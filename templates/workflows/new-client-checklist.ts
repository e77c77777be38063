import type { CuratedTemplate } from './curated-template.ts';

export const newClientChecklist: CuratedTemplate = {
  id: 'wft_newclientchecklist',
  title: 'New client checklist',
  summary:
    'Welcomes a new client, gives your team one task a day from your list, and asks after two weeks how it went.',
  version: 1,
  definition: {
    parameters: {
      type: 'object',
      properties: {
        client: { type: 'string', title: 'Client’s name', maxLength: 120 },
        email: { type: 'string', title: 'Client’s email', format: 'email' },
        tasks: {
          type: 'array',
          title: 'Tasks of your team, in order',
          items: { type: 'string' },
          maxItems: 20,
          default: ['Sign the contract', 'Collect access to their accounts', 'Hold the kick-off call'],
        },
      },
      required: ['client', 'email'],
    },
    steps: [
      {
        id: 'welcome',
        kind: 'parallel',
        title: 'Welcome the client and tell the team',
        branches: [
          [
            {
              id: 'client_mail',
              kind: 'mail',
              title: 'Welcome email',
              to: '=parameters.email',
              subject: 'Welcome to {{ business.name }}',
              body: 'Hello {{ parameters.client }},\nThank you for choosing us. We’ll be in touch in the next days with the first steps.\n{{ business.name }}',
            },
          ],
          [
            {
              id: 'team_mail',
              kind: 'mail',
              title: 'Email to the team',
              to: 'team',
              subject: 'New client: {{ parameters.client }}',
              body: '{{ parameters.client }} is a new client.\nTasks: {{ join(parameters.tasks, "; ") }}.',
            },
          ],
        ],
      },
      {
        id: 'tasks',
        kind: 'loop',
        title: 'One task a day',
        over: '=parameters.tasks',
        as: 'task',
        max: 20,
        steps: [
          {
            id: 'task_mail',
            kind: 'mail',
            title: 'Task of the day',
            to: 'admins',
            subject: '{{ parameters.client }}: {{ task }}',
            body: 'Task {{ index + 1 }} of {{ length(parameters.tasks) }} for {{ parameters.client }}: {{ task }}.',
          },
          { id: 'day', kind: 'wait', title: 'Wait a day', for: { days: 1 } },
        ],
      },
      { id: 'two_weeks', kind: 'wait', title: 'Wait two weeks', for: { days: 14 } },
      {
        id: 'how_is_it',
        kind: 'mail',
        title: 'Ask how it went',
        to: '=parameters.email',
        subject: 'How was your start with {{ business.name }}?',
        body: 'Hello {{ parameters.client }},\nyou’ve been with us for two weeks. Reply to your contact and tell us what we can do better.\n{{ business.name }}',
      },
      {
        id: 'done',
        kind: 'record',
        title: 'Note in the log',
        change: 'note',
        text: 'The checklist for {{ parameters.client }} is complete.',
      },
    ],
  },
};
