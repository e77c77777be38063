import type { VNode } from 'preact';
import type { RevenuePeriod } from '../../../../db/domain/billing/revenue/figures.ts';
import { movementKinds, type MovementKind } from '../../../../db/domain/billing/revenue/movements.ts';
import { calendarDayText } from '../../../ui/format.ts';
import { useLocale } from '../../../ui/locale.tsx';
import type { Tone } from '../../../ui/status.ts';
import { revenueCopy as copy } from './copy.ts';

const tones: Record<MovementKind, Tone | 'accent'> = {
  new: 'done',
  expansion: 'accent',
  reactivation: 'running',
  contraction: 'attention',
  churn: 'failed',
};

const width = 100;
const height = 40;

/** What a stretch gained above the line and lost below it, by attributes, since style attributes are not allowed. */
function Bars(props: { periods: readonly RevenuePeriod[]; top: number; bottom: number }): VNode {
  const { periods, top, bottom } = props;
  const scale = height / (top + bottom || 1);
  const slot = width / periods.length;
  return (
    <>
      {periods.map(({ moved }, at) => {
        let [up, down] = [0, 0];
        return movementKinds.map((kind) => {
          const tall = Math.abs(moved[kind]) * scale;
          if (tall === 0) return null;
          const y = moved[kind] > 0 ? top * scale - up - tall : top * scale + down;
          if (moved[kind] > 0) up += tall;
          else down += tall;
          return (
            <rect
              class={`bz-fill-${tones[kind]}`}
              x={(at * slot + slot * 0.15).toFixed(2)}
              y={y.toFixed(2)}
              width={(slot * 0.7).toFixed(2)}
              height={tall.toFixed(2)}
            />
          );
        });
      })}
      <line
        class="bz-line"
        x1="0"
        x2={width}
        y1={(top * scale).toFixed(2)}
        y2={(top * scale).toFixed(2)}
        vector-effect="non-scaling-stroke"
      />
    </>
  );
}

/** Movements of revenue by stretch of time, with their sums; the table of the page holds the numbers. */
export function MovementChart(props: {
  periods: readonly RevenuePeriod[];
  total: RevenuePeriod;
  format: (amountMinor: number) => string;
}): VNode {
  const { periods, total, format } = props;
  const locale = useLocale();
  const gained = ({ moved }: RevenuePeriod) =>
    Object.values(moved).reduce((sum, one) => sum + Math.max(0, one), 0);
  const lost = ({ moved }: RevenuePeriod) =>
    Object.values(moved).reduce((sum, one) => sum + Math.max(0, -one), 0);
  const top = Math.max(0, ...periods.map(gained));
  const bottom = Math.max(0, ...periods.map(lost));
  const [first = '', last = ''] = [periods[0]?.day, periods.at(-1)?.day];
  const text = copy.chartText(calendarDayText(first, locale), calendarDayText(last, locale));
  return (
    <figure class="bz-chart">
      <figcaption>{copy.movements}</figcaption>
      {top + bottom === 0 ? (
        <p class="bz-muted">{copy.noMovements.text}</p>
      ) : (
        <>
          <div class="bz-chart-plot">
            <span aria-hidden="true">{format(top)}</span>
            <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={text}>
              <Bars periods={periods} top={top} bottom={bottom} />
            </svg>
          </div>
          <div class="bz-chart-days" aria-hidden="true">
            <span>{calendarDayText(first, locale)}</span>
            <span>{calendarDayText(last, locale)}</span>
          </div>
        </>
      )}
      <ul class="bz-legend">
        {movementKinds.map((kind) => (
          <li>
            <svg class={`bz-fill-${tones[kind]}`} viewBox="0 0 10 10" aria-hidden="true">
              <rect width="10" height="10" rx="2" />
            </svg>
            {copy.kinds[kind]} <span class="bz-num">{format(total.moved[kind])}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
