import type { VNode } from 'preact';
import type { PageContext } from '../../../page-context.ts';
import { Shell } from '../../../layout/shell.tsx';
import { paths, type Query } from '../../../paths.ts';
import { DialogButton, LinkButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { ReasonDialog } from '../../../ui/dialog.tsx';
import { EmptyState, NoMatch } from '../../../ui/empty-state.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import type { Option } from '../../../ui/inputs.tsx';
import { ListCount } from '../../../ui/list-head.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { TenantLink } from '../../../ui/tenant-link.tsx';
import { Time } from '../../../ui/time.tsx';
import { schedulesCopy as copy } from './copy.ts';
import type { RefusedSchedule, ScheduleRow } from './schedule-types.ts';
import { whenText } from './when-text.ts';

/** A process of the platform that never ends. */
export interface EndlessRow {
  title: string;
  purpose: string;
  runId: string | null;
  nextAt: string | null;
}

export interface SchedulesPageProps {
  frame: PageContext;
  /** Null where Temporal doesn't answer. */
  rows: readonly ScheduleRow[] | null;
  platform: readonly EndlessRow[];
  /** tenant, process, paused. */
  query: Query;
  processes: readonly Option[];
  /** Of the tenant the list is limited to, for its chip. */
  tenantName?: string | undefined;
  /** Set where there are more schedules than the list shows. */
  most?: number | undefined;
  mayManage: boolean;
  /** Makes a second click harmless. */
  requestKey: string;
  refused?: RefusedSchedule<'pause' | 'resume'> | undefined;
}

const columns: readonly Column<ScheduleRow>[] = [
  {
    title: copy.process,
    render: ({ about, processTitle }) => (about ? `${processTitle}: ${about}` : processTitle),
  },
  { title: copy.tenant, render: ({ tenant }) => <TenantLink tenant={tenant} /> },
  {
    title: copy.when,
    render: ({ when, collisions }) => (
      <>
        {whenText(when)} <span class="bz-muted">{when.timezone}</span>
        {collisions > 0 ? (
          <span class="bz-st bz-attention" title={copy.collidesHelp(collisions)}>
            {copy.collides}
          </span>
        ) : null}
      </>
    ),
  },
  {
    title: copy.state,
    render: ({ paused, hold }) => (
      <>
        <StatusBadge kind="schedule" state={paused ? 'paused' : 'active'} />
        {hold?.reason ? <div class="bz-muted">{hold.reason}</div> : null}
      </>
    ),
  },
  {
    title: copy.next,
    right: true,
    phone: 'label',
    render: ({ nextAt }) => (nextAt ? <Time at={nextAt} /> : '–'),
  },
  {
    title: copy.last,
    phone: 'label',
    render: ({ lastRun }) => {
      if (!lastRun) return <span class="bz-muted">{copy.noRun}</span>;
      return lastRun.state ? <StatusBadge kind="run" state={lastRun.state} /> : copy.notListed;
    },
  },
];

function Schedules(props: SchedulesPageProps & { rows: readonly ScheduleRow[] }): VNode {
  const { rows, query } = props;
  if (rows.length > 0) {
    return (
      <DataTable
        caption={copy.caption}
        columns={columns}
        rows={rows}
        rowHref={({ id }) => paths.schedule(id)}
      />
    );
  }
  if (Object.keys(query).length > 0) return <NoMatch clearHref={paths.schedules} what="schedules" />;
  return <EmptyState icon="calendar-time" title={copy.emptyTitle} text={copy.emptyText} />;
}

function Platform(props: { rows: readonly EndlessRow[] }): VNode | null {
  if (props.rows.length === 0) return null;
  return (
    <Card title={copy.platform} note={copy.platformHelp} flush>
      <DataTable
        caption={copy.platformCaption}
        rows={props.rows}
        columns={[
          {
            title: copy.process,
            render: ({ title, runId }) => (runId ? <a href={paths.run(runId)}>{title}</a> : title),
          },
          { title: copy.does, phone: 'hide', render: ({ purpose }) => purpose },
          {
            title: copy.next,
            right: true,
            phone: 'label',
            render: ({ nextAt, runId }) =>
              nextAt ? <Time at={nextAt} /> : runId ? copy.now : copy.notRunning,
          },
        ]}
      />
    </Card>
  );
}

function AllDialogs(props: SchedulesPageProps): VNode {
  const { frame, query, requestKey, refused } = props;
  return (
    <>
      {(['pause', 'resume'] as const).map((action) => (
        <ReasonDialog
          frame={frame}
          id={`${action}-all`}
          title={copy.all[action].title}
          happens={copy.all[action].happens}
          stays={query['tenant'] ? `${copy.all.tenant} ${copy.all[action].stays}` : copy.all[action].stays}
          action={paths.schedulesAll(action)}
          hidden={{ requestKey, tenantId: query['tenant'] }}
          submit={copy.all[action].button}
          danger={action === 'pause'}
          {...(refused?.action === action && { state: refused.state })}
        />
      ))}
    </>
  );
}

/** GET /admin/schedules */
export function SchedulesPage(props: SchedulesPageProps): VNode {
  const { frame, rows, query, mayManage } = props;
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader
        title={copy.title}
        mark={<ListCount total={rows?.length} />}
        purpose={copy.purpose}
        action={
          mayManage ? (
            <>
              <LinkButton href={paths.newSchedule} look="primary" icon="plus">
                {copy.create}
              </LinkButton>
              <DialogButton dialog="pause-all" icon="player-pause">
                {copy.all.pause.button}
              </DialogButton>
              <DialogButton dialog="resume-all" icon="player-play">
                {copy.all.resume.button}
              </DialogButton>
            </>
          ) : undefined
        }
      />
      <FilterBar
        path={paths.schedules}
        query={query}
        filters={[
          { name: 'process', label: copy.filters.process, options: props.processes },
          {
            name: 'paused',
            label: copy.filters.paused,
            options: [
              { value: 'no', label: copy.filters.no },
              { value: 'yes', label: copy.filters.yes },
            ],
          },
          ...(query['tenant']
            ? [
                {
                  name: 'tenant',
                  label: copy.filters.tenant,
                  options: [{ value: query['tenant'], label: props.tenantName ?? query['tenant'] }],
                },
              ]
            : []),
        ]}
      />
      {rows ? (
        <Schedules {...props} rows={rows} />
      ) : (
        <Notice tone="attention" icon="alert-triangle">
          {copy.away}
        </Notice>
      )}
      {props.most ? <p class="bz-muted">{copy.most(props.most)}</p> : null}
      <Platform rows={props.platform} />
      {mayManage ? <AllDialogs {...props} /> : null}
    </Shell>
  );
}
