import type { VNode } from 'preact';
import { DataTable } from '../../../ui/data-table.tsx';
import { durationText } from '../../../ui/format.ts';
import { Second } from '../../../ui/time.tsx';
import { timelineCopy } from '../copy.ts';
import type { TimelineLayout } from './layout.ts';

/** A process that repeats its steps for weeks shows its newest part. */
const mostLines = 60;

/** The timeline in words, for those who do not see the bars or want the figures. */
export function SpanTable(props: { rows: TimelineLayout['rows'] }): VNode {
  const lines = props.rows
    .flatMap(({ title, spans }) => spans.map((span) => ({ title, span })))
    .sort((a, b) => a.span.startMs - b.span.startMs)
    .slice(-mostLines);
  const iso = (ms: number) => new Date(ms).toISOString();
  return (
    <details id="timeline-table" class="bz-more">
      <summary>{timelineCopy.asTable}</summary>
      <DataTable
        caption={timelineCopy.asTable}
        rows={lines}
        columns={[
          { title: 'Step', render: ({ title }) => title },
          { title: 'What', render: ({ span }) => timelineCopy.span(span) },
          { title: 'From', phone: 'label', render: ({ span }) => <Second at={iso(span.startMs)} /> },
          {
            title: 'To',
            phone: 'label',
            render: ({ span }) => (span.open ? timelineCopy.now : <Second at={iso(span.endMs)} />),
          },
          {
            title: 'Duration',
            right: true,
            phone: 'label',
            render: ({ span }) => durationText(span.endMs - span.startMs),
          },
        ]}
      />
    </details>
  );
}
