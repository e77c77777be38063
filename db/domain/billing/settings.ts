import { z } from 'zod';
import { country } from '../common.ts';
import { defineSetting } from '../settings/setting.ts';

export const sellerCountry = defineSetting({
  key: 'billing.seller-country',
  title: 'Country the platform sells from',
  help: 'Tax is worked out from here. Without it no tax is charged.',
  schema: country.nullable(),
  default: null,
  levels: ['platform'],
});

export const pricesIncludeTax = defineSetting({
  key: 'billing.prices-include-tax',
  title: 'Prices include tax',
  help: 'Otherwise tax is added to them.',
  schema: z.boolean(),
  default: false,
  levels: ['platform'],
});

export const billingSettings = [sellerCountry, pricesIncludeTax];
