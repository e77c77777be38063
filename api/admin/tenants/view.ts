import type { VNode } from 'preact';
import { roleTitles } from '../../../db/domain/roles.ts';
import * as billing from '../../../db/repos/billing/billing.ts';
import * as events from '../../../db/repos/audit/events.ts';
import type { TenantLine } from '../../../db/repos/tenants/overview.ts';
import type { TenantOnboarding } from '../../../templates/admin/tenants/tenant-onboarding.tsx';
import type {
  TenantPerson,
  TenantTab,
  TenantTimelineItem,
} from '../../../templates/admin/tenants/tenant-panels.tsx';
import { type TenantHead, TenantPage } from '../../../templates/admin/tenants/tenant.tsx';
import type { TenantRow } from '../../../templates/admin/tenants/tenants.tsx';
import type { NeedsItem } from '../../../templates/ui/needs-list.tsx';
import { paths, withQuery } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { subjectLabel } from '../shared/event-labels.ts';
import { actorLabel } from '../shared/names.ts';
import { isoOf } from '../shared/query.ts';
import { personStatus } from '../people/view.ts';
import { readConnections } from './connections.ts';
import { actionsFor, canExtend, type Onboarding, readOnboarding, onboardingStepRows } from './onboarding.ts';
import { readSignIns, readTenant, type TenantRead } from './read.ts';

const mrrOf = ({ mrrMinor, currency }: TenantLine) => (currency ? { amountMinor: mrrMinor, currency } : null);

/** One line of the overview as the page shows it. */
export function toRow(line: TenantLine): TenantRow {
  const { onboarding, status } = line;
  const isOpen = onboarding !== null && !['done', 'failed', 'stopped'].includes(onboarding.state);
  return {
    id: line.id,
    name: line.name,
    planTitle: line.planTitle,
    status,
    onboardingStep: isOpen ? ((onboarding.step ?? null) as TenantRow['onboardingStep']) : null,
    standingSince: isOpen ? onboarding.since : null,
    mrr: mrrOf(line),
    openProblems: line.problems,
    users: line.users,
    lastActivityAt: (line.lastActivityAt ?? line.createdAt).toISOString(),
  };
}

/** Where a tenant stands, in one sentence. */
function standingWords(line: TenantLine, onboarding: Onboarding | null): string {
  const troubled = line.problems === 1 ? 'One run needs attention.' : `${line.problems} runs need attention.`;
  switch (line.status) {
    case 'onboarding':
      return onboarding?.why?.text ?? 'The set-up is going on.';
    case 'live':
      return line.problems > 0 ? `Live. ${troubled}` : 'Live. Nothing needs attention.';
    case 'suspended':
      return 'Paused.';
    case 'abandoned':
      return 'The sign-up was not finished in time and has been closed.';
  }
}

function headOf({ line, tenant, members, profile }: TenantRead, onboarding: Onboarding | null): TenantHead {
  const owner = members.find(({ role }) => role === 'owner');
  const interval = line.interval === 'year' ? 'yearly' : 'monthly';
  const regions = new Intl.DisplayNames('en', { type: 'region' });
  return {
    id: line.id,
    name: line.name,
    ...(profile && { legalName: profile.legalName }),
    status: line.status,
    standing: standingWords(line, onboarding),
    planTitle: line.planTitle && `${line.planTitle}, ${interval}`,
    subscription: line.subscriptionStatus as TenantHead['subscription'],
    mrr: mrrOf(line),
    // The people of a sign-up that was closed are gone with it.
    owner: owner ? { name: owner.name, email: owner.email } : { name: 'Nobody any more', email: '–' },
    country: tenant.country && (regions.of(tenant.country) ?? tenant.country),
    timezone: tenant.timezone,
    users: line.users,
    openRuns: line.openRuns,
    createdAt: line.createdAt.toISOString(),
    lastActivityAt: (line.lastActivityAt ?? line.createdAt).toISOString(),
  };
}

/** What needs somebody at this tenant. */
function needsOf({ line }: TenantRead, onboarding: Onboarding | null): NeedsItem[] {
  const needs: NeedsItem[] = [];
  const step = onboarding?.steps.find(({ state }) => state === 'needsAttention');
  if (onboarding?.why && step) {
    needs.push({
      sentence: onboarding.why.text,
      since: step.since,
      href: withQuery(paths.tenant(line.id), { tab: 'onboarding' }),
      button: 'Help',
      tone: 'attention',
    });
  }
  const others = line.problems - (step ? 1 : 0);
  if (others > 0) {
    needs.push({
      sentence: others === 1 ? 'Another run needs attention.' : `${others} other runs need attention.`,
      since: (line.lastActivityAt ?? line.createdAt).toISOString(),
      href: withQuery('/admin/workflows', { tenant: line.id, state: 'needsAttention' }),
      button: 'Look at them',
      tone: 'attention',
    });
  }
  return needs;
}

export type Refused = NonNullable<TenantOnboarding['refused']>;

function onboardingTab(context: RequestContext, onboarding: Onboarding | null, refused?: Refused): TenantTab {
  const maySupport = context.can('tenants.support');
  if (!onboarding) {
    return { key: 'onboarding', onboarding: { steps: [], runId: null, closesAt: null, mayExtend: false } };
  }
  const { next, why } = onboarding;
  return {
    key: 'onboarding',
    onboarding: {
      runId: onboarding.runId,
      // While reminders are to come, they are what happens next; the closing is announced after the last one.
      closesAt: next?.kind === 'close' ? next.at : null,
      mayExtend: maySupport && canExtend(onboarding),
      mayRemind: maySupport && onboarding.open && why?.action === 'remind',
      ...(refused && { refused }),
      steps: onboardingStepRows(onboarding.steps).map((step) => {
        const isHeldUp = ['waiting', 'needsAttention', 'failed', 'running'].includes(step.state);
        const sentence = isHeldUp ? (step.error?.message ?? why?.text) : undefined;
        return {
          step: step.key,
          state: step.state,
          since: step.since,
          attempts: step.attempts,
          ...(sentence && { sentence }),
          actions: maySupport ? actionsFor(onboarding, step) : [],
        };
      }),
    },
  };
}

async function peopleTab(context: RequestContext, { members }: TenantRead): Promise<TenantTab> {
  const signIns = await readSignIns(
    context,
    members.map(({ id }) => id),
  );
  const people = members.map((member): TenantPerson => ({
    name: member.name,
    email: member.email,
    roleTitle: roleTitles[member.role],
    status: personStatus(member),
    lastSignInAt: isoOf(signIns.get(member.id) ?? null),
  }));
  return { key: 'people', people };
}

async function invoicesTab(
  context: RequestContext,
  { line }: TenantRead,
  cursor?: string,
): Promise<TenantTab> {
  const page = await context.deps.db.inScope(context.overview(), (tx) =>
    billing.listInvoices(tx, line.id, { cursor, limit: 50 }),
  );
  return {
    key: 'invoices',
    invoices: page.items.map((invoice) => ({
      id: invoice.id,
      number: invoice.number,
      tenant: { id: line.id, name: line.name },
      status: invoice.status,
      total: { amountMinor: invoice.totalMinor, currency: invoice.currency },
      issuedAt: invoice.issuedAt.toISOString(),
      paidAt: isoOf(invoice.paidAt),
    })),
    nextCursor: page.nextCursor,
    ...(cursor && { cursor }),
  };
}

async function timeline(context: RequestContext, tenantId: string, limit: number, cursor?: string) {
  const page = await context.deps.db.inScope(context.overview(), (tx) =>
    events.list(tx, { tenantId, limit, cursor }),
  );
  const items = page.items.map((event): TenantTimelineItem => {
    const { reason } = event.data;
    const text = [subjectLabel(event), typeof reason === 'string' ? `“${reason}”` : undefined]
      .filter(Boolean)
      .join(' · ');
    return {
      at: event.occurredAt,
      action: event.action,
      who: actorLabel(event.actor, event.actorName),
      ...(text && { text }),
      outcome: event.outcome,
    };
  });
  return { items, nextCursor: page.nextCursor };
}

export const tenantTabs = [
  'overview',
  'onboarding',
  'people',
  'connections',
  'invoices',
  'timeline',
] as const;
export type TenantTabKey = (typeof tenantTabs)[number];

/** The page of one tenant, opened at a tab. */
export async function tenantPage(
  context: RequestContext,
  tenantId: string,
  { tab, cursor, refused }: { tab: TenantTabKey; cursor?: string | undefined; refused?: Refused },
): Promise<VNode> {
  const read = await readTenant(context, tenantId);
  const onboarding = await readOnboarding(context, read.line);
  const open: Record<TenantTabKey, () => Promise<TenantTab>> = {
    overview: async () => ({ key: 'overview', recent: (await timeline(context, tenantId, 10)).items }),
    onboarding: async () => onboardingTab(context, onboarding, refused),
    people: () => peopleTab(context, read),
    connections: async () => ({
      key: 'connections',
      connections: await readConnections(context, tenantId),
      mayTest: context.can('tenants.support'),
    }),
    invoices: () => invoicesTab(context, read, cursor),
    timeline: async () => ({
      key: 'timeline',
      ...(await timeline(context, tenantId, 50, cursor)),
      ...(cursor && { cursor }),
    }),
  };
  return TenantPage({
    frame: pageContextOf(context),
    tenant: headOf(read, onboarding),
    needs: needsOf(read, onboarding),
    tab: await open[tab](),
  });
}
