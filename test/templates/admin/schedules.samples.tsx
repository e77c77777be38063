import { idOf, pick, rows, tenantAt } from './rows.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago } from '../sample.ts';
import { nextFirings } from '../../../db/domain/runs/schedules/firings.ts';
import type { ScheduleSetup } from '../../../db/domain/runs/schedules/setup.ts';
import type { Timing } from '../../../db/domain/runs/schedules/timing.ts';
import { BackfillPage, ChangeSchedulePage } from '../../../templates/admin/runs/schedules/change.tsx';
import { ChooseSchedulePage, NewSchedulePage } from '../../../templates/admin/runs/schedules/create.tsx';
import { SchedulePage } from '../../../templates/admin/runs/schedules/detail.tsx';
import { SchedulesPage, type SchedulesPageProps } from '../../../templates/admin/runs/schedules/list.tsx';
import type {
  PlannedTime,
  ScheduleRow,
  ScheduleRun,
} from '../../../templates/admin/runs/schedules/schedule-types.ts';
import { renderPage } from '../../../templates/layout/render.ts';

const timings: readonly Timing[] = [
  { kind: 'cron', cron: '0 9 * * MON-FRI', timezone: 'Europe/Madrid' },
  { kind: 'interval', everyS: 1_800, timezone: 'UTC' },
  { kind: 'cron', cron: '30 2 * * *', timezone: 'America/New_York' },
  { kind: 'cron', cron: '5/20 2 * * *', timezone: 'Australia/Sydney' },
];
const requestKey = '0b8b3c1e-6a55-4c1b-9f0d-0c5a3f1e7d21';
const setup = (when: Timing): ScheduleSetup => ({ when, overlap: 'skip', jitterS: 60, catchUpS: 3_600 });

const runAt = (index: number): ScheduleRun => ({
  runId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  state: pick(['done', 'failed', 'done', 'running'] as const, index),
  plannedAt: ago(index * 1_440 + 5),
  startedAt: ago(index * 1_440 + 5),
});

const rowAt = (index: number): ScheduleRow => {
  const paused = index % 5 === 3;
  return {
    id: idOf('sch', index),
    processTitle: pick(['Email confirmation', 'Test connection'], index),
    about: index % 2 === 1 ? 'Stripe' : null,
    tenant: tenantAt(index),
    when: pick(timings, index),
    paused,
    hold: paused
      ? { since: ago(90), by: 'Ada Lovelace', reason: 'The vendor is down for maintenance' }
      : null,
    nextAt: paused ? null : ago(-index * 30 - 5),
    lastRun: index % 7 === 6 ? null : runAt(index),
    collisions: index % 6 === 0 ? 2 : 0,
  };
};

/** Over both changes of the clocks in Madrid. */
const timesFrom = (from: string): PlannedTime[] =>
  nextFirings({ kind: 'cron', cron: '30 1-3 * * *', timezone: 'Europe/Madrid' }, Date.parse(from), 10).map(
    ({ atMs, wall, clock }) => ({
      ...{ at: new Date(atMs).toISOString(), local: new Date(wall).toISOString().slice(0, 16), clock },
    }),
  );

const list = (changes: Partial<SchedulesPageProps>) =>
  renderPage(
    <SchedulesPage
      frame={adminFrame('/admin/schedules')}
      rows={rows(40, rowAt)}
      platform={[
        {
          title: 'Purge old records',
          purpose: 'Removes expired records.',
          runId: runAt(1).runId,
          nextAt: ago(-300),
        },
        {
          title: 'Monitor servers',
          purpose: 'Checks every server in use.',
          runId: runAt(2).runId,
          nextAt: null,
        },
        { title: 'Seal the audit log', purpose: 'Signs new entries.', runId: null, nextAt: null },
      ]}
      query={{}}
      processes={[{ value: 'confirm-email', label: 'Email confirmation' }]}
      mayManage
      requestKey={requestKey}
      {...changes}
    />,
  );

const detail = (row: ScheduleRow, runs: number, from: string) => (
  <SchedulePage
    frame={adminFrame(`/admin/schedules/${row.id}`)}
    schedule={{
      ...row,
      setup: setup(row.when),
      counts: { taken: 120, missed: 2, skipped: 1 },
      runs: rows(runs, runAt),
      times: timesFrom(from),
      input: [{ label: 'Server', value: 'stripe' }],
    }}
    mayManage
    requestKey={requestKey}
  />
);

const named = {
  id: idOf('sch', 1),
  title: 'Test connection: Stripe, Rivera Bakery',
  setup: setup(rowAt(1).when),
};
const preview = { token: 'token', times: timesFrom('2027-03-27T12:00:00Z'), timezone: 'Europe/Madrid' };
const process = {
  name: 'test-connection',
  title: 'Test connection',
  purpose: 'Calls a connected server once.',
  schema: {
    type: 'object',
    properties: { tenantId: { type: 'string' }, server: { type: 'string', title: 'Server' } },
  },
};
const changeFrame = adminFrame(`/admin/schedules/${named.id}/change`);
const backfillFrame = adminFrame(`/admin/schedules/${named.id}/backfill`);

export const samples: readonly PageSample[] = [
  { name: 'schedules', html: () => list({}) },
  { name: 'schedules-empty', html: () => list({ rows: [], platform: [] }) },
  { name: 'schedules-none', html: () => list({ rows: [], query: { paused: 'yes' } }) },
  { name: 'schedules-away', html: () => list({ rows: null, mayManage: false }) },
  {
    name: 'schedules-refused',
    html: () =>
      list({
        query: { tenant: 'ten_1' },
        tenantName: 'Rivera Bakery',
        most: 500,
        refused: {
          action: 'pause',
          state: { values: { reason: 'short' }, errors: { reason: 'At least 10 characters.' } },
        },
      }),
  },
  { name: 'schedule', html: () => renderPage(detail(rowAt(0), 10, '2027-03-27T12:00:00Z')) },
  { name: 'schedule-paused', html: () => renderPage(detail(rowAt(3), 0, '2027-10-30T12:00:00Z')) },
  {
    name: 'schedule-choose',
    html: () =>
      renderPage(<ChooseSchedulePage frame={adminFrame('/admin/schedules/new')} processes={[process]} />),
  },
  {
    name: 'schedule-choose-none',
    html: () => renderPage(<ChooseSchedulePage frame={adminFrame('/admin/schedules/new')} processes={[]} />),
  },
  {
    name: 'schedule-new',
    html: () =>
      renderPage(
        <NewSchedulePage
          frame={adminFrame('/admin/schedules/new/test-connection')}
          process={process}
          requestKey={requestKey}
          form={{
            values: { when: { kind: 'cron', cron: '* *' } },
            errors: {
              'when.cron': 'Enter five fields: minute, hour, day of the month, month, day of the week.',
            },
          }}
        />,
      ),
  },
  {
    name: 'schedule-new-preview',
    html: () =>
      renderPage(
        <NewSchedulePage
          frame={adminFrame('/admin/schedules/new/test-connection')}
          process={process}
          requestKey={requestKey}
          preview={preview}
          form={{ values: { input: { server: 'stripe' } } }}
        />,
      ),
  },
  {
    name: 'schedule-change',
    html: () =>
      renderPage(
        <ChangeSchedulePage
          frame={changeFrame}
          schedule={named}
          requestKey={requestKey}
          preview={{ ...preview, setup: { ...setup(rowAt(0).when), overlap: 'allowAll' } }}
        />,
      ),
  },
  {
    name: 'schedule-backfill',
    html: () =>
      renderPage(
        <BackfillPage
          frame={backfillFrame}
          schedule={named}
          requestKey={requestKey}
          preview={{ token: 'token', times: rows(25, (index) => ago(index * 60 + 10)) }}
        />,
      ),
  },
];
