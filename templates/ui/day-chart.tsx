import type { VNode } from 'preact';
import { dayText } from './format.ts';
import { useLocale } from './locale.tsx';
import type { Tone } from './status.ts';

export interface DaySeries {
  label: string;
  tone: Tone | 'accent';
  /** One a day, as many as there are days. */
  values: readonly number[];
}

export interface DayChartProps {
  title: string;
  href?: string;
  /** ISO days: `2026-11-22`, the oldest first. */
  days: readonly string[];
  /** `bars` stacks the series of a day; a `line` follows the first one. */
  kind: 'line' | 'bars';
  series: readonly DaySeries[];
  /** How a value is written: "€49", "1,204". */
  format: (value: number) => string;
  /** Said instead of the drawing while every value is 0. */
  nothing: string;
  /** Said while a line has one day only. */
  young?: string;
}

const width = 100;
const height = 40;

const sumOf = (series: readonly DaySeries[], day: number) =>
  series.reduce((sum, { values }) => sum + (values[day] ?? 0), 0);

/** Drawn by attributes, since style attributes are not allowed. */
function Bars(props: DayChartProps & { top: number }): VNode {
  const { days, series, top } = props;
  const slot = width / days.length;
  return (
    <>
      {days.map((_, day) => {
        let below = 0;
        return series.map(({ tone, values }) => {
          const tall = ((values[day] ?? 0) / top) * height;
          below += tall;
          return tall > 0 ? (
            <rect
              class={`bz-fill-${tone}`}
              x={(day * slot + slot * 0.15).toFixed(2)}
              y={(height - below).toFixed(2)}
              width={(slot * 0.7).toFixed(2)}
              height={tall.toFixed(2)}
            />
          ) : null;
        });
      })}
    </>
  );
}

function Line(props: DayChartProps & { top: number }): VNode {
  const { days, series, top } = props;
  const points = days.map((_, day) => {
    const x = (day / Math.max(1, days.length - 1)) * width;
    return `${x.toFixed(2)},${(height - ((series[0]?.values[day] ?? 0) / top) * height).toFixed(2)}`;
  });
  return (
    <>
      <polygon class="bz-area" points={`0,${height} ${points.join(' ')} ${width},${height}`} />
      <polyline class="bz-line" points={points.join(' ')} fill="none" vector-effect="non-scaling-stroke" />
    </>
  );
}

/** The same figures as a table, for those who cannot see the drawing or want the numbers. */
function Figures(props: DayChartProps): VNode {
  const { days, format, series } = props;
  const locale = useLocale();
  return (
    <details class="bz-chart-table">
      <summary>Show as table</summary>
      <div>
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {series.map(({ label }) => (
                <th scope="col">{label}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days
              .map((day, at) => (
                <tr>
                  <th scope="row">{dayText(`${day}T12:00:00Z`, locale)}</th>
                  {series.map(({ values }) => (
                    <td class="bz-num">{format(values[at] ?? 0)}</td>
                  ))}
                </tr>
              ))
              .reverse()}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** Figures of the last days as a drawing with its scale, its legend and a table. */
export function DayChart(props: DayChartProps): VNode {
  const { days, format, href, kind, nothing, series, title } = props;
  const locale = useLocale();
  const tops = days.map((_, day) => (kind === 'bars' ? sumOf(series, day) : (series[0]?.values[day] ?? 0)));
  const top = Math.max(...tops, 0);
  const missing = top === 0 ? nothing : kind === 'line' && days.length < 2 ? props.young : undefined;
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const text = `${title} from ${dayText(`${first}T12:00:00Z`, locale)} to ${dayText(`${last}T12:00:00Z`, locale)}: between ${format(Math.min(...tops))} and ${format(top)} a day`;
  return (
    <figure class="bz-chart">
      <figcaption>{href ? <a href={href}>{title}</a> : title}</figcaption>
      {missing !== undefined ? (
        <p class="bz-muted">{missing}</p>
      ) : (
        <>
          <div class="bz-chart-plot">
            <span aria-hidden="true">{format(top)}</span>
            <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={text}>
              {kind === 'bars' ? <Bars {...props} top={top} /> : <Line {...props} top={top} />}
            </svg>
          </div>
          <div class="bz-chart-days" aria-hidden="true">
            <span>{dayText(`${first}T12:00:00Z`, locale)}</span>
            <span>{dayText(`${last}T12:00:00Z`, locale)}</span>
          </div>
          {kind === 'bars' ? (
            <ul class="bz-legend">
              {series.map(({ label, tone, values }) => (
                <li>
                  <svg class={`bz-fill-${tone}`} viewBox="0 0 10 10" aria-hidden="true">
                    <rect width="10" height="10" rx="2" />
                  </svg>
                  {label} <span class="bz-num">{format(values.reduce((sum, value) => sum + value, 0))}</span>
                </li>
              ))}
            </ul>
          ) : null}
          <Figures {...props} />
        </>
      )}
    </figure>
  );
}
