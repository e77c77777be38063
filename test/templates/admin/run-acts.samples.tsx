import { MessagesPage, type MessagesPageProps } from '../../../templates/admin/runs/acts/messages.tsx';
import { ResetPage, type ResetPageProps } from '../../../templates/admin/runs/acts/reset.tsx';
import { ProcessPage } from '../../../templates/admin/runs/process.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago } from '../sample.ts';
import { processSchema } from './runs.samples.tsx';

const run = { id: 'b1946ac9-2f3c-4d6a-9a3c-0d1f4c6f8a11', title: 'Onboarding of Rivera Bakery' };

const messages: MessagesPageProps = {
  frame: adminFrame('/admin/workflows'),
  run,
  ended: false,
  messages: [
    {
      ...{ name: 'remindNow', kind: 'update', title: 'Send the reminder now', schema: null },
      happens: 'The owner gets the next reminder email immediately.',
    },
    {
      ...{ name: 'extendDeadline', kind: 'update', title: 'Extend the deadline' },
      happens: 'The unfinished account stays open for the extra days.',
      schema: {
        type: 'object',
        required: ['days'],
        properties: { days: { type: 'integer', minimum: 1, maximum: 30 } },
      },
    },
  ],
  requestKey: 'key-of-the-sample',
};

const reset: ResetPageProps = {
  frame: adminFrame('/admin/workflows'),
  run,
  points: [
    { step: 'account', title: 'Account', at: ago(600) },
    { step: 'plan', title: 'Plan and payment', at: ago(300) },
    { step: 'tools', title: 'Tools', at: ago(30) },
  ],
  blocked: null,
  preview: null,
  requestKey: 'key-of-the-sample',
};
const chosen: ResetPageProps = {
  ...reset,
  preview: {
    ...{ step: 'plan', title: 'Plan and payment', eventId: 31, at: ago(300) },
    again: ['Plan and payment', 'Tools'],
    kept: ['Account'],
    effects: [
      { kind: 'email', whenReset: 'again', count: 2 },
      { kind: 'payment', whenReset: 'once', count: 1 },
    ],
    undeclared: ['Call an agent'],
    messages: [{ title: 'Submit step', count: 2 }],
    ...{ children: 1, hasParent: true, isOpen: true },
  },
};

export const samples: readonly PageSample[] = [
  { name: 'run-messages', html: () => renderPage(<MessagesPage {...messages} />) },
  { name: 'run-reset', html: () => renderPage(<ResetPage {...reset} />) },
  { name: 'run-reset-preview', html: () => renderPage(<ResetPage {...chosen} />) },
  {
    name: 'run-reset-superseded',
    html: () =>
      renderPage(<ResetPage {...reset} blocked="A later run of the same exists. Reset that one instead." />),
  },
  {
    name: 'run-reset-refused',
    html: () =>
      renderPage(
        <ResetPage {...chosen} form={{ values: {}, errors: { reason: 'At least 10 characters.' } }} />,
      ),
  },
  {
    name: 'run-start-again',
    html: () =>
      renderPage(
        <ProcessPage
          frame={adminFrame('/admin/workflows')}
          process={{
            ...{ name: 'confirm-email', title: 'Email confirmation', schema: processSchema },
            ...{ purpose: 'Sends a new link.', happens: 'It starts immediately.' },
          }}
          requestKey="key-of-the-sample"
          again={{ runId: run.id, title: run.title, withheld: ['ownerName', 'email'] }}
        />,
      ),
  },
  { name: 'run-messages-none', html: () => renderPage(<MessagesPage {...messages} messages={[]} />) },
  { name: 'run-messages-ended', html: () => renderPage(<MessagesPage {...messages} ended />) },
  {
    name: 'run-messages-refused',
    html: () =>
      renderPage(
        <MessagesPage
          {...messages}
          refused={{
            ...{ message: 'extendDeadline', requestKey: 'key-of-the-sample' },
            state: { values: { 'input.days': '99' }, errors: { 'input.days': 'At most 30.' } },
          }}
        />,
      ),
  },
];
