import type { VNode } from 'preact';
import { durationText, secondText } from '../../../ui/format.ts';
import { useLocale } from '../../../ui/locale.tsx';
import type { Locale } from '../../../ui/locale.tsx';
import { timelineCopy } from '../copy.ts';
import type { RunStep } from '../run-types.ts';
import { type TimelineLayout, timelineLayout } from './layout.ts';
import type { Piece } from './pieces.ts';
import type { TimelineSegment } from './segments.ts';
import type { TimelineSpan } from './spans.ts';
import { SpanTable } from './table.tsx';

/** Heights in CSS pixels. */
const rowHeight = 28;
const axisHeight = 20;

/** A place that holds more spans than this says how many more there are. */
const mostTexts = 4;
/** More folds than this are summed up instead of numbered. */
const mostFolds = 8;

const percent = (value: number) => `${value.toFixed(3)}%`;

/** "Attempt 2, failed: The card was declined. 22 Nov 2026, 12:04:09 – 12:04:10 CET (27 ms)". */
function textOf(span: TimelineSpan, locale: Locale): string {
  const at = (ms: number) => secondText(new Date(ms).toISOString(), locale);
  const tookText = durationText(span.endMs - span.startMs);
  return `${timelineCopy.span(span)} ${timelineCopy.when(at(span.startMs), span.open ? null : at(span.endMs), tookText)}`;
}

function Folds(props: { segments: readonly TimelineSegment[]; height: number }): VNode {
  return (
    <>
      {props.segments
        .filter(({ folded }) => folded)
        .map(({ x, width }) => (
          <rect class="bz-fold" x={percent(x)} width={percent(width)} y="0" height={props.height} />
        ))}
    </>
  );
}

/** One place of a row: what is drawn keeps its true width; the place around it can be pointed at and focused. */
function Place(props: { id: string; title: string; piece: Piece }): VNode {
  const { piece, title } = props;
  const locale = useLocale();
  const more = piece.spans.length - mostTexts;
  const texts = piece.spans.slice(0, mostTexts).map((span) => textOf(span, locale));
  if (more > 0) texts.push(timelineCopy.more(more));
  const attempts = piece.spans.filter(({ kind }) => kind === 'attempt');
  const mark = attempts.find(({ error }) => error) ?? attempts.at(-1);
  return (
    <g id={props.id} class="bz-place" tabIndex={0} role="img" aria-label={`${title}: ${texts.join(' ')}`}>
      <rect
        class="bz-hit"
        x={percent(piece.x)}
        width={percent(piece.width)}
        y="2"
        height={rowHeight - 4}
        rx="3"
      />
      {piece.spans.map((span) => (
        <rect
          class={`bz-span bz-${span.kind} bz-${span.tone}`}
          {...(span.kind === 'wait' && { fill: 'url(#wait-hatch)' })}
          x={percent(span.x)}
          width={percent(span.width)}
          y="8"
          height={rowHeight - 16}
        />
      ))}
      {mark ? (
        <rect
          class={`bz-mark bz-${mark.tone}`}
          x={percent(piece.x)}
          y="5"
          width="3"
          height={rowHeight - 10}
          rx="1.5"
        />
      ) : null}
      <foreignObject class="bz-tip" x="0" y={rowHeight - 1} width="100%" height="1" aria-hidden="true">
        <div class="bz-tip-text">
          <strong>{title}</strong>
          {texts.map((text) => (
            <p>{text}</p>
          ))}
        </div>
      </foreignObject>
    </g>
  );
}

function Row(props: { row: TimelineLayout['rows'][number]; segments: readonly TimelineSegment[] }): VNode {
  const { key, pieces, title } = props.row;
  return (
    <div class="bz-chart-row">
      <span class="bz-chart-title">{title}</span>
      <svg class="bz-chart-bars" width="100%" height={rowHeight} role="group" aria-label={title}>
        <Folds segments={props.segments} height={rowHeight} />
        {pieces.map((piece, index) => (
          <Place id={`place-${key}-${index}`} title={title} piece={piece} />
        ))}
      </svg>
    </div>
  );
}

function Axis(props: { layout: TimelineLayout }): VNode {
  const { segments, ticks } = props.layout;
  const folds = segments.filter(({ folded }) => folded);
  return (
    <div class="bz-chart-row bz-chart-axis" aria-hidden="true">
      <span class="bz-chart-title">{timelineCopy.axis}</span>
      <svg width="100%" height={axisHeight + 16}>
        <Folds segments={segments} height={axisHeight + 16} />
        <line class="bz-axis" x1="0" x2="100%" y1="0.5" y2="0.5" />
        {ticks.map(({ x, text }) => (
          <>
            <line class="bz-axis" x1={percent(x)} x2={percent(x)} y1="0" y2="5" />
            <text x={percent(x)} y="16">
              {text}
            </text>
          </>
        ))}
        {(folds.length > mostFolds ? [] : folds).map(({ x, width }, index) => (
          <text class="bz-fold-number" x={percent(x + width / 2)} y="32" text-anchor="middle">
            {index + 1}
          </text>
        ))}
      </svg>
    </div>
  );
}

/** The pattern of waits, which every row refers to. */
function Hatch(): VNode {
  return (
    <svg width="0" height="0" class="bz-defs" aria-hidden="true">
      <defs>
        <pattern
          id="wait-hatch"
          width="7"
          height="7"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line class="bz-hatch" x1="0" x2="0" y1="0" y2="7" />
        </pattern>
      </defs>
    </svg>
  );
}

/** The folds by number: how long each one really is, and for whom the run waited. */
function FoldKey(props: { segments: readonly TimelineSegment[] }): VNode | null {
  const folds = props.segments.filter(({ folded }) => folded);
  if (folds.length === 0) return null;
  const totalMs = folds.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  if (folds.length > mostFolds)
    return <p class="bz-chart-folds">{timelineCopy.manyFolds(folds.length, durationText(totalMs))}</p>;
  return (
    <div class="bz-chart-folds">
      <p>{timelineCopy.folds(folds.length)}</p>
      <ol>
        {folds.map((fold) => (
          <li>{timelineCopy.fold(durationText(fold.endMs - fold.startMs), fold.waitingFor)}</li>
        ))}
      </ol>
    </div>
  );
}

/** Attempts and waits of every step on one axis of time, as bars and as a table. */
export function RunTimeline(props: { steps: readonly RunStep[]; ended: boolean }): VNode {
  const { nowMs } = useLocale();
  const layout = timelineLayout(props.steps, nowMs);
  if (!layout) {
    const hasBegun = props.steps.some(({ startedAt }) => startedAt !== null);
    return <p class="bz-muted">{hasBegun || props.ended ? timelineCopy.noTimes : timelineCopy.notBegun}</p>;
  }
  return (
    <div class="bz-run-chart">
      <Hatch />
      {layout.rows.map((row) => (
        <Row row={row} segments={layout.segments} />
      ))}
      <Axis layout={layout} />
      <FoldKey segments={layout.segments} />
      <SpanTable rows={layout.rows} />
    </div>
  );
}
