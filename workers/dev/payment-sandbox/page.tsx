import type { JSX } from 'preact';
import { z } from 'zod';
import { Page, Time } from '../kit/layout.tsx';
import { plainCount } from '../../../db/domain/plural.ts';

const chargeRow = z.object({
  id: z.string(),
  createdAt: z.string(),
  amountMinor: z.number(),
  refundedMinor: z.number(),
  currency: z.string(),
  customerRef: z.string(),
  description: z.string(),
  status: z.string(),
  failure: z.object({ message: z.string() }).optional(),
});

/** Every charge of the sandbox, newest first. */
export function ChargesPage({ charges }: { charges: readonly unknown[] }): JSX.Element {
  const rows = z.array(chargeRow).parse(charges);
  return (
    <Page title="Payment sandbox">
      <p>No real money moves here. Charges this copy of BizOSaaS asked for, newest first.</p>
      {rows.length === 0 ? <p>No charges yet.</p> : <ChargesTable rows={rows} />}
    </Page>
  );
}

function ChargesTable({ rows }: { rows: z.infer<typeof chargeRow>[] }): JSX.Element {
  return (
    <div class="scroll">
      <table>
        <caption>{plainCount(rows.length, 'charge', 'charges')}</caption>
        <thead>
          <tr>
            <th scope="col">Charge</th>
            <th scope="col">Customer</th>
            <th scope="col">Amount</th>
            <th scope="col">Refunded</th>
            <th scope="col">Status</th>
            <th scope="col">Made</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                {row.description || row.id}
                <br />
                <small>{row.id}</small>
              </td>
              <td>{row.customerRef}</td>
              <td>{money(row.amountMinor, row.currency)}</td>
              <td>{money(row.refundedMinor, row.currency)}</td>
              <td>
                {row.status}
                {row.failure ? `: ${row.failure.message}` : ''}
              </td>
              <td>
                <Time at={row.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function money(amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
