import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { countText } from '../../ui/format.ts';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Count } from '../../ui/money.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths } from '../../paths.ts';
import { Moment, Time } from '../../ui/time.tsx';
import { retentionCopy } from './copy.ts';

export interface RetentionRow {
  title: string;
  /** Which records, in words. */
  what: string;
  days: number;
  /** What is left of them. */
  leaves: string;
  /** By the last purge run; null before the first. */
  removed: number | null;
  failed: boolean;
}

export interface PurgeRunRow {
  startedAt: string;
  endedAt: string | null;
  removed: number;
  /** Titles of the rules that could not be applied. */
  failed: readonly string[];
}

export interface RetentionPageProps {
  frame: PageContext;
  rules: readonly RetentionRow[];
  /** Newest first. */
  purgeRuns: readonly PurgeRunRow[];
  nextAt: string;
  runId: string | null;
}

const ruleColumns: readonly Column<RetentionRow>[] = [
  {
    title: 'Record',
    render: (row) => (
      <>
        <strong>{row.title}</strong>
        <p class="bz-muted">{row.what}</p>
      </>
    ),
  },
  {
    title: 'Kept for',
    phone: 'label',
    render: (row) => (row.days === 0 ? retentionCopy.sameNight : countText(row.days, 'day', 'days')),
  },
  { title: 'What stays', phone: 'label', render: (row) => row.leaves },
  {
    title: 'Last night',
    right: true,
    phone: 'label',
    render: (row) => (row.failed ? 'Failed' : row.removed === null ? '–' : <Count value={row.removed} />),
  },
];

const purgeRunColumns: readonly Column<PurgeRunRow>[] = [
  { title: 'Started', render: (run) => <Moment at={run.startedAt} /> },
  {
    title: 'Outcome',
    phone: 'label',
    render: (run) => {
      if (run.failed.length > 0) return retentionCopy.failedRules(run.failed);
      return run.endedAt ? 'Done' : 'Running';
    },
  },
  { title: 'Removed', right: true, phone: 'label', render: (run) => <Count value={run.removed} /> },
];

function PurgeHistory(props: { purgeRuns: readonly PurgeRunRow[] }): VNode {
  return (
    <Card title="Purge history" flush>
      {props.purgeRuns.length > 0 ? (
        <DataTable caption="Purge runs, newest first" rows={props.purgeRuns} columns={purgeRunColumns} />
      ) : (
        <EmptyState icon="clock" {...retentionCopy.empty} />
      )}
    </Card>
  );
}

/** GET /admin/retention */
export function RetentionPage(props: RetentionPageProps): VNode {
  const { frame, rules, purgeRuns, nextAt, runId } = props;
  const last = purgeRuns.find(({ endedAt }) => endedAt !== null);
  return (
    <Shell frame={frame} title="Data retention" wide>
      <PageHeader
        title="Data retention"
        purpose={retentionCopy.purpose}
        action={
          runId ? (
            <LinkButton href={paths.run(runId)} icon="route">
              View run
            </LinkButton>
          ) : undefined
        }
      />
      {last && last.failed.length > 0 ? (
        <Notice tone="attention" icon="alert-triangle">
          {retentionCopy.failed}
        </Notice>
      ) : null}
      <Card>
        <KeyFacts
          facts={[
            { label: 'Last run', value: last?.endedAt ? <Time at={last.endedAt} /> : 'Not yet' },
            { label: 'Next run', value: <Moment at={nextAt} /> },
          ]}
        />
      </Card>
      <Card title="Retention periods" flush>
        <DataTable caption="Retention periods" rows={rules} columns={ruleColumns} />
      </Card>
      <PurgeHistory purgeRuns={purgeRuns} />
    </Shell>
  );
}
