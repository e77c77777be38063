import { z } from 'zod';
import { paging } from '../../../db/domain/common.ts';
import { type Invoice, type InvoiceLine, invoiceStatuses } from '../../../db/domain/billing/invoices.ts';
import { canKeepTerms } from '../../../db/domain/billing/change.ts';
import * as invoices from '../../../db/repos/billing/invoices.ts';
import * as subscriptions from '../../../db/repos/billing/subscriptions.ts';
import * as plans from '../../../db/repos/billing/plans.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import { BillingPage, type ShownSubscription } from '../../../templates/client/billing/billing.tsx';
import { InvoicePage } from '../../../templates/client/billing/invoice.tsx';
import { lineText } from '../../../templates/email/line-texts.ts';
import { paths } from '../../../templates/paths.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { defineCsv } from '../../kit/csv.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRaw, defineRoute } from '../../kit/route.ts';
import { billingDetailsRoutes } from './details.ts';
import { billingContributions } from './contributions.ts';
import { canKeep } from './subscription.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import { overdueRoutes, readOverdue } from './overdue.ts';

const invoiceParams = z.object({ id: z.string().max(60) });
const money = z.object({ amountMinor: z.number().int(), currency: z.string() });
const listedInvoice = z.object({
  id: z.string(),
  number: z.string(),
  status: z.enum(invoiceStatuses),
  description: z.string(),
  total: money,
  issuedAt: z.string(),
});

const totalOf = ({ totalMinor, currency }: Invoice) => ({ amountMinor: totalMinor, currency });
const lineOf = (invoice: Invoice, line: InvoiceLine | null | undefined) => ({
  id: invoice.id,
  number: invoice.number ?? '',
  status: invoice.status,
  description: line ? lineText(line, 'en') : '',
  total: totalOf(invoice),
  issuedAt: (invoice.issuedAt ?? invoice.createdAt).toISOString(),
});
const listedOf = (invoice: invoices.ListedInvoice) => lineOf(invoice, invoice.line);

async function readInvoice(context: RequestContext, id: string) {
  const scope = context.tenant();
  return context.deps.db.inScope(scope, async (tx) => ({
    invoice: await invoices.getInvoice(tx, scope.tenantId, id),
    lines: await invoices.listLines(tx, scope.tenantId, id),
    tenant: await tenants.get(tx, scope.tenantId),
  }));
}

async function readSubscription(context: RequestContext): Promise<ShownSubscription | null> {
  const scope = context.tenant();
  return context.deps.db.inScope({ ...scope, readOnly: true }, async (tx) => {
    const found = await subscriptions.findSubscription(tx, scope.tenantId);
    if (!found) return null;
    const { status, interval, seats, amountMinor, currency, periodEnd, endsAt, pending } = found;
    const isMove = pending !== null && !canKeepTerms(found);
    return {
      ...{ status, interval, seats, price: { amountMinor, currency } },
      planTitle: await plans.titleOf(tx, found.planKey),
      trialEndsAt: status === 'trialing' ? (found.trialEndsAt?.toISOString() ?? null) : null,
      periodEnd: periodEnd.toISOString(),
      endsAt: endsAt?.toISOString() ?? null,
      pending:
        pending &&
        (isMove ? { kind: 'price' } : { kind: 'plan', title: await plans.titleOf(tx, pending.planKey) }),
      canKeep: canKeep(found) && context.can('billing.manage'),
      mayManage: context.can('billing.manage'),
      card: found.paymentMethod,
    };
  });
}

const readOverdueNow = (context: RequestContext) => {
  const scope = context.tenant();
  return context.deps.db.inScope({ ...scope, readOnly: true }, (tx) => readOverdue(tx, scope.tenantId));
};

const invoiceQuery = paging.extend({ sort: z.enum(['issued', '-issued']).optional().catch(undefined) });
type InvoiceQuery = z.output<typeof invoiceQuery>;

function readInvoices(context: RequestContext, { sort, ...page }: InvoiceQuery & { counted?: boolean }) {
  const scope = context.tenant();
  return context.deps.db.inScope(scope, (tx) =>
    invoices.listInvoices(tx, scope.tenantId, { ...page, oldestFirst: sort === 'issued' }),
  );
}

const pages = [
  defineCsv({
    path: paths.invoicesCsv,
    access: 'billing.read',
    action: 'invoices.exported',
    filename: 'invoices.csv',
    query: invoiceQuery,
    read: (context, query: InvoiceQuery) => readInvoices(context, query),
    columns: {
      number: (invoice) => invoice.number ?? '',
      state: (invoice) => invoice.status,
      description: (invoice) => (invoice.line ? lineText(invoice.line, 'en') : ''),
      totalMinor: (invoice) => invoice.totalMinor,
      currency: (invoice) => invoice.currency,
      periodStart: (invoice) => invoice.periodStart.toISOString(),
      periodEnd: (invoice) => invoice.periodEnd.toISOString(),
      issuedAt: (invoice) => invoice.issuedAt?.toISOString() ?? '',
      paidAt: (invoice) => invoice.paidAt?.toISOString() ?? '',
    },
  }),
  definePage({
    path: '/app/billing',
    access: 'billing.read',
    query: invoiceQuery.pick({ cursor: true, sort: true }),
    async show(context, { query }) {
      const subscription = await readSubscription(context);
      const overdue = await readOverdueNow(context);
      const page = await readInvoices(context, { ...query, limit: 25, counted: true });
      return BillingPage({
        frame: pageContextOf(context),
        subscription,
        overdue,
        requestKey: crypto.randomUUID(),
        invoices: page.items.map(listedOf),
        nextCursor: page.nextCursor,
        ...(page.total !== undefined && { total: page.total }),
        query,
      });
    },
  }),
  definePage({
    path: '/app/billing/invoices/:id',
    access: 'billing.read',
    params: invoiceParams,
    async show(context, { params: { id } }) {
      const { invoice, lines } = await readInvoice(context, id);
      return InvoicePage({
        frame: pageContextOf(context),
        invoice: {
          ...lineOf(invoice, lines[0]),
          billedTo: invoice.billedTo.name,
          paidAt: invoice.paidAt?.toISOString() ?? null,
          periodStart: invoice.periodStart.toISOString(),
          periodEnd: invoice.periodEnd.toISOString(),
          lines: lines.map((line) => ({
            description: lineText(line, 'en'),
            amount: { amountMinor: line.amountMinor, currency: invoice.currency },
          })),
        },
      });
    },
  }),
  defineRaw({
    path: '/app/billing/invoices/:id/pdf',
    access: 'billing.read',
    whileViewing: 'never',
    params: invoiceParams,
    async serve(context, { params: { id } }) {
      const { invoice, lines, tenant } = await readInvoice(context, id);
      const pdf = await context.deps.invoicePdf(invoice, lines, tenant);
      context.response
        .type('application/pdf')
        .set('cache-control', 'private, no-store')
        .attachment(`${invoice.number ?? invoice.id}.pdf`)
        .send(pdf);
    },
  }),
];

export const billingArea: Area = {
  side: 'client',
  nav: [
    { title: 'Billing', href: '/app/billing', icon: 'receipt', group: 'Account', permission: 'billing.read' },
  ],
  routes: [
    ...pages,
    ...billingDetailsRoutes,
    ...overdueRoutes,
    defineRoute({
      method: 'GET',
      path: '/api/client/invoices',
      access: 'billing.read',
      summary: 'The own invoices, newest first',
      query: paging,
      response: z.object({ items: z.array(listedInvoice), nextCursor: z.string().nullable() }),
      async handle(context, { query }) {
        const scope = context.tenant();
        const page = await context.deps.db.inScope(scope, (tx) =>
          invoices.listInvoices(tx, scope.tenantId, query),
        );
        return { items: page.items.map(listedOf), nextCursor: page.nextCursor };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/client/invoices/:id',
      access: 'billing.read',
      params: invoiceParams,
      summary: 'One of the own invoices',
      response: listedInvoice,
      errors: ['invoice.not-found'],
      async handle(context, { params: { id } }) {
        const { invoice, lines } = await readInvoice(context, id);
        return lineOf(invoice, lines[0]);
      },
    }),
    ...subscriptionRoutes,
  ],
  ...billingContributions,
};
