import type { Tx } from '../../../db/scope.ts';
import * as invoices from '../../../db/repos/billing/invoices.ts';
import { searchInvoices } from '../../../db/repos/billing/search.ts';
import * as attention from '../../../db/repos/runs/attention.ts';
import { TenantInvoices } from '../../../templates/admin/billing/invoices/of-tenant.tsx';
import { paths, withQuery } from '../../../templates/paths.ts';
import { durationText } from '../../../templates/ui/format.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { AttentionItem, SearchHit, TenantTab } from '../../kit/contributions.ts';
import { adminInvoiceRow } from './invoices/row.ts';
import { billingNav } from './nav.ts';
import { plansRoutes } from './plans/routes.ts';
import { subscriptionsRoutes } from './subscriptions/routes.ts';
import { dayMs } from '../../../db/domain/time.ts';

/** Trials that end within this many days are worth a call. */
const trialEndsWithinDays = 3;

function toItem(ending: attention.EndingSubscription, nowMs: number): AttentionItem {
  const { tenantName, status, at } = ending;
  const leftMs = at.getTime() - nowMs;
  const trial =
    leftMs > 0
      ? `The trial of ${tenantName} ends in ${durationText(leftMs)}.`
      : `The trial of ${tenantName} has ended.`;
  const isTrial = status === 'trialing';
  return {
    urgency: isTrial ? 'planned' : 'overdue',
    sentence: isTrial ? trial : `${tenantName} has an overdue payment.`,
    since: at.toISOString(),
    href: paths.tenant(ending.tenantId),
    button: 'Open tenant',
    tone: isTrial ? 'scheduled' : 'failed',
  };
}

/** Overdue payments and trials about to end. */
async function readAttention(_context: RequestContext, tx: Tx): Promise<AttentionItem[]> {
  const nowMs = Date.now();
  const endsBefore = new Date(nowMs + trialEndsWithinDays * dayMs);
  const ending = await attention.listEndingSubscriptions(tx, endsBefore, 10);
  return ending.map((one) => toItem(one, nowMs));
}

async function search(
  _context: RequestContext,
  tx: Tx,
  query: { q: string; limit: number },
): Promise<SearchHit[]> {
  const found = await searchInvoices(tx, query);
  return found.map(({ number, tenantId, tenantName }) => ({
    title: number,
    subtitle: `Invoice · ${tenantName}`,
    href: withQuery(paths.tenant(tenantId), { tab: 'invoices' }),
    kind: 'invoice',
  }));
}

const invoicesTab: TenantTab = {
  key: 'invoices',
  title: 'Invoices',
  permission: 'tenants.read',
  order: 40,
  async show(context, { line }, { cursor }) {
    const page = await context.deps.db.inScope(context.overview(), (tx) =>
      invoices.listInvoices(tx, line.id, { cursor, limit: 50 }),
    );
    return TenantInvoices({
      tenantId: line.id,
      invoices: page.items.map((invoice) => adminInvoiceRow(invoice, { id: line.id, name: line.name })),
      nextCursor: page.nextCursor,
      cursor,
    });
  },
};

/** Billing in the admin portal, and what it adds to other pages. */
export const adminBillingArea: Area = {
  side: 'admin',
  nav: billingNav,
  routes: [...subscriptionsRoutes, ...plansRoutes],
  attention: { permission: 'tenants.read', read: readAttention },
  tenantTab: invoicesTab,
  search: { permission: 'tenants.read', read: search },
};
