import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import type { Invoice, InvoiceLine } from '../../db/domain/billing/invoices.ts';
import { formatMoney } from '../../db/domain/money.ts';
import type { Tenant } from '../../db/domain/tenants/tenant.ts';
import { lineText } from '../../templates/email/line-texts.ts';

const seller = 'BizOSaaS';
const page = { left: 56, right: 539, top: 56, lastLine: 700 };
const columns = { description: 56, period: 276, amount: 429 };
const ink = { text: '#1f2430', quiet: '#5b6472', rule: '#dfe3ea' };

const words = {
  en: {
    title: 'Invoice',
    from: 'From',
    to: 'Bill to',
    issued: 'Date',
    status: 'Status',
    description: 'Description',
    period: 'Period',
    amount: 'Amount',
    total: 'Total',
    subtotal: 'Subtotal',
    tax: 'Tax',
    draft: 'Draft',
    uncollectible: 'Written off',
    open: 'Open',
    paid: 'Paid',
    void: 'Void',
  },
  de: {
    title: 'Rechnung',
    from: 'Von',
    to: 'An',
    issued: 'Datum',
    status: 'Status',
    description: 'Beschreibung',
    period: 'Zeitraum',
    amount: 'Betrag',
    total: 'Gesamt',
    subtotal: 'Zwischensumme',
    tax: 'Steuer',
    draft: 'Entwurf',
    uncollectible: 'Abgeschrieben',
    open: 'Offen',
    paid: 'Bezahlt',
    void: 'Storniert',
  },
  es: {
    title: 'Factura',
    from: 'De',
    to: 'Para',
    issued: 'Fecha',
    status: 'Estado',
    description: 'Descripción',
    period: 'Período',
    amount: 'Importe',
    total: 'Total',
    subtotal: 'Subtotal',
    tax: 'Impuesto',
    draft: 'Borrador',
    uncollectible: 'Incobrable',
    open: 'Pendiente',
    paid: 'Pagada',
    void: 'Anulada',
  },
  fr: {
    title: 'Facture',
    from: 'De',
    to: 'À',
    issued: 'Date',
    status: 'État',
    description: 'Description',
    period: 'Période',
    amount: 'Montant',
    total: 'Total',
    subtotal: 'Sous-total',
    tax: 'Taxe',
    draft: 'Brouillon',
    uncollectible: 'Irrécouvrable',
    open: 'À payer',
    paid: 'Payée',
    void: 'Annulée',
  },
} as const satisfies Record<Tenant['language'], Record<string, string>>;

/** Noto Sans (OFL): Latin, Greek, Cyrillic and Devanagari with currency symbols; other letters become a box. */
const fonts = {
  plain: readFileSync(
    new URL(import.meta.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf')),
  ),
  bold: readFileSync(
    new URL(import.meta.resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf')),
  ),
};

/** On one line, with spaces that every font contains. */
const printable = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\p{Zs}\n\r\t]+/gu, ' ')
    .trim();

type Labels = (typeof words)[Tenant['language']];
interface Sheet {
  pdf: PDFKit.PDFDocument;
  labels: Labels;
  invoice: Invoice;
  lines: readonly InvoiceLine[];
  language: string;
  date: (at: Date) => string;
  money: (amountMinor: number) => string;
}

/** A muted label with its text below. */
function fact(
  pdf: PDFKit.PDFDocument,
  label: string,
  text: string,
  x: number,
  y: number,
  width: number,
): void {
  pdf.font('plain').fontSize(9).fillColor(ink.quiet).text(label, x, y, { width });
  pdf
    .fontSize(11)
    .fillColor(ink.text)
    .text(printable(text), x, y + 13, { width });
}

function rule(pdf: PDFKit.PDFDocument, y: number): void {
  pdf.moveTo(page.left, y).lineTo(page.right, y).lineWidth(1).strokeColor(ink.rule).stroke();
}

/** Name, address and VAT number, one below the other. */
const addresseeOf = ({ billedTo: { name, address, country, vatNumber } }: Invoice): string =>
  [name, address, country, vatNumber].filter(Boolean).join(', ');

/** The title, who bills whom, and the dates; the y below them. */
function drawHead({ pdf, labels, invoice, date }: Sheet): number {
  pdf.font('bold').fontSize(22).fillColor(ink.text);
  pdf.text(`${labels.title} ${printable(invoice.number ?? '')}`.trim(), page.left, page.top);
  const parties = pdf.y + 24;
  fact(pdf, labels.from, seller, columns.description, parties, 200);
  fact(pdf, labels.to, addresseeOf(invoice), columns.period, parties, page.right - columns.period);
  const dates = Math.max(pdf.y, parties + 26) + 18;
  fact(pdf, labels.issued, date(invoice.issuedAt ?? invoice.createdAt), columns.description, dates, 200);
  const paidAt = invoice.status === 'paid' && invoice.paidAt ? `, ${date(invoice.paidAt)}` : '';
  fact(
    pdf,
    labels.status,
    `${labels[invoice.status]}${paidAt}`,
    columns.period,
    dates,
    page.right - columns.period,
  );
  return pdf.y + 32;
}

const widths = {
  description: columns.period - columns.description - 16,
  period: columns.amount - columns.period - 16,
  amount: page.right - columns.amount,
};
const right = { width: widths.amount, align: 'right' } as const;

/** One line of the invoice; the y below it. */
function drawLine({ pdf, language, date, money }: Sheet, line: InvoiceLine, top: number): number {
  pdf.font('plain').fontSize(11).fillColor(ink.text);
  pdf.text(printable(lineText(line, language)), columns.description, top, { width: widths.description });
  const afterDescription = pdf.y;
  const period = `${date(line.periodStart)} – ${date(line.periodEnd)}`;
  pdf.text(printable(period), columns.period, top, { width: widths.period });
  const bottom = Math.max(afterDescription, pdf.y);
  pdf.text(money(line.amountMinor), columns.amount, top, right);
  return bottom + 8;
}

/** The sums below the lines: with tax where there is any, then the total. */
function drawSums({ pdf, labels, invoice, money }: Sheet, top: number): void {
  const { subtotalMinor, taxMinor, totalMinor } = invoice;
  const taxed =
    taxMinor !== 0 ? [[labels.subtotal, subtotalMinor] as const, [labels.tax, taxMinor] as const] : [];
  let y = top;
  for (const [label, amountMinor] of taxed) {
    pdf.font('plain').fontSize(11);
    pdf.text(label, columns.period, y, { width: widths.period });
    pdf.text(money(amountMinor), columns.amount, y, right);
    y += 18;
  }
  pdf.font('bold').fontSize(12);
  pdf.text(labels.total, columns.period, y, { width: widths.period });
  pdf.text(money(totalMinor), columns.amount, y, right);
}

/** The lines of the invoice and their sums, on as many pages as they need. */
function drawLines(sheet: Sheet, top: number): void {
  const { pdf, labels } = sheet;
  pdf.font('plain').fontSize(9).fillColor(ink.quiet);
  pdf.text(labels.description, columns.description, top, { width: widths.description });
  pdf.text(labels.period, columns.period, top, { width: widths.period });
  pdf.text(labels.amount, columns.amount, top, right);
  rule(pdf, top + 16);
  let y = top + 26;
  for (const line of sheet.lines) {
    if (y > page.lastLine) {
      pdf.addPage();
      y = page.top;
    }
    y = drawLine(sheet, line, y);
  }
  if (y > page.lastLine) {
    pdf.addPage();
    y = page.top;
  }
  rule(pdf, y + 2);
  drawSums(sheet, y + 14);
}

/** The invoice on A4 in the tenant's language and timezone; the same invoice gives the same bytes. */
export async function invoicePdf(
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  tenant: Tenant,
): Promise<Buffer> {
  const { language, timezone } = tenant;
  const issuedAt = invoice.issuedAt ?? invoice.createdAt;
  const labels = words[language];
  const calendar = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: timezone });
  const pdf = new PDFDocument({
    size: 'A4',
    lang: language,
    displayTitle: true,
    info: {
      Title: `${labels.title} ${invoice.number ?? ''}`.trim(),
      Author: seller,
      // Taken from the invoice, not from the clock: the file's id is derived from these.
      CreationDate: issuedAt,
      ModDate: issuedAt,
    },
  });
  for (const [name, file] of Object.entries(fonts)) pdf.registerFont(name, file);
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<void>((resolve, reject) => pdf.on('end', resolve).on('error', reject));
  const { currency } = invoice;
  const sheet: Sheet = {
    ...{ pdf, labels, invoice, lines, language },
    money: (amountMinor) => printable(formatMoney({ amountMinor, currency }, language)),
    date: (at) => calendar.format(at),
  };
  drawLines(sheet, drawHead(sheet));
  pdf.end();
  await done;
  return Buffer.concat(chunks);
}
