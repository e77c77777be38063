import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import * as cases from '../../../db/repos/billing/dunning/cases.ts';
import * as clock from '../../../db/repos/billing/clock.ts';
import * as subscriptions from '../../../db/repos/billing/subscriptions.ts';
import { collectOverdueInvoiceContract } from '../../../workflows/billing/collect-overdue-invoice.contract.ts';
import { renewSubscriptionContract } from '../../../workflows/billing/renew-subscription.contract.ts';
import { defineRoute } from '../../kit/route.ts';
import { tenantParams } from '../shared/query.ts';

/** Moves the clock of a tenant of the sandbox and wakes what waits for it, so that years pass in seconds. */
export const clockRoute = defineRoute({
  method: 'POST',
  path: '/api/admin/tenants/:tenantId/clock',
  access: 'dunning.manage',
  whileViewing: 'never',
  params: tenantParams,
  summary: 'Move the billing clock of a tenant that pays by the sandbox; it never goes back',
  body: z.strictObject({ to: z.iso.datetime({ offset: true }) }),
  response: z.object({ now: z.string() }),
  errors: ['tenant.not-found', 'billing-clock.not-here'],
  async handle(context, { params: { tenantId }, body: { to } }) {
    const { deps } = context;
    const moved = await deps.db.inScope(context.overview(), async (tx) => {
      const subscription = await subscriptions.findSubscription(tx, tenantId);
      if (subscription?.gateway !== 'sandbox') throw new AppError('billing-clock.not-here');
      await clock.moveClock(tx, tenantId, new Date(to), context.person().userId);
      const { now } = await clock.timeOf(tx, tenantId);
      return { subscription, now, open: await cases.listOpenCases(tx, tenantId) };
    });
    const by = context.actor();
    const { processes } = deps;
    const input = { tenantId, subscriptionId: moved.subscription.id };
    await processes.startWithSignal(renewSubscriptionContract, input, by, 'subscriptionChanged', null);
    for (const { invoiceId } of moved.open) {
      const about = { tenantId, invoiceId };
      await processes.startWithSignal(collectOverdueInvoiceContract, about, by, 'caseChanged', null);
    }
    return { now: moved.now.toISOString() };
  },
});
