import type { VNode } from 'preact';
import { needsCopy, standingCopy, tenantCopy } from '../../../templates/admin/tenants/copy.ts';
import { type TenantHead, TenantPage } from '../../../templates/admin/tenants/tenant.tsx';
import { withQuery } from '../../../templates/paths.ts';
import { countryText } from '../../../templates/ui/format.ts';
import type { NeedsItem } from '../../../templates/ui/needs-list.tsx';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { OpenTenant, RefusedTabForm, TenantTab } from '../../kit/contributions.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { legalNameOf, readTenant, tenantHeadsOf, type TenantRead } from './read.ts';
import { mrrOf } from './rows.ts';

/** The state of a tenant in one sentence. */
function standingWords({ line, parts }: TenantRead): string {
  const sentence = parts.map((part) => part.sentence).find((text) => text !== null);
  if (sentence !== undefined) return sentence;
  switch (line.status) {
    case 'onboarding':
      return standingCopy.onboarding;
    case 'live':
      return standingCopy.live(line.problems);
    case 'suspended':
      return standingCopy.suspended;
    case 'abandoned':
      return standingCopy.abandoned;
  }
}

function headOf(read: TenantRead): TenantHead {
  const { line, tenant, members, parts } = read;
  const legalName = legalNameOf(read);
  const owner = members.find(({ role }) => role === 'owner');
  return {
    id: line.id,
    name: line.name,
    ...(legalName !== null && { legalName }),
    status: line.status,
    standing: standingWords(read),
    planTitle: line.planTitle && tenantCopy.plan(line.planTitle, line.interval),
    subscription: line.subscriptionStatus as TenantHead['subscription'],
    mrr: mrrOf(line),
    owner: owner ? { name: owner.name, email: owner.email } : null,
    country: tenant.country && countryText(tenant.country),
    timezone: tenant.timezone,
    users: line.users,
    openRuns: line.openRuns,
    closesAt: parts.map(({ closesAt }) => closesAt).find((at) => at !== null) ?? null,
    createdAt: line.createdAt.toISOString(),
    lastActivityAt: (line.lastActivityAt ?? line.createdAt).toISOString(),
  };
}

/** What needs a person at this tenant. */
function needsOf({ line, parts }: TenantRead): NeedsItem[] {
  const needs = parts.flatMap(({ attention }) => attention);
  const others = line.problems - parts.reduce((sum, { explained }) => sum + explained, 0);
  if (others > 0) {
    needs.push({
      sentence: needsCopy.others(others),
      since: (line.lastActivityAt ?? line.createdAt).toISOString(),
      href: withQuery('/admin/workflows', { tenant: line.id, state: 'needsAttention' }),
      button: needsCopy.openRuns,
      tone: 'attention',
    });
  }
  return needs;
}

/** The tabs of the tenant page that the viewer may open, in their order. */
export function tenantTabsOf(areas: readonly Area[]): TenantTab[] {
  return areas.flatMap(({ tenantTab }) => tenantTab ?? []).sort((a, b) => a.order - b.order);
}

async function panelsOf(
  context: RequestContext,
  areas: readonly Area[],
  tenant: OpenTenant,
): Promise<VNode[]> {
  const panels = areas.flatMap(({ tenantPanel }) => tenantPanel ?? []);
  const open = panels.filter(({ permission }) => context.can(permission));
  const shown = await Promise.all(open.map((panel) => panel.show(context, tenant)));
  return shown.filter((panel) => panel !== null);
}

/** The page of one tenant, opened at a tab; an unknown one opens the overview. */
export async function tenantPage(
  context: RequestContext,
  areas: readonly Area[],
  tenantId: string,
  asked: { tab: string; cursor?: string | undefined; refused?: RefusedTabForm },
): Promise<VNode> {
  const read = await readTenant(context, tenantHeadsOf(areas), tenantId);
  const tabs = tenantTabsOf(areas).filter(({ permission }) => context.can(permission));
  const open = tabs.find(({ key }) => key === asked.tab);
  return TenantPage({
    frame: pageContextOf(context),
    tenant: headOf(read),
    needs: needsOf(read),
    tabs: tabs.map(({ key, title }) => ({ key, title })),
    tab: open?.key ?? null,
    panels: open ? [await open.show(context, read, asked)] : await panelsOf(context, areas, read),
  });
}
