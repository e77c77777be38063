import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import { z } from 'zod';
import { AppError, errorTable, type ErrorCode } from '../../../db/domain/errors.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import { submittableSteps } from '../../../db/domain/onboarding/steps.ts';
import * as overview from '../../../db/repos/tenants/overview.ts';
import {
  type AffectedTenant,
  BulkDonePage,
  type BulkKind,
  bulkKinds,
  BulkPreviewPage,
} from '../../../templates/admin/tenants/tenants-bulk.tsx';
import { withQuery } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { act, actionBodies } from '../shared/onboarding-actions.ts';
import { openOutcome, type Outcome, sealOutcome } from './bulk-result.ts';
import { toRow } from './rows.ts';

/** A page of the list: what can be chosen at once. */
const atMost = 50;
/** So many are helped at the same time. */
const abreast = 5;

const tenantIds = z
  .array(z.string().regex(idPattern('tenant'), 'This is not the id of a tenant.'))
  .min(1, 'Choose at least one tenant.')
  .max(atMost, `At most ${atMost} tenants at once.`);
/** One value of a list comes as itself. */
const listed = z.preprocess((given) => (typeof given === 'string' ? [given] : (given ?? [])), tenantIds);
const requestKey = z.uuid('Reload the page and send it again.');

/** Input of each bulk action: that of the single action, the tenants, and a key that makes a repetition harmless. */
const bodies = {
  remind: actionBodies.remind.extend({ tenant: tenantIds, requestKey }),
  extend: actionBodies.extend.extend({ tenant: tenantIds, requestKey }),
} as const satisfies Record<BulkKind, z.ZodType>;
type BodyOf = { [Kind in BulkKind]: z.output<(typeof bodies)[Kind]> };

const waitsForOwner = (line: overview.TenantLine): boolean => {
  const { state, step } = line.onboarding ?? {};
  return state === 'waiting' && (submittableSteps as readonly (string | null | undefined)[]).includes(step);
};

function toAffected(line: overview.TenantLine): AffectedTenant {
  const { id, name, onboardingStep } = toRow(line);
  const over = onboardingStep === null ? 'setup is finished' : 'nothing is waiting for the owner';
  return { id, name, step: onboardingStep, leftOut: waitsForOwner(line) ? null : over };
}

async function previewPage(
  context: RequestContext,
  kind: BulkKind,
  ids: readonly string[],
  form?: FormState,
): Promise<VNode> {
  const lines = await context.deps.db.inScope(context.overview(), (tx) => overview.listOf(tx, ids));
  if (lines.length === 0) throw new AppError('tenant.not-found');
  const typed = form?.values?.['requestKey'];
  return BulkPreviewPage({
    frame: pageContextOf(context),
    kind,
    tenants: lines.map(toAffected),
    requestKey: requestKey.safeParse(typed).success ? String(typed) : randomUUID(),
    ...(form && { form }),
  });
}

async function problemOf(work: () => Promise<void>): Promise<ErrorCode | null> {
  try {
    await work();
    return null;
  } catch (error) {
    // One refusal must not hold up the other tenants; an unexpected error belongs in the log.
    if (error instanceof AppError && error.code !== 'internal.unexpected') return error.code;
    throw error;
  }
}

/** Applies the action to every tenant, a few at a time; a refusal becomes that tenant's result. */
async function actForAll<Kind extends BulkKind>(
  context: RequestContext,
  kind: Kind,
  { tenant, requestKey: key, ...body }: BodyOf[Kind],
): Promise<Outcome['results']> {
  const left = [...new Set(tenant)];
  const results: Outcome['results'] = [];
  while (left.length > 0) {
    const some = left.splice(0, abreast).map(async (tenantId) => ({
      tenantId,
      problem: await problemOf(() =>
        act(context, tenantId, kind, body as z.output<(typeof actionBodies)[Kind]>, key),
      ),
    }));
    results.push(...(await Promise.all(some)));
  }
  return results;
}

const result = z.object({ tenantId: z.string(), problem: z.string().nullable() });

const perKind = bulkKinds.flatMap((kind) => [
  defineRoute({
    method: 'POST',
    path: `/api/admin/tenants/bulk/${kind}`,
    access: 'tenants.support',
    summary: `${kind}, for many setups at once; repeating a requestKey has no effect`,
    body: bodies[kind],
    response: z.object({ results: z.array(result) }),
    handle: async (context, { body }) => ({ results: await actForAll(context, kind, body) }),
  }),
  defineForm({
    path: `/admin/tenants/bulk/${kind}`,
    access: 'tenants.support',
    body: bodies[kind],
    async submit(context, { body }) {
      const results = await actForAll(context, kind, body);
      const { csrfSecret } = context.deps;
      const sealed = sealOutcome({ kind, results }, csrfSecret, context.person().userId);
      return { to: withQuery('/admin/tenants/bulk/done', { outcome: sealed }) };
    },
    async again(context, { form }) {
      const ids = tenantIds.safeParse(form.values['tenant']);
      if (!ids.success) throw new AppError('request.invalid', { text: ids.error.issues[0]?.message ?? '' });
      return previewPage(context, kind, ids.data, form);
    },
  }),
]);

const pages = [
  definePage({
    path: '/admin/tenants/bulk',
    access: 'tenants.support',
    query: z.object({ action: z.enum(bulkKinds).catch('remind'), tenant: listed.catch([]) }),
    async show(context, { query: { action, tenant } }) {
      if (tenant.length > 0) return previewPage(context, action, tenant);
      const text = 'Choose the tenants first: tick the box in front of each.';
      return { to: '/admin/tenants', flash: { kind: 'note', text } };
    },
  }),
  definePage({
    path: '/admin/tenants/bulk/done',
    access: 'tenants.support',
    query: z.object({ outcome: z.string().max(10_000).catch('') }),
    async show(context, { query }) {
      const outcome = openOutcome(query.outcome, context.deps.csrfSecret, context.person().userId);
      if (!outcome) return { to: '/admin/tenants' };
      const ids = outcome.results.map(({ tenantId }) => tenantId);
      const lines = await context.deps.db.inScope(context.overview(), (tx) => overview.listOf(tx, ids));
      return BulkDonePage({
        frame: pageContextOf(context),
        kind: outcome.kind,
        results: outcome.results.map(({ tenantId, problem }) => ({
          id: tenantId,
          name: lines.find(({ id }) => id === tenantId)?.name ?? tenantId,
          problem: problem && errorTable[problem].text,
        })),
      });
    },
  }),
];

/** Stand before the page of one tenant, whose address would take theirs. */
export const bulkRoutes = [...pages, ...perKind];
