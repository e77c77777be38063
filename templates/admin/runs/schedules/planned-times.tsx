import type { VNode } from 'preact';
import { DataTable } from '../../../ui/data-table.tsx';
import { Moment } from '../../../ui/time.tsx';
import { schedulesCopy } from './copy.ts';
import type { PlannedTime } from './schedule-types.ts';

const copy = schedulesCopy.page;

/** Planned times by the clocks of the schedule and of the reader, with what changes of the clocks do to them. */
export function PlannedTimes(props: {
  times: readonly PlannedTime[];
  timezone: string;
  caption: string;
}): VNode {
  return (
    <DataTable
      caption={props.caption}
      rows={props.times}
      columns={[
        {
          title: `${copy.local} (${props.timezone})`,
          render: ({ local, clock }) =>
            clock === 'skipped' ? <s>{local.replace('T', ' ')}</s> : local.replace('T', ' '),
        },
        {
          title: copy.moment,
          phone: 'label',
          render: ({ at, clock }) => (clock === 'skipped' ? '–' : <Moment at={at} />),
        },
        { title: copy.note, render: ({ clock }) => copy.clocks[clock] || '–' },
      ]}
    />
  );
}
