import * as z from 'zod';
import { fromMajor, toMajorText, type ToolMoney } from '../../kit/money.ts';
import { graphPages } from '../../kit/graph.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';

const numberOf = (what: string) => z.string().regex(/^\d{1,30}$/, `Use the number of ${what}`);
export const accountId = numberOf('an ad account').describe('Without "act_"');
export const objectId = numberOf('it');

/**
 * Currencies that Meta counts in whole units, although some of them have cents (see its table of offsets); all others,
 * also those with three decimals, are in hundredths.
 */
const wholeUnits = new Set('CLP COP CRC HUF ISK IDR JPY KRW PYG TWD VND'.split(' '));

/** An amount in the unit of Meta's budgets. */
export function fromBudget(amount: string | number, currency: string): ToolMoney {
  const digits = String(amount);
  if (wholeUnits.has(currency)) return fromMajor(digits, currency);
  const cents = digits.padStart(3, '0');
  return fromMajor(`${cents.slice(0, -2)}.${cents.slice(-2)}`, currency);
}

/** The amount of a budget, after a check that the account uses its currency. */
export async function toBudget(
  api: VendorApi,
  account: string,
  amount: ToolMoney,
  field: string,
): Promise<number> {
  const currency = await currencyOf(api, account);
  if (amount.currency !== currency) api.refuse(field, `This ad account counts in ${currency}.`);
  const [whole = '', rest = ''] = toMajorText(amount).split('.');
  const digits = wholeUnits.has(currency) ? 0 : 2;
  if (/[1-9]/.test(rest.slice(digits))) {
    api.refuse(field, `Meta takes ${currency} with ${digits === 0 ? 'no decimals' : 'two decimals'}.`);
  }
  return Number(whole + rest.slice(0, digits).padEnd(digits, '0'));
}

export async function currencyOf(api: VendorApi, account: string): Promise<string> {
  const answer = z.object({ currency: z.string() });
  return (await api.get(path`/act_${account}`, answer, { query: { fields: 'currency' } })).currency;
}

const labelled = z.object({
  id: z.string(),
  adlabels: z.array(z.object({ name: z.string().nullish() })).nullish(),
});

/** The ad label that identifies the call that created something. */
export const labelsOf = ({ key }: VendorApi) => [{ name: `call-${key}` }];

/** What an earlier attempt of this call created at this edge. */
export async function labelledByCall(api: VendorApi, edge: string): Promise<{ id: string } | null> {
  let cursor: string | undefined;
  do {
    const query = { fields: 'id,adlabels' };
    const page = await api.list(edge, labelled, graphPages, { limit: 200, cursor }, { query });
    const found = page.items.find(({ adlabels }) => adlabels?.some(({ name }) => name === `call-${api.key}`));
    if (found) return { id: found.id };
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  return null;
}
