import type { Tx } from '../../../db/scope.ts';
import { formatMoney } from '../../../db/domain/money.ts';
import * as billing from '../../../db/repos/billing/billing.ts';
import * as plans from '../../../db/repos/billing/plans.ts';
import { PlanCard } from '../../../templates/client/billing/home-card.tsx';
import type { RequestContext } from '../../kit/context.ts';
import type { Contributions, HomeCard } from '../../kit/contributions.ts';

async function readCards(context: RequestContext, tx: Tx): Promise<HomeCard[]> {
  const { tenantId } = context.tenant();
  const { language } = context.person();
  const subscription = await billing.findSubscription(tx, tenantId);
  if (!subscription) return [];
  const { title } = await plans.get(tx, subscription.planKey);
  const card = PlanCard({
    title,
    status: subscription.status,
    price: `${formatMoney(subscription, language)} a ${subscription.interval}`,
    renewsAt: subscription.status === 'cancelled' ? null : subscription.periodEnd.toISOString(),
  });
  return [{ wide: false, card }];
}

/** What billing adds to the client's home. */
export const billingContributions: Contributions = {
  homeCards: { permission: 'billing.read', read: readCards },
};
