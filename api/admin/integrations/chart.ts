import { dayMs } from '../../../db/domain/time.ts';
import type { Tx } from '../../../db/scope.ts';
import { listUsage } from '../../../db/repos/integrations/usage.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import type { DayChartProps } from '../../../templates/ui/day-chart.tsx';
import { numberText } from '../../../templates/ui/format.ts';
import type { RequestContext } from '../../kit/context.ts';
import { lastDays } from '../shared/days.ts';

const chartDays = 30;

/** Calls of tools in the last days: answered, failed and blocked. */
export async function readCalls(context: RequestContext, tx: Tx): Promise<DayChartProps[]> {
  const { language, timezone } = context.person();
  const nowMs = Date.now();
  const days = lastDays(chartDays, timezone, nowMs);
  const to = new Date(nowMs);
  const from = new Date(nowMs - chartDays * dayMs);
  const usage = new Map(
    (await listUsage(tx, { by: 'day', from, to, timezone })).map((day) => [day.key, day]),
  );
  const of = (count: (day: { calls: number; errors: number; refused: number }) => number) =>
    days.map((day) => {
      const found = usage.get(day);
      return found ? count(found) : 0;
    });
  return [
    {
      title: `Calls of integrations, last ${chartDays} days`,
      href: withQuery(paths.usage, { by: 'day' }),
      days,
      kind: 'bars',
      series: [
        { label: 'Done', tone: 'done', values: of(({ calls, errors, refused }) => calls - errors - refused) },
        { label: 'Failed', tone: 'failed', values: of(({ errors }) => errors) },
        { label: 'Blocked', tone: 'idle', values: of(({ refused }) => refused) },
      ],
      format: (value) => numberText(value, { language, timezone, nowMs }),
      nothing: 'No tool was called yet.',
    },
  ];
}
