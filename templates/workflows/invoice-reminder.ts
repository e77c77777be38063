import type { CuratedTemplate } from './curated-template.ts';

export const invoiceReminder: CuratedTemplate = {
  id: 'wft_invoicereminder',
  title: 'Invoice reminder',
  summary:
    'Reminds a customer of an invoice before it is due, on the day and after it, and then tells the owner.',
  version: 1,
  definition: {
    parameters: {
      type: 'object',
      properties: {
        customer: { type: 'string', title: 'Customer’s name', maxLength: 120 },
        email: { type: 'string', title: 'Customer’s email', format: 'email' },
        invoice: { type: 'string', title: 'Invoice number', maxLength: 60 },
        amount_minor: { type: 'integer', title: 'Amount in the smallest unit, such as cents', minimum: 1 },
        currency: { type: 'string', title: 'Currency', enum: ['EUR', 'USD', 'GBP', 'INR'], default: 'EUR' },
        due: { type: 'string', title: 'Due date', format: 'date' },
        rounds: {
          type: 'integer',
          title: 'Reminders after the due date',
          minimum: 0,
          maximum: 5,
          default: 2,
        },
      },
      required: ['customer', 'email', 'invoice', 'amount_minor', 'due'],
    },
    steps: [
      {
        id: 'before',
        kind: 'wait',
        title: 'Wait until three days before',
        until: '=addDays(parameters.due, -3)',
      },
      {
        id: 'notice',
        kind: 'mail',
        title: 'Friendly notice',
        to: '=parameters.email',
        subject: 'Invoice {{ parameters.invoice }} is due on {{ parameters.due }}',
        body: 'Hello {{ parameters.customer }},\nInvoice {{ parameters.invoice }} over {{ amount(parameters.amount_minor, parameters.currency) }} is due on {{ parameters.due }}.\nIf you have paid it already, please ignore this email.\n{{ business.name }}',
      },
      {
        id: 'due_day',
        kind: 'wait',
        title: 'Wait for the day after it is due',
        until: '=addDays(parameters.due, 1)',
      },
      {
        id: 'reminders',
        kind: 'loop',
        title: 'Remind again',
        while: 'either(steps.count.sent, 0) < parameters.rounds',
        as: 'none',
        max: 5,
        steps: [
          {
            id: 'reminder',
            kind: 'mail',
            title: 'Reminder',
            to: '=parameters.email',
            subject: 'Reminder: invoice {{ parameters.invoice }} was due on {{ parameters.due }}',
            body: 'Hello {{ parameters.customer }},\nWe haven’t received {{ amount(parameters.amount_minor, parameters.currency) }} for invoice {{ parameters.invoice }} yet. Please pay it in the next days, or reply if something is wrong.\n{{ business.name }}',
          },
          { id: 'pause', kind: 'wait', title: 'Wait a week', for: { days: 7 } },
          { id: 'count', kind: 'set', title: 'Count', values: { sent: '=index + 1' } },
        ],
      },
      {
        id: 'owner',
        kind: 'mail',
        title: 'Tell the owner',
        to: 'owner',
        subject: 'Check invoice {{ parameters.invoice }}',
        body: '{{ parameters.customer }} was reminded of invoice {{ parameters.invoice }} ({{ amount(parameters.amount_minor, parameters.currency) }}). Check whether it is paid, and call the customer if it isn’t.',
      },
    ],
  },
};
