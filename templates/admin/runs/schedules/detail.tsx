import type { VNode } from 'preact';
import type { PageContext } from '../../../page-context.ts';
import { Shell } from '../../../layout/shell.tsx';
import { paths } from '../../../paths.ts';
import type { OverlapPolicy, ScheduleSetup } from '../../../../db/domain/runs/schedules/setup.ts';
import { DialogButton, LinkButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { ReasonDialog } from '../../../ui/dialog.tsx';
import { durationText } from '../../../ui/format.ts';
import type { IconName } from '../../../ui/icon-names.ts';
import { KeyFacts } from '../../../ui/key-facts.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { TenantLink } from '../../../ui/tenant-link.tsx';
import { Moment, Time } from '../../../ui/time.tsx';
import { schedulesCopy } from './copy.ts';
import { PlannedTimes } from './planned-times.tsx';
import type {
  PlannedTime,
  RefusedSchedule,
  ScheduleAction,
  ScheduleRow,
  ScheduleRun,
} from './schedule-types.ts';
import { whenText } from './when-text.ts';

const copy = schedulesCopy.page;

export interface SchedulePageProps {
  frame: PageContext;
  schedule: ScheduleRow & {
    setup: ScheduleSetup;
    counts: { taken: number; missed: number; skipped: number };
    runs: readonly ScheduleRun[];
    times: readonly PlannedTime[];
    /** Fields of the input with their labels. */
    input: readonly { label: string; value: string }[];
  };
  mayManage: boolean;
  requestKey: string;
  refused?: RefusedSchedule | undefined;
}

const icons: Record<ScheduleAction, IconName> = {
  pause: 'player-pause',
  resume: 'player-play',
  trigger: 'send',
  delete: 'trash',
};

const overlapText = (overlap: OverlapPolicy) => schedulesCopy.overlaps[overlap];

function actionsOf({ schedule }: SchedulePageProps): ScheduleAction[] {
  return [schedule.paused ? 'resume' : 'pause', 'trigger', 'delete'];
}

function Buttons(props: SchedulePageProps): VNode {
  const { id } = props.schedule;
  return (
    <>
      {actionsOf(props).map((action) => (
        <DialogButton dialog={`do-${action}`} icon={icons[action]}>
          {schedulesCopy.actions[action].button}
        </DialogButton>
      ))}
      <LinkButton href={paths.scheduleAction(id, 'backfill')} icon="history">
        {copy.backfill}
      </LinkButton>
      <LinkButton href={paths.scheduleAction(id, 'change')} icon="settings">
        {copy.change}
      </LinkButton>
    </>
  );
}

function Dialogs(props: SchedulePageProps): VNode {
  const { schedule, refused } = props;
  const open = refused && !actionsOf(props).includes(refused.action) ? [refused.action] : [];
  return (
    <>
      {[...actionsOf(props), ...open].map((action) => {
        const words = schedulesCopy.actions[action];
        return (
          <ReasonDialog
            frame={props.frame}
            id={`do-${action}`}
            title={words.title}
            happens={words.happens}
            stays={words.stays}
            action={paths.scheduleAction(schedule.id, action)}
            hidden={{ requestKey: props.requestKey }}
            submit={words.button}
            danger={action === 'delete'}
            {...(refused?.action === action && { state: refused.state })}
          />
        );
      })}
    </>
  );
}

function Hold({ schedule: { paused, hold } }: SchedulePageProps): VNode | null {
  if (!paused) return null;
  return (
    <Notice tone="idle" icon="info-circle">
      <strong>{hold?.by ? copy.pausedBy(hold.by) : copy.pausedUnknown}</strong> {hold?.reason}{' '}
      {hold?.since ? <Time at={hold.since} /> : null}
    </Notice>
  );
}

function Facts({ schedule }: SchedulePageProps): VNode {
  const { setup, counts } = schedule;
  return (
    <KeyFacts
      facts={[
        { label: schedulesCopy.tenant, value: <TenantLink tenant={schedule.tenant} /> },
        { label: schedulesCopy.when, value: whenText(setup.when) },
        { label: copy.timezone, value: setup.when.timezone },
        { label: copy.overlap, value: overlapText(setup.overlap) },
        { label: copy.jitter, value: setup.jitterS > 0 ? copy.jitterOf(setup.jitterS) : copy.noJitter },
        { label: copy.catchUp, value: copy.catchUpOf(durationText(setup.catchUpS * 1_000)) },
        { label: copy.counts, value: copy.countsOf(counts.taken, counts.missed, counts.skipped) },
        ...schedule.input,
      ]}
    />
  );
}

function Runs({ schedule: { runs } }: SchedulePageProps): VNode {
  if (runs.length === 0) return <p class="bz-muted">{copy.runsEmpty}</p>;
  return (
    <DataTable
      caption={copy.runsTitle}
      rows={runs}
      columns={[
        {
          title: copy.planned,
          render: ({ plannedAt, runId, state }) =>
            state ? (
              <a href={paths.run(runId)}>
                <Moment at={plannedAt} />
              </a>
            ) : (
              <Moment at={plannedAt} />
            ),
        },
        { title: copy.started, phone: 'label', render: ({ startedAt }) => <Time at={startedAt} /> },
        {
          title: copy.result,
          render: ({ state }) => (state ? <StatusBadge kind="run" state={state} /> : schedulesCopy.notListed),
        },
      ]}
    />
  );
}

/** GET /admin/schedules/:scheduleId */
export function SchedulePage(props: SchedulePageProps): VNode {
  const { schedule, frame } = props;
  const title = schedule.about ? `${schedule.processTitle}: ${schedule.about}` : schedule.processTitle;
  return (
    <Shell frame={frame} title={title}>
      <PageHeader
        crumbs={[{ title: schedulesCopy.title, href: paths.schedules }]}
        title={title}
        mark={<StatusBadge kind="schedule" state={schedule.paused ? 'paused' : 'active'} />}
        purpose={`${whenText(schedule.when)}, ${schedule.when.timezone}`}
        action={props.mayManage ? <Buttons {...props} /> : undefined}
      />
      <Hold {...props} />
      {schedule.collisions > 0 ? (
        <Notice tone="attention" icon="alert-triangle">
          {schedulesCopy.collidesHelp(schedule.collisions)}
        </Notice>
      ) : null}
      <Facts {...props} />
      <Card title={copy.nextTitle} note={schedule.paused ? copy.nextPaused : undefined} flush>
        <PlannedTimes times={schedule.times} timezone={schedule.when.timezone} caption={copy.nextTitle} />
      </Card>
      <Card title={copy.runsTitle} flush={schedule.runs.length > 0}>
        <Runs {...props} />
      </Card>
      {props.mayManage ? <Dialogs {...props} /> : null}
    </Shell>
  );
}
