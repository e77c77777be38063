import type { VNode } from 'preact';
import type { OnboardingStep } from '../../db/domain/onboarding-steps.ts';
import type { Frame } from '../layout/frame.ts';
import { Shell } from '../layout/shell.tsx';
import { DialogButton, LinkButton, SubmitButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { ReasonDialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PostButton } from '../ui/form.tsx';
import { durationText } from '../ui/format.ts';
import { TextInput } from '../ui/inputs.tsx';
import { Count } from '../ui/money.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Pager } from '../ui/pager.tsx';
import { paths, withQuery } from '../ui/paths.ts';
import type { Query } from '../ui/paths.ts';
import { setupTitles } from '../ui/setup-words.ts';
import { Tabs } from '../ui/tabs.tsx';
import { Time } from '../ui/time.tsx';

export interface FunnelStep {
  step: OnboardingStep;
  /** Tenants that ever began it. */
  reached: number;
  /** Tenants that did or skipped it. */
  finished: number;
  /** Tenants that stand at it now. */
  standing: number;
  /** Null before anybody finished it. */
  medianMs: number | null;
}

export interface StuckTenant {
  id: string;
  name: string;
  step: OnboardingStep;
  since: string;
  /** Why it is stuck, in one sentence. */
  sentence: string;
  /** The safe thing to do; null when there is only waiting. */
  action: 'remind' | 'extend' | 'retry' | 'skip' | null;
}

export interface OnboardingFunnelPageProps {
  frame: Frame;
  /** Days looked back: "7", "30" or "90"; and `cursor` of the stuck list. */
  query: Query;
  steps: readonly FunnelStep[];
  stuck: readonly StuckTenant[];
  nextCursor: string | null;
}

const actionWords = {
  extend: {
    button: 'Extend…',
    title: 'Give more time to',
    submit: 'Extend',
    happens: 'The account stays open longer and the reminders begin again.',
  },
  retry: {
    button: 'Retry…',
    title: 'Try the step again for',
    submit: 'Try again',
    happens: 'The step is tried again at once.',
  },
  skip: {
    button: 'Skip step…',
    title: 'Skip the step for',
    submit: 'Skip the step',
    happens: 'The set-up goes on without this step. The customer can still do it later.',
  },
} as const;

/** Bars per step, as wide as the share that reached it. */
function FunnelBar(props: { share: number; finished: number }): VNode {
  const percent = (value: number) => `${(value * 100).toFixed(1)}%`;
  return (
    <svg class="bz-funnel-bar" width="100%" height="14" aria-hidden="true">
      <rect class="bz-funnel-reached" width={percent(props.share)} height="14" rx="3" />
      <rect class="bz-funnel-finished" width={percent(props.finished)} height="14" rx="3" />
    </svg>
  );
}

function Funnel(props: { steps: readonly FunnelStep[] }): VNode {
  const most = Math.max(1, ...props.steps.map((step) => step.reached));
  return (
    <DataTable
      caption="Steps of the set-up"
      rows={props.steps}
      columns={[
        { title: 'Step', render: (row) => <strong>{setupTitles[row.step]}</strong> },
        {
          title: 'Reached and finished',
          phone: 'hide',
          render: (row) => <FunnelBar share={row.reached / most} finished={row.finished / most} />,
        },
        { title: 'Reached', right: true, phone: 'label', render: (row) => <Count value={row.reached} /> },
        { title: 'Finished', right: true, phone: 'label', render: (row) => <Count value={row.finished} /> },
        {
          title: 'Lost here',
          right: true,
          phone: 'label',
          render: (row) =>
            `${row.reached === 0 ? 0 : Math.round(((row.reached - row.finished - row.standing) / row.reached) * 100)} %`,
        },
        { title: 'Here now', right: true, phone: 'label', render: (row) => <Count value={row.standing} /> },
        {
          title: 'Median time',
          right: true,
          phone: 'label',
          render: (row) => (row.medianMs === null ? '–' : durationText(row.medianMs)),
        },
      ]}
    />
  );
}

const dialogId = (tenant: StuckTenant) => `help-${tenant.id}`;

/** A reminder does no harm, so it goes out at one click; everything else asks for the reason first. */
function Help(props: { frame: Frame; row: StuckTenant }): VNode {
  const { frame, row } = props;
  const whom = <span class="visually-hidden"> {row.name}</span>;
  if (!row.action) return <span class="bz-muted">Wait</span>;
  if (row.action === 'remind') {
    return (
      <PostButton frame={frame} action={`${paths.tenant(row.id)}/onboarding/remind`}>
        <SubmitButton small>Send a reminder now{whom}</SubmitButton>
      </PostButton>
    );
  }
  return (
    <DialogButton small dialog={dialogId(row)}>
      {actionWords[row.action].button}
      {whom}
    </DialogButton>
  );
}

function Stuck(props: { frame: Frame; stuck: readonly StuckTenant[] }): VNode {
  return (
    <>
      <DataTable
        caption="Tenants that are stuck"
        rows={props.stuck}
        columns={[
          {
            title: 'Tenant',
            render: (row) => <a href={withQuery(paths.tenant(row.id), { tab: 'onboarding' })}>{row.name}</a>,
          },
          { title: 'Why', render: (row) => row.sentence },
          { title: 'Step', render: (row) => setupTitles[row.step] },
          { title: 'Since', right: true, render: (row) => <Time at={row.since} /> },
          {
            title: 'What to do',
            right: true,
            render: (row) => <Help frame={props.frame} row={row} />,
          },
        ]}
      />
      {props.stuck.map((row) =>
        row.action && row.action !== 'remind' ? (
          <ReasonDialog
            frame={props.frame}
            id={dialogId(row)}
            title={`${actionWords[row.action].title} ${row.name}`}
            happens={actionWords[row.action].happens}
            stays="Everything the customer has entered stays."
            action={`${paths.tenant(row.id)}/onboarding/${row.action}`}
            hidden={{ step: row.step }}
            submit={actionWords[row.action].submit}
          >
            {row.action === 'extend' ? (
              <TextInput name="days" label="Days" type="number" initial="7" width="short" />
            ) : null}
          </ReasonDialog>
        ) : null,
      )}
    </>
  );
}

/** GET /admin/onboarding?days=30 */
export function OnboardingFunnelPage(props: OnboardingFunnelPageProps): VNode {
  const { frame, query } = props;
  const path = '/admin/onboarding';
  return (
    <Shell frame={frame} title="Onboarding" wide>
      <PageHeader
        crumbs={[{ title: 'Tenants', href: '/admin/tenants' }]}
        title="Onboarding"
        purpose="Where new tenants get on, where they stop, and who could use a hand."
      />
      <Tabs
        label="How far back"
        current={query['days'] ?? '30'}
        tabs={['7', '30', '90'].map((days) => ({
          key: days,
          title: `Last ${days} days`,
          href: withQuery(path, { days }),
        }))}
      />
      {props.steps.some((step) => step.reached > 0) ? (
        <Funnel steps={props.steps} />
      ) : (
        <EmptyState
          icon="filter"
          title="Nobody has signed up in this time"
          text="Look further back, or share the sign-up page."
          action={<LinkButton href="/sign-up">Open the sign-up page</LinkButton>}
        />
      )}
      <Card title="Stuck tenants" note="Nothing has happened for a while, or a step has failed." flush>
        {props.stuck.length > 0 ? (
          <Stuck frame={frame} stuck={props.stuck} />
        ) : (
          <EmptyState
            icon="circle-check"
            title="Nobody is stuck"
            text="Every open set-up has moved lately."
          />
        )}
      </Card>
      <Pager path={path} query={query} nextCursor={props.nextCursor} />
    </Shell>
  );
}
