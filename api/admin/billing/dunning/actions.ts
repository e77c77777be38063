import { z } from 'zod';
import { reason } from '../../../../db/domain/common.ts';
import * as policies from '../../../../db/repos/billing/dunning/policies.ts';
import * as tenants from '../../../../db/repos/tenants/tenants.ts';
import { dunningCopy as copy } from '../../../../templates/admin/billing/dunning/copy.ts';
import { paths, withQuery } from '../../../../templates/paths.ts';
import { collectOverdueInvoiceContract as process } from '../../../../workflows/billing/collect-overdue-invoice.contract.ts';
import { defineAction } from '../../../kit/action.ts';
import type { RerenderTab } from '../../../kit/contributions.ts';
import type { AnyRoute } from '../../../kit/route.ts';
import { tenantParams } from '../../shared/query.ts';

const invoiceId = z.string().max(60);
const asked = z.strictObject({ invoiceId, reason });
const extension = z.strictObject({
  invoiceId,
  reason,
  days: z.coerce.number('Enter a number.').int('Whole days.').min(1, 'At least 1.').max(90, 'At most 90.'),
});
const assignment = z.strictObject({ policy: z.string().max(60).default(''), reason });
const ok = z.object({ done: z.literal(true) });
const tried = z.object({ paid: z.boolean() });

/** What administrators do about the overdue invoices of a tenant, each with a reason. */
export function tenantDunningActions(rerender: RerenderTab): AnyRoute[] {
  const shared = (action: 'try' | 'extend' | 'give-up' | 'policy') => ({
    access: 'dunning.manage' as const,
    params: tenantParams,
    paths: {
      api: `/api/admin/tenants/:tenantId/dunning/${action}`,
      form: `/admin/tenants/:tenantId/dunning/${action}`,
    },
    then: <Result>(_result: Result, { params: { tenantId } }: { params: { tenantId: string } }) =>
      withQuery(paths.tenant(tenantId), { tab: 'dunning' }),
    rerender: (
      ...[context, { params, form }]: Parameters<NonNullable<Parameters<typeof defineAction>[0]['rerender']>>
    ) => rerender(context, (params as { tenantId: string }).tenantId, { action, form }),
  });
  const errors = ['dunning.not-open', 'invoice.not-found', 'process.timeout'];
  const done = async () => ({ done: true as const });
  return [
    ...defineAction({
      ...shared('try'),
      ...{
        summary: 'Charge the card on file for an overdue invoice now',
        body: asked,
        response: tried,
        errors,
      },
      run(context, { params: { tenantId }, body }) {
        const by = context.actor();
        const given = { by, reason: body.reason, side: 'admin' as const };
        const input = { tenantId, invoiceId: body.invoiceId };
        return context.deps.processes.startWithUpdate(process, input, by, 'tryNow', given);
      },
      answer: async (_context, result: z.output<typeof tried>) => result,
      done: ({ paid }) =>
        paid
          ? { kind: 'done', text: copy.actions.try.paid }
          : { kind: 'problem', text: copy.actions.try.refused },
    }),
    ...defineAction({
      ...shared('extend'),
      ...{ summary: 'Give more time to pay an overdue invoice', body: extension, response: ok, errors },
      run(context, { params: { tenantId }, body }) {
        const by = context.actor();
        const given = { by, reason: body.reason, days: body.days };
        const input = { tenantId, invoiceId: body.invoiceId };
        return context.deps.processes.startWithUpdate(process, input, by, 'extend', given);
      },
      answer: done,
      done: () => copy.actions.extend.done,
    }),
    ...defineAction({
      ...shared('give-up'),
      ...{
        summary: 'Cancel the subscription and write off an overdue invoice',
        body: asked,
        response: ok,
        errors,
      },
      run(context, { params: { tenantId }, body }) {
        const by = context.actor();
        const given = { by, reason: body.reason };
        const input = { tenantId, invoiceId: body.invoiceId };
        return context.deps.processes.startWithUpdate(process, input, by, 'giveUp', given);
      },
      answer: done,
      done: () => copy.actions.giveUp.done,
    }),
    ...defineAction({
      ...shared('policy'),
      ...{
        summary: 'Give a tenant a dunning policy of its own; empty takes it away',
        body: assignment,
        response: ok,
      },
      errors: ['tenant.not-found', 'dunning-policy.not-found'],
      run: (context, { params: { tenantId }, body }) =>
        context.deps.db.inScope(context.overview(), async (tx) => {
          await tenants.get(tx, tenantId);
          const by = context.person().userId;
          await policies.assignToTenant(tx, tenantId, {
            policyKey: body.policy || null,
            by,
            reason: body.reason,
          });
        }),
      answer: done,
      done: () => copy.actions.policy.done,
    }),
  ];
}
