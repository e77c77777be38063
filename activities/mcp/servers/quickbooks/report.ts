import * as z from 'zod';
import { fromMajor, type ToolMoney } from '../../kit/money.ts';

interface Row {
  Header?: Cells | null | undefined;
  Rows?: { Row?: Row[] | null | undefined } | null | undefined;
  Summary?: Cells | null | undefined;
  ColData?: Cell[] | null | undefined;
}
const cell = z.object({ value: z.string().nullish() });
const cells = z.object({ ColData: z.array(cell) });
type Cell = z.output<typeof cell>;
type Cells = z.output<typeof cells>;

const row: z.ZodType<Row> = z.lazy(() =>
  z.object({
    Header: cells.nullish(),
    Rows: z.object({ Row: z.array(row).nullish() }).nullish(),
    Summary: cells.nullish(),
    ColData: z.array(cell).nullish(),
  }),
);

/** A report of sections within sections, each with a heading, its rows and a sum. */
export const storedReport = z.object({
  Header: z.object({ Currency: z.string(), StartPeriod: z.string(), EndPeriod: z.string() }),
  Rows: z.object({ Row: z.array(row).nullish() }),
});

export interface Line {
  label: string;
  depth: number;
  is_sum: boolean;
  amount: ToolMoney | null;
}

/** The rows of a report from top to bottom. */
export function linesOf(rows: readonly Row[], currency: string, depth = 0): Line[] {
  const line = (values: readonly Cell[] | null | undefined, is_sum: boolean): Line[] => {
    const label = values?.[0]?.value;
    const amount = values?.at(-1)?.value;
    if (!values || !label) return [];
    return [
      { label, depth, is_sum, amount: values.length > 1 && amount ? fromMajor(amount, currency) : null },
    ];
  };
  return rows.flatMap(({ Header, Rows, Summary, ColData }) => [
    ...line(Header?.ColData, false),
    ...line(ColData, false),
    ...linesOf(Rows?.Row ?? [], currency, depth + 1),
    ...line(Summary?.ColData, true),
  ]);
}
