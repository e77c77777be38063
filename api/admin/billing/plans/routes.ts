import { z } from 'zod';
import { formOf, planFormFields, termsFromForm } from '../../../../db/domain/billing/plan-form.ts';
import {
  findPrice,
  listCurrency,
  planNames,
  type PlanTerms,
  planTerms,
  planVersion,
  type Price,
} from '../../../../db/domain/billing/plans.ts';
import { AppError } from '../../../../db/domain/errors.ts';
import * as plans from '../../../../db/repos/billing/plans.ts';
import { plansCopy as copy } from '../../../../templates/admin/billing/plans/copy.ts';
import { PlanFormPage } from '../../../../templates/admin/billing/plans/plan-form.tsx';
import { PlanPage } from '../../../../templates/admin/billing/plans/plan.tsx';
import { PlansPage } from '../../../../templates/admin/billing/plans/plans.tsx';
import { paths } from '../../../../templates/paths.ts';
import { defineAction } from '../../../kit/action.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { type AnyRoute, defineForm, definePage, defineRoute, type FormState } from '../../../kit/route.ts';

const read = { access: 'plans.read' } as const;
const manage = { access: 'plans.manage', whileViewing: 'never' } as const;
const params = z.object({ key: z.string().max(60) });

const version = planVersion.omit({ planKey: true, createdAt: true }).extend({
  createdAt: z.string(),
  /** Running subscriptions on it. */
  subscriptions: z.number().int(),
});
const plan = z.object({
  key: z.string(),
  title: z.string(),
  summary: z.string(),
  /** The version on offer. */
  version: z.number().int(),
  active: z.boolean(),
  subscriptions: z.number().int(),
  versions: z.array(version),
});

async function readAll(context: RequestContext): Promise<z.output<typeof plan>[]> {
  return context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, async (tx) => {
    const catalogue = await plans.listCatalogue(tx);
    const versions = await plans.listVersions(
      tx,
      catalogue.map(({ key }) => key),
    );
    return catalogue.map((one) => ({
      ...one,
      versions: versions
        .filter(({ planKey }) => planKey === one.key)
        .map(({ planKey: _plan, createdAt, ...rest }) => ({ ...rest, createdAt: createdAt.toISOString() })),
    }));
  });
}

/** Throws `plan.unknown`. */
async function readOne(context: RequestContext, key: string): Promise<z.output<typeof plan>> {
  const found = (await readAll(context)).find((one) => one.key === key);
  if (!found) throw new AppError('plan.unknown');
  return found;
}

const currentOf = ({ versions, version: current }: z.output<typeof plan>) =>
  versions.find((one) => one.version === current);

/** Throws `plan.unknown`. */
async function publish(context: RequestContext, key: string, terms: PlanTerms): Promise<{ version: number }> {
  const createdBy = context.person().userId;
  return context.deps.db.inScope(context.scope('platform'), async (tx) => {
    await plans.getCatalogued(tx, key);
    return plans.insertVersion(tx, { planKey: key, createdBy, ...terms });
  });
}

/** Throws `plan.taken`. */
function create(context: RequestContext, given: Parameters<typeof plans.insertPlan>[1]): Promise<void> {
  return context.deps.db.inScope(context.scope('platform'), (tx) => plans.insertPlan(tx, given));
}

function setOffered(context: RequestContext, key: string, active: boolean): Promise<boolean> {
  return context.deps.db.inScope(context.scope('platform'), (tx) => plans.setOffered(tx, key, active));
}

const hasKept = (prices: readonly Price[]): boolean =>
  prices.some(({ usage, seats }) => usage.length > 0 || (seats?.tiers.length ?? 0) > 1);

async function versionForm(context: RequestContext, key: string, form?: FormState) {
  const found = await readOne(context, key);
  const current = currentOf(found);
  return PlanFormPage({
    ...{ frame: pageContextOf(context), plan: found, hasKept: hasKept(current?.prices ?? []) },
    form: form ?? { values: current ? formOf(current) : {} },
  });
}

async function planForm(context: RequestContext, form?: FormState) {
  const first = { prices: { r1: { currency: listCurrency } } };
  const frame = pageContextOf(context);
  return Promise.resolve(
    PlanFormPage({ frame, plan: null, hasKept: false, form: form ?? { values: first } }),
  );
}

async function planPage(context: RequestContext, key: string) {
  const { versions, active, ...found } = await readOne(context, key);
  return PlanPage({
    ...{ frame: pageContextOf(context), plan: { ...found, isOffered: active } },
    prices: versions.find((one) => one.version === found.version)?.prices ?? [],
    versions,
    mayManage: context.can('plans.manage'),
    maySeeSubscriptions: context.can('subscriptions.read'),
  });
}

const offering = (action: 'offer' | 'withdraw') =>
  defineAction({
    paths: { api: `/api/admin/plans/:key/${action}`, form: `/admin/plans/:key/${action}` },
    ...manage,
    summary:
      action === 'offer'
        ? 'Offer a plan again, with its newest version'
        : 'Withdraw a plan from sale; subscriptions on it continue',
    params,
    response: plan,
    errors: ['plan.unknown'],
    run: (context, { params: { key } }) => setOffered(context, key, action === 'offer'),
    answer: (context, _changed, { key }) => readOne(context, key),
    done: () => copy.done[action],
    then: (_changed, { params: { key } }) => paths.adminPlan(key),
    refusedTo: ({ key }) => paths.adminPlan(key),
  });

/** The catalogue of plans. */
export const plansRoutes: AnyRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/plans',
    ...read,
    summary: 'Every plan with its versions, their prices, and how many subscriptions run on each',
    response: z.object({ items: z.array(plan) }),
    handle: async (context) => ({ items: await readAll(context) }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/admin/plans',
    ...manage,
    status: 201,
    summary: 'Create a plan with its first version; it is on offer at once',
    body: z.strictObject({ ...planNames.shape, terms: planTerms }),
    response: plan,
    errors: ['plan.taken'],
    async handle(context, { body: { terms, ...names } }) {
      await create(context, { ...names, ...terms, createdBy: context.person().userId });
      return readOne(context, names.key);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/admin/plans/:key/versions',
    ...manage,
    status: 201,
    summary: 'Publish a version of a plan; running subscriptions keep theirs',
    params,
    body: planTerms,
    response: plan,
    errors: ['plan.unknown'],
    async handle(context, { params: { key }, body }) {
      await publish(context, key, body);
      return readOne(context, key);
    },
  }),
  definePage({
    path: paths.adminPlans,
    ...read,
    async show(context) {
      const all = await readAll(context);
      const priceOf = (one: z.output<typeof plan>, interval: 'month' | 'year') => {
        const price = findPrice({ prices: currentOf(one)?.prices ?? [] }, listCurrency, interval);
        return price && { amountMinor: price.flatMinor, currency: listCurrency };
      };
      return PlansPage({
        frame: pageContextOf(context),
        rows: all.map((one) => ({
          ...{ key: one.key, title: one.title, isOffered: one.active, version: one.version },
          ...{ monthly: priceOf(one, 'month'), yearly: priceOf(one, 'year') },
          subscriptions: one.subscriptions,
        })),
        mayManage: context.can('plans.manage'),
      });
    },
  }),
  // Before the page of one plan, whose address would take theirs.
  definePage({ path: paths.newPlan, ...manage, show: (context) => planForm(context) }),
  defineForm({
    path: paths.newPlan,
    ...manage,
    body: planFormFields.safeExtend(planNames.shape),
    async submit(context, { body: { key, title, summary, ...form } }) {
      const terms = termsFromForm(form, []);
      await create(context, { key, title, summary, ...terms, createdBy: context.person().userId });
      return { to: paths.adminPlan(key), flash: { kind: 'done', text: copy.created } };
    },
    again: (context, { form }) => planForm(context, form),
  }),
  definePage({
    path: '/admin/plans/:key',
    ...read,
    params,
    show: (context, { params: { key } }) => planPage(context, key),
  }),
  definePage({
    path: '/admin/plans/:key/new-version',
    ...manage,
    params,
    show: (context, { params: { key } }) => versionForm(context, key),
  }),
  defineForm({
    path: '/admin/plans/:key/new-version',
    ...manage,
    params,
    body: planFormFields,
    async submit(context, { params: { key }, body }) {
      const before = currentOf(await readOne(context, key))?.prices ?? [];
      const { version: published } = await publish(context, key, termsFromForm(body, before));
      return { to: paths.adminPlan(key), flash: { kind: 'done', text: copy.publishedDone(published) } };
    },
    again: (context, { params: { key }, form }) => versionForm(context, key, form),
  }),
  ...offering('offer'),
  ...offering('withdraw'),
];
