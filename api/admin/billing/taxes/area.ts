import { z } from 'zod';
import { country } from '../../../../db/domain/common.ts';
import { pricesIncludeTax, sellerCountry } from '../../../../db/domain/billing/settings.ts';
import { listTaxRates, setTaxRate } from '../../../../db/repos/billing/tax.ts';
import * as settings from '../../../../db/repos/settings/values.ts';
import { taxesCopy as copy } from '../../../../templates/admin/billing/taxes/copy.ts';
import { TaxesPage, type TaxesPageProps } from '../../../../templates/admin/billing/taxes/taxes.tsx';
import { paths } from '../../../../templates/paths.ts';
import { countryOptions } from '../../../../templates/shared/places.ts';
import { defineAction } from '../../../kit/action.ts';
import type { Area } from '../../../kit/area.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { definePage, defineRoute } from '../../../kit/route.ts';

const access = 'taxes.manage';
const checked = z.preprocess((value) => value === true || value === 'on' || value === 'true', z.boolean());
const seller = z.strictObject({
  country: z.preprocess((value) => (value === '' ? null : value), country.nullable()),
  inclusive: checked,
});
const rate = z.strictObject({
  country,
  percent: z
    .string()
    .trim()
    .regex(/^\d{1,2}([.,]\d{1,2})?$/, 'Enter a number such as 19 or 8.1.'),
});
const shape = z.object({
  seller: z.object({ country: z.string().nullable(), inclusive: z.boolean() }),
  rates: z.array(z.object({ country: z.string(), bps: z.number().int() })),
});

/** "8.1" → 810, digit by digit. */
function bpsOf(percent: string): number {
  const [whole = '0', rest = ''] = percent.replace(',', '.').split('.');
  return Number(whole) * 100 + Number(rest.padEnd(2, '0'));
}

function read(context: RequestContext): Promise<z.output<typeof shape>> {
  return context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, async (tx) => ({
    seller: {
      country: await settings.resolveOfPlatform(tx, sellerCountry),
      inclusive: await settings.resolveOfPlatform(tx, pricesIncludeTax),
    },
    rates: await listTaxRates(tx),
  }));
}

async function show(context: RequestContext, refused?: TaxesPageProps['refused']) {
  const found = await read(context);
  const countries = countryOptions();
  const nameOf = new Map(countries.map(({ value, label }) => [value, label]));
  return TaxesPage({
    frame: pageContextOf(context),
    ...{ seller: found.seller, countries },
    rates: found.rates.map((one) => ({ ...one, name: nameOf.get(one.country) ?? one.country })),
    ...(refused && { refused }),
  });
}

/** How sales are taxed. */
export const taxesArea: Area = {
  side: 'admin',
  nav: [],
  routes: [
    definePage({ path: paths.taxes, access, show: (context) => show(context) }),
    defineRoute({
      method: 'GET',
      path: '/api/admin/taxes',
      access,
      summary: 'The seller’s country and the tax rates by country, in hundredths of a percent',
      response: shape,
      handle: read,
    }),
    ...defineAction({
      paths: { api: '/api/admin/taxes/seller', form: paths.taxSeller },
      method: 'PUT',
      ...{ access, whileViewing: 'never' },
      summary:
        'Set the country sales are taxed from (null: no tax is charged) and whether prices include tax',
      body: seller,
      response: shape,
      run: (context, { body }) =>
        context.deps.db.inScope(context.scope('platform'), async (tx) => {
          await settings.set(tx, sellerCountry, { level: 'platform' }, body.country ?? undefined);
          await settings.set(tx, pricesIncludeTax, { level: 'platform' }, body.inclusive);
        }),
      answer: (context) => read(context),
      done: () => copy.seller.saved,
      then: () => paths.taxes,
      rerender: (context, { form }) => show(context, { form: 'seller', state: form }),
    }),
    ...defineAction({
      paths: { api: '/api/admin/taxes/rates', form: paths.taxRates },
      method: 'PUT',
      ...{ access, whileViewing: 'never' },
      summary: 'Set the tax rate of a country in percent, for invoices from now on',
      body: rate,
      response: shape,
      async run(context, { body }) {
        const scope = context.scope('platform');
        const bps = bpsOf(body.percent);
        await context.deps.db.inScope(scope, (tx) =>
          setTaxRate(tx, { country: body.country, bps }, scope.by.actor.id),
        );
        return body;
      },
      answer: (context) => read(context),
      done: (body) => copy.rates.saved(body.country),
      then: () => paths.taxes,
      rerender: (context, { form }) => show(context, { form: 'rate', state: form }),
    }),
  ],
};
