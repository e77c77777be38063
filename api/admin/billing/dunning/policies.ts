import { z } from 'zod';
import { text } from '../../../../db/domain/common.ts';
import { openCase } from '../../../../db/domain/billing/dunning/plan.ts';
import { dunningPolicy, type DunningPolicyVersion } from '../../../../db/domain/billing/dunning/policy.ts';
import { previewDunning } from '../../../../db/domain/billing/dunning/preview.ts';
import { type DeclineClass, declineClasses } from '../../../../db/domain/billing/payments.ts';
import * as policies from '../../../../db/repos/billing/dunning/policies.ts';
import { dunningCopy as copy } from '../../../../templates/admin/billing/dunning/copy.ts';
import { PoliciesPage, PolicyPage } from '../../../../templates/admin/billing/dunning/policies.tsx';
import { paths } from '../../../../templates/paths.ts';
import { defineAction } from '../../../kit/action.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { type AnyRoute, definePage, defineRoute, type FormState } from '../../../kit/route.ts';

const params = z.object({ key: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/) });
const published = z.object({
  key: z.string(),
  version: z.number().int(),
  title: z.string(),
  createdAt: z.string(),
  policy: z.record(z.string(), z.unknown()),
});
export const declineClassQuery = z.object({
  declineClass: z.enum(declineClasses).catch('insufficientFunds').default('insufficientFunds'),
});
const publication = dunningPolicy.safeExtend({ title: text(60) });

const toProps = ({ createdAt, key, version, title, policy }: DunningPolicyVersion) => ({
  ...{ key, version, title, policy },
  createdAt: createdAt.toISOString(),
});

const inScope = <T>(context: RequestContext, work: Parameters<typeof context.deps.db.inScope<T>>[1]) =>
  context.deps.db.inScope(context.overview(), work);

async function policyPage(
  context: RequestContext,
  key: string,
  declineClass: DeclineClass,
  state?: FormState,
) {
  const shown = await context.deps.db.inScope({ ...context.overview(), readOnly: true }, (tx) =>
    policies.getPolicy(tx, key),
  );
  const { timezone } = context.person();
  const startMs = Date.now();
  const start = openCase(shown.policy, { timezone, atMs: startMs, declineClass, cardId: null });
  return PolicyPage({
    frame: pageContextOf(context),
    ...{ shown: toProps(shown), declineClass, startMs, state },
    scenarios: previewDunning(shown.policy, start),
  });
}

/** Policies: view, preview, and publish a new version. */
export const dunningPolicyRoutes: AnyRoute[] = [
  definePage({
    path: paths.dunningPolicies,
    access: 'dunning.read',
    show: async (context) =>
      PoliciesPage({
        frame: pageContextOf(context),
        policies: (await inScope(context, policies.listPolicies)).map(toProps),
      }),
  }),
  definePage({
    path: '/admin/dunning/policies/:key',
    access: 'dunning.read',
    params,
    query: declineClassQuery,
    show: (context, { params: { key }, query }) => policyPage(context, key, query.declineClass),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/dunning/policies',
    access: 'dunning.read',
    summary: 'The newest version of every dunning policy',
    response: z.object({ items: z.array(published) }),
    handle: async (context) => ({ items: (await inScope(context, policies.listPolicies)).map(toProps) }),
  }),
  ...defineAction({
    paths: {
      api: '/api/admin/dunning/policies/:key/versions',
      form: '/admin/dunning/policies/:key/versions',
    },
    access: 'dunning.manage',
    summary: 'Publish a new version of a dunning policy, or the first of a new one',
    params,
    body: publication,
    status: 201,
    response: published,
    run: (context, { params: { key }, body: { title, ...policy } }) =>
      inScope(context, (tx) =>
        policies.insertPolicyVersion(tx, { key, title, policy, by: context.person().userId }),
      ),
    answer: async (_context, result) => toProps(result),
    done: () => copy.published,
    then: (_result, { params: { key } }) => paths.dunningPolicy(key),
    rerender: (context, { params: { key }, form }) => policyPage(context, key, 'insufficientFunds', form),
  }),
];
