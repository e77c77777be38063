import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import { z } from 'zod';
import { extraDays, reason } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import { type BulkKind, bulkKinds, mostTenants, whyLeftOut } from '../../../db/domain/tenants/help.ts';
import * as overview from '../../../db/repos/tenants/overview.ts';
import { bulkCopy } from '../../../templates/admin/tenants/copy.ts';
import { type AffectedTenant, BulkPreviewPage } from '../../../templates/admin/tenants/tenants-bulk.tsx';
import { BulkRunLive, BulkRunPage } from '../../../templates/admin/tenants/tenants-bulk-run.tsx';
import { paths } from '../../../templates/paths.ts';
import { type Help, helpTenantsContract } from '../../../workflows/tenants/help-tenants.contract.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { streamLive } from '../../kit/live.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRaw, defineRoute, type FormState } from '../../kit/route.ts';
import { isListed } from '../shared/listed.ts';
import { bulkRunProps, bulkRunShape, readBulkRun, toBulkRun } from './bulk-run.ts';
import { toRow } from './rows.ts';

const tenantIds = z
  .array(z.string().regex(idPattern('tenant'), 'This is not the id of a tenant.'))
  .min(1, 'Choose at least one tenant.')
  .max(mostTenants, `At most ${mostTenants} tenants at once.`);
/** One value of a list comes as itself. */
const listed = z.preprocess((given) => (typeof given === 'string' ? [given] : (given ?? [])), tenantIds);
const requestKey = z.uuid('Reload the page and send it again.');
const runParams = z.object({ runId: z.uuid() });

function toAffected(line: overview.TenantLine): AffectedTenant {
  const { id, name, onboardingStep } = toRow(line);
  return { id, name, step: onboardingStep, leftOut: whyLeftOut(line.onboarding) };
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

/** What both actions take: the tenants, and a key that makes a repetition harmless. */
interface Sent {
  tenant: string[];
  requestKey: string;
  reason: string;
}
const many = { tenant: tenantIds, requestKey, reason };

function bulkAction<Body extends Sent>(kind: BulkKind, body: z.ZodType<Body>, helpOf: (body: Body) => Help) {
  return defineAction({
    paths: { api: `/api/admin/tenants/bulk/${kind}`, form: paths.tenantsBulkAction(kind) },
    access: 'tenants.support',
    summary: `${kind}, for many setups at once, in a run of its own; repeating a requestKey answers with the same run`,
    body,
    status: 202,
    response: z.object({ runId: z.string() }),
    async run(context, { body: sent }) {
      const { tenant, requestKey: key, reason } = sent;
      const by = context.actor();
      const input = { help: helpOf(sent), reason, tenantIds: [...new Set(tenant)], by, requestKey: key };
      const run = await context.deps.processes.start(helpTenantsContract, input, by, key);
      context.response.locals['workflowId'] = run.workflowId;
      // The run belongs to the platform, also where a partner started it.
      const isShown = await isListed(context, run.runId, context.scope('platform'));
      return { runId: run.runId, isShown };
    },
    answer: (_context, { runId }) => Promise.resolve({ runId }),
    done: () => bulkCopy.started,
    then: ({ runId, isShown }) => (isShown ? paths.tenantsBulkRun(runId) : paths.activity),
    async rerender(context, { form }) {
      const ids = tenantIds.safeParse(form.values?.['tenant']);
      if (!ids.success) {
        const text = ids.error.issues[0]?.message ?? bulkCopy.chooseFirst;
        return { to: paths.tenants, flash: { kind: 'problem', text } };
      }
      return previewPage(context, kind, ids.data, form);
    },
  });
}

const actions = [
  bulkAction('remind', z.strictObject(many), () => ({ kind: 'remind' })),
  bulkAction('extend', z.strictObject({ ...many, days: extraDays }), ({ days }) => ({
    kind: 'extend',
    days,
  })),
].flat();

const reads = [
  definePage({
    path: '/admin/tenants/bulk',
    access: 'tenants.support',
    query: z.object({ action: z.enum(bulkKinds).catch('remind'), tenant: listed.catch([]) }),
    async show(context, { query: { action, tenant } }) {
      if (tenant.length > 0) return previewPage(context, action, tenant);
      return { to: paths.tenants, flash: { kind: 'note', text: bulkCopy.chooseFirst } };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/tenants/bulk/:runId',
    access: 'tenants.support',
    summary: 'How far help for many tenants is, with the result for each',
    params: runParams,
    response: bulkRunShape,
    errors: ['run.not-found'],
    handle: async (context, { params: { runId } }) => toBulkRun(runId, await readBulkRun(context, runId)),
  }),
  definePage({
    path: '/admin/tenants/bulk/:runId',
    access: 'tenants.support',
    params: runParams,
    show: async (context, { params: { runId } }) =>
      BulkRunPage(await bulkRunProps(context, runId, await readBulkRun(context, runId))),
  }),
  defineRaw({
    path: '/admin/tenants/bulk/:runId/live',
    access: 'tenants.support',
    params: runParams,
    serve: (context, { params: { runId } }) =>
      streamLive(context, async () => {
        const run = await readBulkRun(context, runId);
        const { version, isOver } = run;
        return { version, isOver, render: async () => BulkRunLive(await bulkRunProps(context, runId, run)) };
      }),
  }),
];

/** Stand before the page of one tenant, whose address would take theirs. */
export const bulkRoutes = [...reads, ...actions];
