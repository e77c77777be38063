import type { VNode } from 'preact';
import type { CreditNote } from '../../../../db/domain/billing/credit-notes.ts';
import type { LedgerAccount } from '../../../../db/domain/billing/ledger.ts';
import { formatMoney, type Money as MoneyValue } from '../../../../db/domain/money.ts';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths } from '../../../paths.ts';
import { DialogButton, LinkButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Checkbox } from '../../../ui/choices.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { ReasonDialog } from '../../../ui/dialog.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { TextInput } from '../../../ui/inputs.tsx';
import { KeyFacts } from '../../../ui/key-facts.tsx';
import { Money } from '../../../ui/money.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import type { StateOf } from '../../../ui/status.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { TenantLink } from '../../../ui/tenant-link.tsx';
import { Day, Moment } from '../../../ui/time.tsx';
import { invoicesCopy as copy } from './copy.ts';

export type InvoiceAct = 'settle' | 'credit' | 'void' | 'writeOff';

export interface AdminInvoiceProps {
  frame: PageContext;
  invoice: {
    id: string;
    number: string;
    status: StateOf<'invoice'>;
    tenant: { id: string; name: string };
    /** Name, address, country and VAT number. */
    billedTo: string;
    issuedAt: string | null;
    dueAt: string | null;
    periodStart: string;
    periodEnd: string;
    taxText: string;
    lines: readonly { description: string; amountMinor: number }[];
    subtotalMinor: number;
    taxMinor: number;
    totalMinor: number;
    leftMinor: number;
    currency: string;
  };
  payments: readonly {
    id: string;
    at: string;
    how: string;
    status: StateOf<'payment'>;
    amountMinor: number;
    refundedMinor: number;
    why: string | null;
  }[];
  notes: readonly Pick<CreditNote, 'id' | 'number' | 'reason' | 'amountMinor' | 'refundMinor'>[];
  entries: readonly { id: string; at: string; account: LedgerAccount; amountMinor: number }[];
  /** What the reader may do with it now. */
  acts: readonly InvoiceAct[];
  requestKey: string;
  /** A form that was refused: its dialog opens again. */
  refused?: { act: InvoiceAct; state: FormState };
}

type Part = Pick<AdminInvoiceProps, 'invoice'>;
const of = ({ invoice }: Part, amountMinor: number): MoneyValue => ({
  amountMinor,
  currency: invoice.currency,
});

function Lines(props: AdminInvoiceProps): VNode {
  const { lines, subtotalMinor, taxMinor, totalMinor } = props.invoice;
  const sums = [
    ...(taxMinor === 0
      ? []
      : [
          { description: copy.subtotal, amountMinor: subtotalMinor },
          { description: copy.facts.tax, amountMinor: taxMinor },
        ]),
    { description: copy.total, amountMinor: totalMinor },
  ];
  return (
    <Card title={copy.lines} flush>
      <DataTable
        caption={copy.lines}
        rows={[...lines, ...sums]}
        columns={[
          { title: copy.description, render: ({ description }) => description },
          {
            title: copy.amount,
            right: true,
            render: ({ amountMinor }) => <Money value={of(props, amountMinor)} />,
          },
        ]}
      />
    </Card>
  );
}

function Payments(props: AdminInvoiceProps): VNode {
  const words = copy.payments;
  return (
    <Card title={words.title} flush={props.payments.length > 0}>
      {props.payments.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <DataTable
          caption={words.title}
          rows={props.payments}
          columns={[
            { title: words.when, render: ({ at }) => <Moment at={at} /> },
            { title: words.how, phone: 'label', render: ({ how }) => how },
            { title: words.state, render: ({ status }) => <StatusBadge kind="payment" state={status} /> },
            { title: words.why, phone: 'label', render: ({ why }) => why ?? '–' },
            {
              title: copy.notes.refund,
              right: true,
              phone: 'label',
              render: ({ refundedMinor }) => <Money value={of(props, refundedMinor)} />,
            },
            {
              title: copy.amount,
              right: true,
              render: ({ amountMinor }) => <Money value={of(props, amountMinor)} />,
            },
          ]}
        />
      )}
    </Card>
  );
}

function Notes(props: AdminInvoiceProps): VNode | null {
  if (props.notes.length === 0) return null;
  const words = copy.notes;
  return (
    <Card title={words.title} flush>
      <DataTable
        caption={words.title}
        rows={props.notes}
        columns={[
          { title: words.number, render: ({ number }) => number },
          { title: words.reason, phone: 'label', render: ({ reason }) => reason },
          {
            title: words.refund,
            right: true,
            phone: 'label',
            render: ({ refundMinor }) => <Money value={of(props, refundMinor)} />,
          },
          {
            title: copy.amount,
            right: true,
            render: ({ amountMinor }) => <Money value={of(props, amountMinor)} />,
          },
        ]}
      />
    </Card>
  );
}

function Ledger(props: AdminInvoiceProps): VNode | null {
  if (props.entries.length === 0) return null;
  const words = copy.ledger;
  return (
    <Card title={words.title} note={words.note} flush>
      <DataTable
        caption={words.title}
        rows={props.entries}
        columns={[
          { title: words.when, render: ({ at }) => <Moment at={at} /> },
          { title: words.account, render: ({ account }) => words.accounts[account] },
          {
            title: words.debit,
            right: true,
            phone: 'label',
            render: ({ amountMinor }) => (amountMinor > 0 ? <Money value={of(props, amountMinor)} /> : '–'),
          },
          {
            title: words.credit,
            right: true,
            phone: 'label',
            render: ({ amountMinor }) => (amountMinor < 0 ? <Money value={of(props, -amountMinor)} /> : '–'),
          },
        ]}
      />
    </Card>
  );
}

function Dialogs(props: AdminInvoiceProps): VNode {
  const { acts, frame, invoice, refused, requestKey } = props;
  const language = frame.viewer?.language ?? 'en';
  const text = (amountMinor: number) => formatMoney(of(props, amountMinor), language);
  const shared = (act: InvoiceAct) => ({
    ...{ frame, id: act, hidden: { requestKey } },
    action: paths.adminInvoiceAct(invoice.id, act),
    title: copy.acts[act].title(invoice.number),
    submit: copy.acts[act].submit,
    ...(refused?.act === act && { state: refused.state }),
  });
  return (
    <>
      {acts.includes('settle') ? (
        <ReasonDialog {...shared('settle')} happens={copy.acts.settle.happens(text(invoice.leftMinor))} />
      ) : null}
      {acts.includes('credit') ? (
        <ReasonDialog {...shared('credit')} happens={copy.acts.credit.happens}>
          <TextInput
            name="amountMinor"
            label={copy.acts.credit.amount}
            help={copy.acts.credit.amountHelp(text(14_900))}
            inputMode="numeric"
            optional
          />
          <Checkbox
            name="refund"
            label={
              <>
                {copy.acts.credit.refund}
                <span class="bz-muted"> {copy.acts.credit.refundHelp}</span>
              </>
            }
          />
        </ReasonDialog>
      ) : null}
      {acts.includes('void') ? (
        <ReasonDialog {...shared('void')} happens={copy.acts.void.happens} danger />
      ) : null}
      {acts.includes('writeOff') ? (
        <ReasonDialog {...shared('writeOff')} happens={copy.acts.writeOff.happens} danger />
      ) : null}
    </>
  );
}

/** GET /admin/invoices/:id */
export function AdminInvoicePage(props: AdminInvoiceProps): VNode {
  const { invoice } = props;
  const title = copy.invoice(invoice.number);
  return (
    <Shell frame={props.frame} title={title} wide>
      <PageHeader
        crumbs={[{ title: copy.title, href: paths.adminInvoices }]}
        title={title}
        mark={<StatusBadge kind="invoice" state={invoice.status} />}
        action={
          <>
            {props.acts.map((act) => (
              <DialogButton dialog={act}>{copy.acts[act].open}</DialogButton>
            ))}
            <LinkButton href={paths.adminInvoicePdf(invoice.id)} icon="download">
              PDF
            </LinkButton>
          </>
        }
      />
      <Card>
        <KeyFacts
          facts={[
            { label: copy.facts.tenant, value: <TenantLink tenant={invoice.tenant} /> },
            { label: copy.facts.billedTo, value: invoice.billedTo },
            {
              label: copy.facts.issued,
              value: invoice.issuedAt ? <Day at={invoice.issuedAt} /> : copy.draft,
            },
            { label: copy.facts.due, value: invoice.dueAt ? <Day at={invoice.dueAt} /> : '–' },
            {
              label: copy.facts.period,
              value: (
                <>
                  <Day at={invoice.periodStart} /> to <Day at={invoice.periodEnd} />
                </>
              ),
            },
            { label: copy.facts.tax, value: invoice.taxText },
            { label: copy.facts.left, value: <Money value={of(props, invoice.leftMinor)} /> },
          ]}
        />
      </Card>
      <Lines {...props} />
      <Payments {...props} />
      <Notes {...props} />
      <Ledger {...props} />
      <Dialogs {...props} />
    </Shell>
  );
}
