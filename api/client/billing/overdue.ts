import { z } from 'zod';
import { dueMinor } from '../../../db/domain/billing/invoices.ts';
import { previewDunning } from '../../../db/domain/billing/dunning/preview.ts';
import * as cases from '../../../db/repos/billing/dunning/cases.ts';
import * as policies from '../../../db/repos/billing/dunning/policies.ts';
import * as invoices from '../../../db/repos/billing/invoices.ts';
import type { Tx } from '../../../db/scope.ts';
import { overdueCopy as copy } from '../../../templates/client/billing/copy.ts';
import type { OverdueProps } from '../../../templates/client/billing/overdue.tsx';
import { paths } from '../../../templates/paths.ts';
import { collectOverdueInvoiceContract as process } from '../../../workflows/billing/collect-overdue-invoice.contract.ts';
import { defineAction } from '../../kit/action.ts';

const rungs = ['restrict', 'suspend', 'cancel'] as const;
const isRung = (kind: string): kind is (typeof rungs)[number] => (rungs as readonly string[]).includes(kind);

/** The open cases of a tenant, with what comes next of each by its preview. */
export async function readOverdue(tx: Tx, tenantId: string): Promise<OverdueProps[]> {
  const open = await cases.listOpenCases(tx, tenantId);
  return Promise.all(
    open.map(async ({ invoiceId, policyKey, policyVersion, state }) => {
      const { policy } = await policies.getPolicyVersion(tx, policyKey, policyVersion);
      const invoice = await invoices.getInvoice(tx, tenantId, invoiceId);
      const steps = previewDunning(policy, state)[0]?.steps ?? [];
      const retry = steps.find(({ kind }) => kind === 'retry');
      const rung = steps.find(({ kind }) => isRung(kind));
      return {
        ...{ invoiceId, number: invoice.number ?? '', cause: state.declineClass },
        due: { amountMinor: dueMinor(invoice), currency: invoice.currency },
        retryAt: retry ? new Date(retry.atMs).toISOString() : null,
        rung: rung && isRung(rung.kind) ? { kind: rung.kind, at: new Date(rung.atMs).toISOString() } : null,
      };
    }),
  );
}

/** Paying an overdue invoice by the card on file, now. */
export const overdueRoutes = defineAction({
  paths: { api: '/api/client/invoices/:id/try', form: '/app/billing/invoices/:id/try' },
  access: 'billing.pay',
  whileViewing: 'never',
  summary: 'Charge the card on file for an overdue invoice now',
  params: z.object({ id: z.string().max(60) }),
  response: z.object({ paid: z.boolean() }),
  errors: ['invoice.not-found', 'dunning.not-open', 'process.timeout'],
  async run(context, { params: { id } }) {
    const scope = context.tenant();
    const { tenantId } = scope;
    await context.deps.db.inScope(scope, (tx) => invoices.getInvoice(tx, tenantId, id));
    const by = context.actor();
    const input = { tenantId, invoiceId: id };
    return context.deps.processes.startWithUpdate(process, input, by, 'tryNow', {
      ...{ by, reason: null, side: 'client' as const },
    });
  },
  answer: async (_context, result) => result,
  done: ({ paid }) => (paid ? { kind: 'done', text: copy.paid } : { kind: 'problem', text: copy.refused }),
  then: () => paths.billing,
  refusedTo: () => paths.billing,
});
