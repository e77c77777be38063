import { z } from 'zod';
import { subscriptionFilter } from '../../../../db/domain/billing/bulk.ts';
import { intervals } from '../../../../db/domain/billing/plans.ts';
import { pendingChange, subscriptionStatuses } from '../../../../db/domain/billing/subscriptions.ts';
import * as overview from '../../../../db/repos/billing/overview.ts';
import * as plans from '../../../../db/repos/billing/plans.ts';
import {
  type SubscriptionRow,
  SubscriptionsPage,
} from '../../../../templates/admin/billing/subscriptions/subscriptions.tsx';
import { paths } from '../../../../templates/paths.ts';
import { renewSubscriptionContract } from '../../../../workflows/billing/renew-subscription.contract.ts';
import { workflowId } from '../../../../workflows/define.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { defineCsv } from '../../../kit/csv.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { type AnyRoute, definePage, defineRoute } from '../../../kit/route.ts';
import { isoOf, optionalParam, paged, pageOf, queryOf, sortOf, words } from '../../shared/query.ts';

const access = 'subscriptions.read';

const query = z.object({
  q: words,
  state: optionalParam(subscriptionFilter.shape.state.unwrap()),
  plan: optionalParam(subscriptionFilter.shape.plan.unwrap()),
  version: optionalParam(subscriptionFilter.shape.version.unwrap()),
  sort: sortOf(overview.subscriptionSorts),
  ...paged,
});
type Query = z.output<typeof query>;

const item = z.object({
  id: z.string(),
  tenant: z.object({ id: z.string(), name: z.string() }),
  plan: z.object({ key: z.string(), title: z.string(), version: z.number().int() }),
  state: z.enum(subscriptionStatuses),
  interval: z.enum(intervals),
  seats: z.number().int(),
  price: z.object({ amountMinor: z.number().int(), currency: z.string() }),
  trialEndsAt: z.string().nullable(),
  periodEnd: z.string(),
  endsAt: z.string().nullable(),
  pending: pendingChange.nullable(),
  startedAt: z.string(),
  /** The run that renews it. */
  workflowId: z.string(),
});

const runOf = ({ tenantId, id }: overview.ListedSubscription): string =>
  workflowId(tenantId, renewSubscriptionContract.name, id);

function toItem(one: overview.ListedSubscription): z.input<typeof item> {
  const { id, tenantId, tenantName, planKey, planTitle, planVersion, status, interval, seats } = one;
  return {
    ...{ id, tenant: { id: tenantId, name: tenantName }, state: status, interval, seats },
    plan: { key: planKey, title: planTitle, version: planVersion },
    price: { amountMinor: one.amountMinor, currency: one.currency },
    ...{ trialEndsAt: isoOf(one.trialEndsAt), endsAt: isoOf(one.endsAt), pending: one.pending },
    ...{ periodEnd: one.periodEnd.toISOString(), startedAt: one.createdAt.toISOString() },
    workflowId: runOf(one),
  };
}

/** What happens next; for one that is cancelled, when it ended. */
function nextOf(one: overview.ListedSubscription): SubscriptionRow['next'] {
  const { status, cancelledAt, endsAt, trialEndsAt, periodEnd } = one;
  if (status === 'cancelled') return { kind: 'ended', at: (cancelledAt ?? periodEnd).toISOString() };
  if (endsAt) return { kind: 'ends', at: endsAt.toISOString() };
  if (status === 'trialing') return { kind: 'trialEnds', at: (trialEndsAt ?? periodEnd).toISOString() };
  return { kind: 'renews', at: periodEnd.toISOString() };
}

function toRow(
  one: overview.ListedSubscription,
  titles: ReadonlyMap<string, string>,
  mayReadRuns: boolean,
): SubscriptionRow {
  const { id, tenantId, tenantName, planTitle, planVersion, status, interval, seats, pending } = one;
  return {
    ...{ id, tenant: { id: tenantId, name: tenantName }, planTitle, planVersion, status, interval, seats },
    price: { amountMinor: one.amountMinor, currency: one.currency },
    next: nextOf(one),
    pendingTitle: pending && (titles.get(pending.planKey) ?? pending.planKey),
    startedAt: one.createdAt.toISOString(),
    runHref: mayReadRuns && one.processAt ? paths.run(runOf(one)) : null,
  };
}

async function read(context: RequestContext, { sort, ...filter }: Query, counted = false) {
  const { key = 'started', descending = true } = sort ?? {};
  return context.deps.db.inScope({ ...context.overview(), readOnly: true }, async (tx) => ({
    page: await overview.list(tx, { ...filter, sort: key, descending, counted }),
    counts: await overview.countByState(tx, filter),
    titles: new Map((await plans.listTitles(tx)).map(({ key: plan, title }) => [plan, title])),
  }));
}

/** Subscriptions of all tenants. */
export const subscriptionsRoutes: AnyRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/subscriptions',
    access,
    summary: 'Subscriptions of all tenants, those that started last first, with how many are in each state',
    query,
    response: pageOf(item).extend({
      counts: z.partialRecord(z.enum(subscriptionStatuses), z.number().int()),
    }),
    async handle(context, { query: asked }) {
      const { page, counts } = await read(context, asked);
      return {
        ...{ items: page.items.map(toItem), nextCursor: page.nextCursor },
        counts: Object.fromEntries(counts),
      };
    },
  }),
  definePage({
    path: paths.adminSubscriptions,
    access,
    query,
    async show(context, { query: asked }) {
      const { page, counts, titles } = await read(context, asked, true);
      const { items, nextCursor, total } = page;
      return SubscriptionsPage({
        frame: pageContextOf(context),
        rows: items.map((one) => toRow(one, titles, context.can('runs.read'))),
        query: queryOf(context, Object.keys(query.shape)),
        plans: [...titles].map(([value, label]) => ({ value, label })),
        ...{ counts, nextCursor },
        ...(total !== undefined && { total }),
      });
    },
  }),
  defineCsv({
    path: paths.adminSubscriptionsCsv,
    access,
    action: 'subscriptions.exported',
    filename: 'subscriptions.csv',
    query,
    read: async (context, asked: Query) => (await read(context, asked)).page,
    columns: {
      id: (one) => one.id,
      tenantId: (one) => one.tenantId,
      tenant: (one) => one.tenantName,
      plan: (one) => one.planKey,
      version: (one) => one.planVersion,
      state: (one) => one.status,
      interval: (one) => one.interval,
      seats: (one) => one.seats,
      amountMinor: (one) => one.amountMinor,
      currency: (one) => one.currency,
      trialEndsAt: (one) => isoOf(one.trialEndsAt),
      periodEnd: (one) => one.periodEnd.toISOString(),
      endsAt: (one) => isoOf(one.endsAt),
      pendingPlan: (one) => one.pending?.planKey ?? null,
      startedAt: (one) => one.createdAt.toISOString(),
    },
  }),
];
