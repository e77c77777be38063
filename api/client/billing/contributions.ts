import { dayMs } from '../../../db/domain/time.ts';
import type { Tx } from '../../../db/scope.ts';
import { formatMoney } from '../../../db/domain/money.ts';
import * as subscriptions from '../../../db/repos/billing/subscriptions.ts';
import * as plans from '../../../db/repos/billing/plans.ts';
import { searchInvoices } from '../../../db/repos/billing/search.ts';
import { billingCopy } from '../../../templates/client/billing/copy.ts';
import { PlanCard } from '../../../templates/client/billing/home-card.tsx';
import { paths } from '../../../templates/paths.ts';
import { statusOf } from '../../../templates/ui/status.ts';
import type { RequestContext } from '../../kit/context.ts';
import { dayText } from '../../../templates/ui/format.ts';
import type { AttentionItem, Contributions, HomeCard, SearchHit } from '../../kit/contributions.ts';

/** Owners hear of the end of their trial this long before. */
const trialWarningMs = 7 * dayMs;

async function readCards(context: RequestContext, tx: Tx): Promise<HomeCard[]> {
  const { tenantId } = context.tenant();
  const { language } = context.person();
  const subscription = await subscriptions.findSubscription(tx, tenantId);
  if (!subscription) return [];
  const title = await plans.titleOf(tx, subscription.planKey);
  const card = PlanCard({
    title,
    status: subscription.status,
    price: `${formatMoney(subscription, language)} a ${subscription.interval}`,
    renewsAt: subscription.status === 'cancelled' ? null : subscription.periodEnd.toISOString(),
  });
  return [{ wide: false, card }];
}

/** A trial that ends soon: when, and what is charged then. */
async function readAttention(context: RequestContext, tx: Tx): Promise<AttentionItem[]> {
  const { tenantId } = context.tenant();
  const { language, timezone } = context.person();
  const subscription = await subscriptions.findSubscription(tx, tenantId);
  const endsAt = subscription?.status === 'trialing' ? subscription.trialEndsAt : null;
  const nowMs = Date.now();
  if (!subscription || !endsAt || endsAt.getTime() - nowMs > trialWarningMs) return [];
  const day = dayText(endsAt.toISOString(), { language, timezone, nowMs });
  const price = `${formatMoney(subscription, language)} a ${subscription.interval}`;
  return [
    {
      urgency: 'planned',
      sentence: billingCopy.trialEnds(day, price),
      since: subscription.createdAt.toISOString(),
      href: paths.billing,
      button: billingCopy.view,
      tone: 'scheduled',
    },
  ];
}

async function search(
  _context: RequestContext,
  tx: Tx,
  query: { q: string; limit: number },
): Promise<SearchHit[]> {
  const found = await searchInvoices(tx, query);
  return found.map(({ id, number, status }) => ({
    title: number,
    subtitle: `Invoice · ${statusOf('invoice', status).word}`,
    href: paths.invoice(id),
    kind: 'invoice',
  }));
}

/** What billing adds to the client's home and search. */
export const billingContributions: Contributions = {
  attention: { permission: 'billing.read', read: readAttention },
  homeCards: { permission: 'billing.read', read: readCards },
  search: { permission: 'billing.read', read: search },
};
