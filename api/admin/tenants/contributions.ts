import type { Tx } from '../../../db/scope.ts';
import * as overview from '../../../db/repos/tenants/overview.ts';
import type { Figure } from '../../../templates/admin/home/home.tsx';
import { paths, withQuery } from '../../../templates/paths.ts';
import { countText } from '../../../templates/ui/format.ts';
import { priceText } from '../../../templates/ui/money.tsx';
import { statusOf } from '../../../templates/ui/status.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { Contributions, SearchHit } from '../../kit/contributions.ts';
import { readRevenue } from './chart.ts';
import { readTrends } from './trends.ts';
import { trendDays, trendOf } from '../shared/trend.ts';

/** Revenue and tenants; read together, since their trends come from one query. */
async function readFigures(context: RequestContext, tx: Tx): Promise<Figure[]> {
  const { language, role } = context.person();
  const isPartner = role === 'partner';
  const { before: all, nowMs, today } = await readTrends(context, tx);
  const { mrrMinor, currency, live, onboarding } = today;
  const lately = (values: readonly number[]) => values.slice(-(trendDays + 1));
  const before = {
    mrrMinor: lately(all.mrrMinor),
    live: lately(all.live),
    onboarding: lately(all.onboarding),
  };
  const price = (amountMinor: number) => priceText({ amountMinor, currency }, language);
  const tenants = (amount: number) =>
    countText(amount, isPartner ? 'client' : 'tenant', isPartner ? 'clients' : 'tenants', {
      language,
      timezone: 'UTC',
      nowMs,
    });
  return [
    {
      label: 'Monthly recurring revenue',
      value: { amountMinor: mrrMinor, currency },
      trend: trendOf(before.mrrMinor, price, true),
      values: before.mrrMinor,
    },
    {
      label: isPartner ? 'Live clients' : 'Live tenants',
      value: live,
      trend: trendOf(before.live, tenants, true),
      values: before.live,
      href: withQuery('/admin/tenants', { status: 'live' }),
    },
    {
      label: 'Setting up now',
      value: onboarding,
      trend: trendOf(before.onboarding, tenants),
      values: before.onboarding,
      href: '/admin/onboarding',
    },
  ];
}

async function search(
  context: RequestContext,
  tx: Tx,
  query: { q: string; limit: number },
): Promise<SearchHit[]> {
  const { items } = await overview.list(tx, { ...query, sort: 'name' });
  return items.map((line) => ({
    title: line.name,
    subtitle: `${context.person().role === 'partner' ? 'Client' : 'Tenant'} · ${statusOf('tenant', line.status).word}`,
    href: paths.tenant(line.id),
    kind: 'tenant',
  }));
}

/** What tenants add to the home page and the search. */
export const tenantsContributions: Contributions = {
  charts: { permission: 'tenants.read', read: readRevenue },
  figures: { permission: 'tenants.read', read: readFigures },
  search: { permission: 'tenants.read', read: search },
};
