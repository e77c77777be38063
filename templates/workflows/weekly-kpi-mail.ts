import type { CuratedTemplate } from './curated-template.ts';

export const weeklyKpiMail: CuratedTemplate = {
  id: 'wft_weeklykpimail',
  title: 'Weekly KPI email',
  summary:
    'Reads the balance and overdue invoices from Stripe each week and mails them to your administrators.',
  version: 2,
  definition: {
    parameters: {
      type: 'object',
      properties: {
        weeks: { type: 'integer', title: 'For how many weeks', minimum: 1, maximum: 52, default: 12 },
      },
      required: [],
    },
    steps: [
      {
        id: 'weeks',
        kind: 'loop',
        title: 'Each week',
        while: 'either(steps.counted.weeks, 0) < parameters.weeks',
        as: 'none',
        max: 52,
        steps: [
          {
            id: 'balance',
            kind: 'tool',
            title: 'Balance at Stripe',
            server: 'stripe',
            tool: 'stripe_get_balance',
            arguments: {},
            optional: true,
            example: { available: [{ minor: 250_000, currency: 'EUR' }], pending: [] },
          },
          {
            id: 'overdue',
            kind: 'tool',
            title: 'Overdue invoices at Stripe',
            server: 'stripe',
            tool: 'stripe_list_overdue_invoices',
            arguments: { due_before: '=addDays(run.started_at, index * 7)' },
            optional: true,
            example: { items: [], next_cursor: null },
          },
          {
            id: 'readable',
            kind: 'condition',
            title: 'Did Stripe answer?',
            if: 'not steps.balance.failed and not steps.overdue.failed',
            then: [
              {
                id: 'figures',
                kind: 'mail',
                title: 'Email with the figures',
                to: 'admins',
                subject: 'Your week at {{ business.name }}',
                body: 'Available at Stripe: {{ amount(either(steps.balance.available[0].minor, 0), either(steps.balance.available[0].currency, "EUR")) }}.\nOverdue invoices: {{ length(either(steps.overdue.items, "")) }}.',
              },
            ],
            else: [
              {
                id: 'problem',
                kind: 'mail',
                title: 'Email that Stripe is missing',
                to: 'owner',
                subject: 'Your weekly figures are missing',
                body: 'Stripe didn’t answer ({{ either(steps.balance.code, steps.overdue.code) }}). Check the connection under Integrations.',
              },
            ],
          },
          { id: 'week', kind: 'wait', title: 'Wait a week', for: { days: 7 } },
          { id: 'counted', kind: 'set', title: 'Count weeks', values: { weeks: '=index + 1' } },
        ],
      },
    ],
  },
};
