import * as z from 'zod';
import { path, type VendorApi } from '../../kit/vendor-api.ts';

const digits = (what: string) => z.string().regex(/^\d{1,20}$/, `Use the number of ${what}`);

export const customerId = z.string().regex(/^\d{10}$/, 'Use the ten digits of the account, without hyphens');
export const campaignId = digits('a campaign');
export const adGroupId = digits('an ad group');
export const conversionActionId = digits('a conversion action');
export const locationId = digits('a location');

/** A quoted and escaped string of a query. */
export function quoted(value: string): string {
  return `'${value.replace(/[\\']/g, (sign) => `\\${sign}`)}'`;
}

/** Rows of a query in the Google Ads Query Language; up to 10,000 rows come in one response. */
export async function query<Row extends z.ZodType>(
  api: VendorApi,
  customer: string,
  gaql: string,
  row: Row,
): Promise<z.output<Row>[]> {
  const answer = z.object({ results: row.array().nullish() });
  const { results } = await api.post(path`/customers/${customer}/googleAds:search`, answer, {
    body: { query: gaql },
    repeatable: true,
  });
  return (results ?? []) as z.output<Row>[];
}

/** The number at the end of a resource name. */
export const numberOf = (resourceName: string) => resourceName.slice(resourceName.lastIndexOf('/') + 1);
