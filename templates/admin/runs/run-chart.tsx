import type { VNode } from 'preact';
import { useLocale } from '../../ui/locale.tsx';
import { durationText, momentText } from '../../ui/format.ts';
import { timelineLayout } from './run-timeline.ts';
import type { TimelineLayout } from './run-timeline.ts';
import type { RunStep } from './run-types.ts';

const percent = (value: number) => `${value.toFixed(2)}%`;

function Row(props: { row: TimelineLayout['rows'][number]; folds: TimelineLayout['folds'] }): VNode {
  return (
    <div class="bz-chart-row">
      <span class="bz-chart-title">{props.row.title}</span>
      <svg
        class="bz-chart-bars"
        width="100%"
        height="20"
        role="img"
        aria-label={props.row.bars.map((bar) => bar.text).join('; ')}
      >
        {props.folds.map((fold) => (
          <rect class="bz-fold" x={percent(fold.x)} width={percent(fold.width)} y="0" height="20" />
        ))}
        {props.row.bars.map((bar) => (
          <rect
            class={`bz-bar bz-${bar.tone}`}
            x={percent(bar.x)}
            width={percent(bar.width)}
            y="4"
            height="12"
            rx="3"
          >
            <title>{`${bar.text} (${durationText(bar.endMs - bar.startMs)})`}</title>
          </rect>
        ))}
      </svg>
    </div>
  );
}

/** Bars per step with idle gaps folded; pointing at a bar tells try and cause. */
export function RunChart(props: { steps: readonly RunStep[] }): VNode {
  const locale = useLocale();
  const layout = timelineLayout(props.steps, locale.nowMs);
  if (!layout)
    return <p class="bz-muted">No step has begun yet. The first one starts as soon as a worker is free.</p>;
  const iso = (ms: number) => new Date(ms).toISOString();
  return (
    <div class="bz-chart">
      {layout.rows.map((row) => (
        <Row row={row} folds={layout.folds} />
      ))}
      <div class="bz-chart-row bz-chart-axis">
        <span class="bz-chart-title" />
        <div class="bz-chart-ends">
          <span>{momentText(iso(layout.startMs), locale)}</span>
          <span>{momentText(iso(layout.endMs), locale)}</span>
        </div>
      </div>
      {layout.folds.length > 0 ? (
        <p class="bz-chart-note">
          Time in which nothing ran, folded:{' '}
          {layout.folds.map((fold) => durationText(fold.durationMs)).join(', ')}
        </p>
      ) : null}
    </div>
  );
}
