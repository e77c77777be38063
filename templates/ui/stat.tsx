import type { ComponentChildren, VNode } from 'preact';
import { Icon } from './icon.tsx';

export interface Trend {
  /** `unknown` where there is nothing to compare with. */
  direction: 'up' | 'down' | 'flat' | 'unknown';
  /** "12 more than last month". */
  text: string;
  /** Whether that is good news; leave out when it is neither. */
  good?: boolean;
}

const trendIcon = {
  up: 'trending-up',
  down: 'trending-down',
  flat: 'arrow-right',
  unknown: 'circle-dashed',
} as const;

/** A line of the last values, oldest first, and the same in words. */
export interface Spark {
  values: readonly number[];
  /** "The last 30 days: between 3 and 8". */
  text: string;
}

/** Drawn by attributes, since style attributes are not allowed. */
function Sparkline(props: Spark): VNode | null {
  const { values } = props;
  if (values.length < 2) return null;
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const points = values.map((value, index) => {
    const x = (index / (values.length - 1)) * 100;
    const y = 26 - ((value - low) / span) * 24;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg class="bz-spark" viewBox="0 0 100 28" preserveAspectRatio="none" role="img" aria-label={props.text}>
      <polyline points={points.join(' ')} fill="none" vector-effect="non-scaling-stroke" />
    </svg>
  );
}

/** One figure with where it is going. */
export function Stat(props: {
  label: string;
  value: ComponentChildren;
  trend?: Trend;
  spark?: Spark;
  href?: string;
}): VNode {
  const { trend } = props;
  const news = trend?.good === undefined ? '' : trend.good ? ' bz-good' : ' bz-bad';
  return (
    <div class="bz-stat">
      <p class="bz-stat-label">{props.href ? <a href={props.href}>{props.label}</a> : props.label}</p>
      <p class="bz-stat-value">{props.value}</p>
      {trend ? (
        <p class={`bz-stat-trend${news}`}>
          <Icon name={trendIcon[trend.direction]} />
          {trend.text}
        </p>
      ) : null}
      {props.spark ? <Sparkline {...props.spark} /> : null}
    </div>
  );
}
