import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { invoicePdf } from '../../../activities/billing/invoice-pdf.ts';
import { untaxed } from '../../../db/domain/billing/tax/tax.ts';
import type { Invoice, InvoiceLine } from '../../../db/domain/billing/invoices.ts';
import type { Tenant } from '../../../db/domain/tenants/tenant.ts';

const [periodStart, periodEnd] = [new Date('2026-03-31T22:30:00Z'), new Date('2026-04-30T22:30:00Z')];
const billedTo = { name: 'Bäckerei Müller GmbH', address: null, country: null, vatNumber: null };

const invoice: Invoice = {
  ...{
    id: 'inv_1',
    tenantId: 'ten_1',
    subscriptionId: 'sub_1',
    kind: 'subscription',
    number: 'INV-2026-000042',
  },
  ...{ billedTo, status: 'paid', currency: 'EUR', tax: untaxed },
  ...{ subtotalMinor: 14_900, taxMinor: 0, totalMinor: 14_900, paidMinor: 14_900, creditedMinor: 0 },
  ...{
    periodStart,
    periodEnd,
    createdAt: periodStart,
    issuedAt: periodStart,
    dueAt: periodStart,
    paidAt: periodStart,
  },
};

const line: InvoiceLine = {
  ...{ kind: 'plan', text: null, planTitle: 'Growth', interval: 'month', meter: null, quantity: 1 },
  ...{ amountMinor: 14_900, periodStart, periodEnd },
};

const tenant: Tenant = {
  id: 'ten_1',
  partnerId: null,
  name: 'Bäckerei Müller',
  status: 'live',
  timezone: 'Europe/Berlin',
  language: 'de',
  country: 'DE',
  createdAt: new Date(0),
  updatedAt: new Date(0),
};

/** What an embedded font's glyphs mean, in their order, from its map for readers. */
function lettersOf(unpacked: string): string[] {
  const ranges = unpacked.matchAll(/<[0-9a-f]+> <[0-9a-f]+> \[(.*?)\]/gs);
  return [...ranges]
    .flatMap(([, list]) => [...(list ?? '').matchAll(/<([0-9a-f ]*)>/g)])
    .map(([, hex]) => {
      const bytes = Buffer.from((hex ?? '').replaceAll(' ', ''), 'hex');
      return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : '';
    });
}

/** The text of the page as a reader copies it. */
function textOf(pdf: Buffer): string {
  const raw = pdf.toString('latin1');
  const objects = new Map(
    [...raw.matchAll(/(\d+) 0 obj\n(.*?)\nendobj/gs)].map(([, id, body]) => [id, body ?? '']),
  );
  const unpacked = (body: string) => {
    const [, packed] = /stream\n(.*)\nendstream/s.exec(body) ?? [];
    return packed === undefined ? '' : inflateSync(Buffer.from(packed, 'latin1')).toString('latin1');
  };
  const maps = new Map<string, string[]>();
  for (const [, name = '', id] of raw.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const [, map] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '') ?? [];
    if (map) maps.set(name, lettersOf(unpacked(objects.get(map) ?? '')));
  }
  const lines: string[] = [];
  for (const body of objects.values()) {
    const page = unpacked(body);
    if (!page.includes(' Tf')) continue;
    let letters: string[] = [];
    for (const [, font, line] of page.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/g)) {
      if (font) letters = maps.get(font) ?? [];
      else {
        const glyphs = [...(line ?? '').matchAll(/<([0-9a-f]*)>/g)].map(([, hex]) => hex ?? '').join('');
        lines.push(
          (glyphs.match(/.{4}/g) ?? []).map((hex) => letters[Number.parseInt(hex, 16)] ?? '').join(''),
        );
      }
    }
  }
  return lines.join('\n');
}

const page = async (changes: Partial<Invoice>, of: Partial<Tenant> = {}) =>
  textOf(
    await invoicePdf({ ...invoice, ...changes }, [{ ...line, amountMinor: changes.totalMinor ?? 14_900 }], {
      ...tenant,
      ...of,
    }),
  );

const named = (name: string) => ({ billedTo: { ...billedTo, name } });

describe('[BIL-2a] the invoice as PDF', () => {
  it('says who bills whom for what, in the language and timezone of the tenant', async () => {
    const text = await page({});
    for (const part of [
      'Rechnung INV-2026-000042',
      'BizOSaaS',
      'Bäckerei Müller GmbH',
      'Growth, ein Monat',
      '149,00 €',
    ]) {
      assert.ok(text.includes(part), `${part} in\n${text}`);
    }
    assert.ok(text.includes('Bezahlt, 1. April 2026'), text);
    const american = await page({}, { language: 'en', timezone: 'America/New_York' });
    assert.ok(american.includes('Paid, March 31, 2026') && american.includes('€149.00'), american);
  });

  it('shows the state of the invoice', async () => {
    assert.match(await page({ status: 'open', paidAt: null }), /Offen/);
    assert.match(await page({ status: 'void' }, { language: 'fr' }), /Annulée$/m);
    assert.match(await page({ status: 'void' }, { language: 'es' }), /Anulada$/m);
  });

  it('writes money with the sign of its currency', async () => {
    assert.match(await page({ currency: 'INR', totalMinor: 490_000 }, { language: 'en' }), /₹4,900\.00/);
    assert.match(await page({ currency: 'KRW', totalMinor: 5_000 }, { language: 'en' }), /₩5,000/);
    assert.match(await page({ currency: 'PLN', totalMinor: 5_000 }, { language: 'de' }), /50,00 PLN/);
    assert.match(await page({ currency: 'JPY', totalMinor: 500 }, { language: 'en' }), /¥500/);
    assert.match(await page({ totalMinor: 123_456_789 }, { language: 'fr' }), /1 234 567,89 €/);
  });

  it('writes names in the letters of their languages', async () => {
    for (const billedTo of ['Café Ştefan Łódź', 'Ελληνικός Φούρνος', 'Пекарня Жук', 'Ñandú Ünal'])
      assert.ok((await page(named(billedTo))).includes(billedTo), billedTo);
    // The signs of a syllable are joined into glyphs; what a reader copies holds them all.
    assert.match(await page(named('रिवेरा')), /[\u0900-\u097f]{3}/);
    assert.ok(!(await page(named('日本\nLtd'))).includes('?'));
  });

  it('stays on one page with the longest texts', async () => {
    const longest = { ...line, kind: 'manual', text: 'long words '.repeat(40) } as const;
    const pdf = await invoicePdf({ ...invoice, ...named('W'.repeat(120)) }, [longest], tenant);
    assert.match(pdf.toString('latin1'), /\/Count 1\b/);
  });

  it('takes as many pages as its lines need', async () => {
    const lines = Array.from({ length: 40 }, () => line);
    assert.match((await invoicePdf(invoice, lines, tenant)).toString('latin1'), /\/Count 2\b/);
  });

  it('shows tax and the sum without it', async () => {
    const text = await page({ subtotalMinor: 10_000, taxMinor: 1_900, totalMinor: 11_900 });
    for (const part of ['Zwischensumme', '100,00 €', 'Steuer', '19,00 €', '119,00 €'])
      assert.ok(text.includes(part), text);
  });

  it('is the same file for the same invoice', async () => {
    const [first, again] = [
      await invoicePdf(invoice, [line], tenant),
      await invoicePdf(invoice, [line], tenant),
    ];
    assert.ok(first.equals(again));
    assert.equal(first.subarray(0, 5).toString(), '%PDF-');
  });
});
