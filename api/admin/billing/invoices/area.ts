import { z } from 'zod';
import { idPattern } from '../../../../db/domain/ids.ts';
import { dueMinor, invoice } from '../../../../db/domain/billing/invoices.ts';
import * as tenants from '../../../../db/repos/tenants/tenants.ts';
import { invoicesCopy as copy } from '../../../../templates/admin/billing/invoices/copy.ts';
import { AdminInvoicePage, type InvoiceAct } from '../../../../templates/admin/billing/invoices/invoice.tsx';
import { InvoicesPage } from '../../../../templates/admin/billing/invoices/list.tsx';
import { paths } from '../../../../templates/paths.ts';
import { defineAction } from '../../../kit/action.ts';
import type { Area } from '../../../kit/area.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { defineCsv } from '../../../kit/csv.ts';
import { keptKey } from '../../../kit/idempotency-key.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { definePage, defineRaw, defineRoute, type FormState } from '../../../kit/route.ts';
import { isoOf, pageOf, queryOf } from '../../shared/query.ts';
import { acting, creditBody, creditNow, settleNow, voidNow, writeOffNow } from './acts.ts';
import {
  actsOn,
  invoiceProps,
  type InvoicesQuery,
  invoicesQuery,
  readInvoice,
  readInvoices,
} from './read.ts';
import { adminInvoiceRow } from './row.ts';

const params = z.object({ id: z.string().regex(idPattern('invoice')) });
const when = z.string().nullable();
const listed = invoice
  .omit({ createdAt: true, issuedAt: true, dueAt: true, paidAt: true, periodStart: true, periodEnd: true })
  .extend({
    ...{ createdAt: z.string(), issuedAt: when, dueAt: when, paidAt: when },
    ...{
      periodStart: z.string(),
      periodEnd: z.string(),
      tenantName: z.string(),
      leftMinor: z.number().int(),
    },
  });

type Listed = Awaited<ReturnType<typeof readInvoices>>['items'][number];
const toListed = (row: Listed): z.output<typeof listed> => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  ...{ issuedAt: isoOf(row.issuedAt), dueAt: isoOf(row.dueAt), paidAt: isoOf(row.paidAt) },
  ...{ periodStart: row.periodStart.toISOString(), periodEnd: row.periodEnd.toISOString() },
  leftMinor: dueMinor(row),
});

async function showInvoice(
  context: RequestContext,
  id: string,
  refused?: { act: InvoiceAct; state: FormState },
) {
  const found = await readInvoice(context, id);
  return AdminInvoicePage({
    frame: pageContextOf(context),
    ...invoiceProps(found),
    acts: context.can('invoices.manage') ? actsOn(found) : [],
    requestKey: keptKey(refused?.state.values ?? {}),
    ...(refused && { refused }),
  });
}

/** What the three acts without a process have in common. */
const actOn = (
  act: InvoiceAct,
  summary: string,
  run: (context: RequestContext, id: string, body: z.output<typeof acting>) => Promise<unknown>,
) =>
  defineAction({
    paths: { api: `/api/admin/invoices/:id/${act}`, form: `/admin/invoices/:id/${act}` },
    ...{ access: 'invoices.manage', whileViewing: 'never', params, summary, body: acting },
    response: listed,
    errors: ['invoice.not-found', 'invoice.not-open'],
    run: (context, { params: { id }, body }) => run(context, id, body),
    answer: async (context, _done, { id }) => toListed((await readInvoice(context, id)).invoice),
    done: () => (act === 'credit' ? '' : copy.acts[act].done),
    then: (_done, { params: { id } }) => paths.adminInvoice(id),
    rerender: (context, { params: { id }, form }) => showInvoice(context, id, { act, state: form }),
  });

const acts = [
  ...actOn('settle', 'Record that an open invoice was paid outside the platform', settleNow),
  ...actOn('void', 'Void an open invoice that nothing was paid for', voidNow),
  ...actOn('writeOff', 'Give up on an open invoice', writeOffNow),
  ...defineAction({
    paths: { api: '/api/admin/invoices/:id/credit', form: '/admin/invoices/:id/credit' },
    ...{ access: 'invoices.manage', whileViewing: 'never', params, body: creditBody },
    summary: 'Take an amount off an issued invoice; refund what was paid for it, or keep it as credit',
    response: z.object({ number: z.string(), refundMinor: z.number().int() }),
    errors: ['invoice.not-found', 'invoice.not-open', 'invoice.amount-too-large', 'process.timeout'],
    run: (context, { params: { id }, body }) => creditNow(context, id, body),
    answer: (_context, result) => Promise.resolve(result),
    done: ({ number }) => copy.acts.credit.done(number),
    then: (_done, { params: { id } }) => paths.adminInvoice(id),
    rerender: (context, { params: { id }, form }) => showInvoice(context, id, { act: 'credit', state: form }),
  }),
];

/** Invoices of all tenants: found, opened down to the ledger, settled, credited, voided. */
export const invoicesArea: Area = {
  side: 'admin',
  nav: [],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/admin/invoices',
      access: 'invoices.read',
      summary: 'Invoices of all tenants, the newest first',
      query: invoicesQuery,
      response: pageOf(listed),
      async handle(context, { query }) {
        const { items, nextCursor } = await readInvoices(context, query);
        return { items: items.map(toListed), nextCursor };
      },
    }),
    definePage({
      path: paths.adminInvoices,
      access: 'invoices.read',
      query: invoicesQuery,
      async show(context, { query }) {
        const { items, nextCursor } = await readInvoices(context, query);
        return InvoicesPage({
          frame: pageContextOf(context),
          rows: items.map((row) => adminInvoiceRow(row, { id: row.tenantId, name: row.tenantName })),
          query: queryOf(context, ['q', 'status', 'tenant', 'cursor']),
          nextCursor,
        });
      },
    }),
    defineCsv({
      path: paths.adminInvoicesCsv,
      access: 'invoices.read',
      action: 'invoices.exported',
      filename: 'invoices.csv',
      query: invoicesQuery,
      read: (context, query: InvoicesQuery) => readInvoices(context, query),
      columns: {
        number: ({ number }) => number ?? '',
        tenantId: ({ tenantId }) => tenantId,
        tenant: ({ tenantName }) => tenantName,
        state: ({ status }) => status,
        subtotalMinor: ({ subtotalMinor }) => subtotalMinor,
        taxMinor: ({ taxMinor }) => taxMinor,
        totalMinor: ({ totalMinor }) => totalMinor,
        paidMinor: ({ paidMinor }) => paidMinor,
        creditedMinor: ({ creditedMinor }) => creditedMinor,
        currency: ({ currency }) => currency,
        issuedAt: ({ issuedAt }) => isoOf(issuedAt) ?? '',
        dueAt: ({ dueAt }) => isoOf(dueAt) ?? '',
        paidAt: ({ paidAt }) => isoOf(paidAt) ?? '',
      },
    }),
    definePage({
      path: '/admin/invoices/:id',
      access: 'invoices.read',
      params,
      show: (context, { params: { id } }) => showInvoice(context, id),
    }),
    defineRaw({
      path: '/admin/invoices/:id/pdf',
      access: 'invoices.read',
      whileViewing: 'never',
      params,
      async serve(context, { params: { id } }) {
        const { invoice: found, lines } = await readInvoice(context, id);
        const tenant = await context.deps.db.inScope(context.overview(), (tx) =>
          tenants.get(tx, found.tenantId),
        );
        const pdf = await context.deps.invoicePdf(found, lines, tenant);
        context.response
          .type('application/pdf')
          .set('cache-control', 'private, no-store')
          .attachment(`${found.number ?? found.id}.pdf`)
          .send(pdf);
      },
    }),
    ...acts,
  ],
};
