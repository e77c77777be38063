import { dayMs } from '../../../db/domain/time.ts';
import type { Tx } from '../../../db/scope.ts';
import { runStates } from '../../../db/domain/progress.ts';
import { listOutcomes } from '../../../db/repos/runs/outcomes.ts';
import { paths } from '../../../templates/paths.ts';
import type { DayChartProps } from '../../../templates/ui/day-chart.tsx';
import { numberText } from '../../../templates/ui/format.ts';
import { statusOf } from '../../../templates/ui/status.ts';
import type { RequestContext } from '../../kit/context.ts';
import { lastDays } from '../shared/days.ts';

const chartDays = 30;

/** How runs ended in the last days, by state. */
export async function readOutcomes(context: RequestContext, tx: Tx): Promise<DayChartProps[]> {
  const { language, timezone } = context.person();
  const nowMs = Date.now();
  const days = lastDays(chartDays, timezone, nowMs);
  const since = new Date(nowMs - chartDays * dayMs);
  const outcomes = await listOutcomes(tx, since, timezone);
  const series = runStates.flatMap((state) => {
    const of = new Map(outcomes.filter((one) => one.state === state).map(({ day, runs }) => [day, runs]));
    if (of.size === 0) return [];
    const { word, tone } = statusOf('run', state);
    return [{ label: word, tone, values: days.map((day) => of.get(day) ?? 0) }];
  });
  return [
    {
      title: `Runs that ended, last ${chartDays} days`,
      href: paths.workflows,
      days,
      kind: 'bars',
      series,
      format: (value) => numberText(value, { language, timezone, nowMs }),
      nothing: 'No run has ended yet.',
    },
  ];
}
