import { onboardingTitles } from '../../../db/domain/onboarding/steps.ts';
import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { durationText } from '../../ui/format.ts';
import { Count } from '../../ui/money.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { paths, withQuery } from '../../paths.ts';
import type { Query } from '../../paths.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';
import { HelpButton, HelpDialog } from './help.tsx';
import type { HelpedStep, HelpKind } from './help.tsx';

export interface FunnelStep {
  step: HelpedStep;
  /** Tenants that ever began it. */
  reached: number;
  /** Tenants that did or skipped it. */
  finished: number;
  /** Tenants that are at it now. */
  standing: number;
  /** Null before the first tenant finished it. */
  medianMs: number | null;
}

export interface StuckTenant {
  id: string;
  name: string;
  step: HelpedStep;
  since: string;
  /** Why it is stuck, in one sentence. */
  sentence: string;
  /** The safe thing to do; null when there is only waiting. */
  action: HelpKind | null;
}

export interface OnboardingFunnelPageProps {
  frame: PageContext;
  /** Days looked back: "7", "30" or "90"; and `cursor` of the stuck list. */
  query: Query;
  steps: readonly FunnelStep[];
  stuck: readonly StuckTenant[];
  nextCursor: string | null;
}

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
      caption="Setup steps"
      rows={props.steps}
      columns={[
        { title: 'Step', render: (row) => <strong>{onboardingTitles[row.step]}</strong> },
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

function Help(props: { frame: PageContext; row: StuckTenant }): VNode {
  const { frame, row } = props;
  if (!row.action) return <span class="bz-muted">Wait</span>;
  return <HelpButton frame={frame} kind={row.action} tenant={row} id={dialogId(row)} aside={row.name} />;
}

function Stuck(props: { frame: PageContext; stuck: readonly StuckTenant[] }): VNode {
  return (
    <>
      <DataTable
        caption="Stuck tenants"
        rows={props.stuck}
        columns={[
          {
            title: 'Tenant',
            render: (row) => <a href={withQuery(paths.tenant(row.id), { tab: 'onboarding' })}>{row.name}</a>,
          },
          { title: 'Why', render: (row) => row.sentence },
          { title: 'Step', render: (row) => onboardingTitles[row.step] },
          { title: 'Since', right: true, render: (row) => <Time at={row.since} /> },
          {
            title: 'What to do',
            right: true,
            render: (row) => <Help frame={props.frame} row={row} />,
          },
        ]}
      />
      {props.stuck.map((row) =>
        row.action ? (
          <HelpDialog frame={props.frame} kind={row.action} tenant={row} step={row.step} id={dialogId(row)} />
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
        title="Onboarding"
        purpose="Where new tenants progress, where they stop and who needs help."
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
          title="No sign-ups in this period"
          text="Look further back, or share the sign-up page."
          action={<LinkButton href="/sign-up">Open the sign-up page</LinkButton>}
        />
      )}
      <Card title="Stuck tenants" note="No progress for a while, or a step failed." flush>
        {props.stuck.length > 0 ? (
          <Stuck frame={frame} stuck={props.stuck} />
        ) : (
          <EmptyState
            icon="circle-check"
            title="No stuck tenants"
            text="Every open setup has made progress recently."
          />
        )}
      </Card>
      <Pager path={path} query={query} nextCursor={props.nextCursor} />
    </Shell>
  );
}
