import type { Tx } from '../../../db/scope.ts';
import * as overview from '../../../db/repos/tenants/overview.ts';
import { trends } from '../../../db/repos/tenants/trends.ts';
import type { DayChartProps } from '../../../templates/ui/day-chart.tsx';
import { priceText } from '../../../templates/ui/money.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { lastDays } from '../shared/days.ts';

const chartDays = 90;

/** Monthly recurring revenue in the last days; fewer where the platform is younger. */
export async function readRevenue(context: RequestContext, tx: Tx): Promise<DayChartProps[]> {
  const { language, timezone } = context.person();
  const nowMs = Date.now();
  const { mrrMinor, currency, live, onboarding } = await overview.counts(tx);
  const { mrrMinor: values } = await trends(tx, { live, onboarding, mrrMinor }, chartDays - 1, nowMs);
  const format = (amountMinor: number) => priceText({ amountMinor, currency }, language);
  return [
    {
      title: `Monthly recurring revenue, last ${chartDays} days`,
      days: lastDays(values.length, timezone, nowMs),
      kind: 'line',
      series: [{ label: 'Revenue', tone: 'accent', values }],
      format,
      nothing: 'No tenant pays yet.',
      young: `${format(mrrMinor)} today. The chart starts tomorrow.`,
    },
  ];
}
