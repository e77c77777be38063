import { ApprovalPage } from '../../../templates/client/approvals/approval.tsx';
import { ApprovalsPage } from '../../../templates/client/approvals/approvals.tsx';
import type { ApprovalView } from '../../../templates/client/approvals/view.ts';
import { renderPage } from '../../../templates/layout/render.ts';
import type { PageSample } from '../gallery.tsx';
import { clientFrame } from '../sample.ts';

const request: ApprovalView = {
  id: 'apr_01m8cev95ahvtes8qgcds9bp4p',
  call: { server: 'stripe', serverTitle: 'Stripe', tool: 'Refund payment', risk: 'money' },
  title: '',
  arguments: { payment_intent_id: 'pi_1', amount: { minor: 900, currency: 'EUR' } },
  argumentsHash: 'a'.repeat(64),
  who: 'Sam Rivera',
  state: 'pending',
  askedAt: '2026-11-12T08:00:00Z',
  expiresAt: '2026-11-13T08:00:00Z',
  escalated: false,
  needed: 1,
  decisions: [],
  decidedBy: null,
  decidedAt: null,
  reason: null,
  fields: [],
  values: {},
  isMine: true,
  isOwn: false,
};
const prices: ApprovalView = {
  ...request,
  call: null,
  title: 'Raise the prices of next year',
  escalated: true,
  needed: 3,
  decisions: [
    { who: 'Bo Admin', decision: 'approved', reason: 'Costs have risen too', at: '2026-11-12T09:00:00Z' },
  ],
  fields: [
    { name: 'percent', label: 'Percent', type: 'number', required: true, min: 1, max: 10 },
    { name: 'from', label: 'From', type: 'date', required: true },
    {
      name: 'whom',
      label: 'For whom',
      type: 'choice',
      required: false,
      options: ['Everyone', 'New customers'],
    },
    { name: 'tell', label: 'Tell customers', type: 'yesNo', required: true },
    { name: 'note', label: 'Note', type: 'text', required: false },
  ],
};
const list = { frame: clientFrame('/app/approvals'), items: [], nextCursor: null, mine: 0, self: null };
const one = clientFrame('/app/approvals');

export const samples: PageSample[] = [
  {
    name: 'approvals',
    html: () =>
      renderPage(
        <ApprovalsPage
          {...list}
          tab="me"
          items={[request, prices]}
          mine={2}
          self={{ isOn: true, isOffAbove: false }}
        />,
      ),
  },
  { name: 'approvals-empty', html: () => renderPage(<ApprovalsPage {...list} tab="others" />) },
  { name: 'approval', html: () => renderPage(<ApprovalPage frame={one} approval={request} />) },
  {
    name: 'approval-refused',
    html: () =>
      renderPage(
        <ApprovalPage
          frame={one}
          approval={prices}
          form={{ values: { reason: 'Fine' }, errors: { 'values.percent': 'Enter a number.' } }}
        />,
      ),
  },
  {
    name: 'approval-own',
    html: () =>
      renderPage(<ApprovalPage frame={one} approval={{ ...request, isMine: false, isOwn: true }} />),
  },
];
