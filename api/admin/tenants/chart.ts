import type { Tx } from '../../../db/scope.ts';
import type { DayChartProps } from '../../../templates/ui/day-chart.tsx';
import { priceText } from '../../../templates/ui/money.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { lastDays } from '../shared/days.ts';
import { longestDays, readTrends } from './trends.ts';

/** Monthly recurring revenue in the last days; fewer where the platform is younger. */
export async function readRevenue(context: RequestContext, tx: Tx): Promise<DayChartProps[]> {
  const { language, timezone } = context.person();
  const { before, nowMs, today } = await readTrends(context, tx);
  const { mrrMinor, currency } = today;
  const values = before.mrrMinor;
  const format = (amountMinor: number) => priceText({ amountMinor, currency }, language);
  return [
    {
      title: `Monthly recurring revenue, last ${longestDays} days`,
      days: lastDays(values.length, timezone, nowMs),
      kind: 'line',
      series: [{ label: 'Revenue', tone: 'accent', values }],
      format,
      nothing: 'No tenant pays yet.',
      young: `${format(mrrMinor)} today. The chart starts tomorrow.`,
    },
  ];
}
