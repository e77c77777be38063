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
import { funnelCopy, type HelpKind, stuckCopy } from './copy.ts';
import { HelpButton, HelpDialog } from './help.tsx';
import type { HelpedStep } from './help.tsx';

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
      caption={funnelCopy.caption}
      rows={props.steps}
      columns={[
        { title: funnelCopy.step, render: (row) => <strong>{onboardingTitles[row.step]}</strong> },
        {
          title: funnelCopy.bar,
          phone: 'hide',
          render: (row) => <FunnelBar share={row.reached / most} finished={row.finished / most} />,
        },
        {
          title: funnelCopy.reached,
          right: true,
          phone: 'label',
          render: (row) => <Count value={row.reached} />,
        },
        {
          title: funnelCopy.finished,
          right: true,
          phone: 'label',
          render: (row) => <Count value={row.finished} />,
        },
        {
          title: funnelCopy.droppedOff,
          right: true,
          phone: 'label',
          render: (row) =>
            `${row.reached === 0 ? 0 : Math.round(((row.reached - row.finished - row.standing) / row.reached) * 100)}%`,
        },
        {
          title: funnelCopy.here,
          right: true,
          phone: 'label',
          render: (row) => <Count value={row.standing} />,
        },
        {
          title: funnelCopy.median,
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
  if (!row.action) return <span class="bz-muted">{stuckCopy.wait}</span>;
  return <HelpButton frame={frame} kind={row.action} tenant={row} id={dialogId(row)} aside={row.name} />;
}

function Stuck(props: { frame: PageContext; stuck: readonly StuckTenant[] }): VNode {
  return (
    <>
      <DataTable
        caption={stuckCopy.title}
        rows={props.stuck}
        columns={[
          {
            title: stuckCopy.tenant,
            render: (row) => <a href={withQuery(paths.tenant(row.id), { tab: 'onboarding' })}>{row.name}</a>,
          },
          { title: stuckCopy.why, render: (row) => row.sentence },
          { title: stuckCopy.step, render: (row) => onboardingTitles[row.step] },
          { title: stuckCopy.since, right: true, render: (row) => <Time at={row.since} /> },
          {
            title: stuckCopy.help,
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
    <Shell frame={frame} title={funnelCopy.title} wide>
      <PageHeader title={funnelCopy.title} purpose={funnelCopy.purpose} />
      <Tabs
        label={funnelCopy.period}
        current={query['days'] ?? '30'}
        tabs={['7', '30', '90'].map((days) => ({
          key: days,
          title: funnelCopy.lastDays(days),
          href: withQuery(path, { days }),
        }))}
      />
      {props.steps.some((step) => step.reached > 0) ? (
        <Funnel steps={props.steps} />
      ) : (
        <EmptyState
          icon="filter"
          title={funnelCopy.noneTitle}
          text={funnelCopy.noneText}
          action={<LinkButton href={paths.signUp}>{funnelCopy.openSignUp}</LinkButton>}
        />
      )}
      <Card title={stuckCopy.title} note={stuckCopy.note} flush>
        {props.stuck.length > 0 ? (
          <Stuck frame={frame} stuck={props.stuck} />
        ) : (
          <EmptyState icon="circle-check" title={stuckCopy.noneTitle} text={stuckCopy.noneText} />
        )}
      </Card>
      <Pager path={path} query={query} nextCursor={props.nextCursor} />
    </Shell>
  );
}
