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

export interface RetentionRow {
  title: string;
  /** Which records, in words. */
  what: string;
  days: number;
  /** What is left of them. */
  leaves: string;
  /** By the last round; null before the first. */
  removed: number | null;
  failed: boolean;
}

export interface RetentionRound {
  startedAt: string;
  endedAt: string | null;
  removed: number;
  /** Titles of what could not be removed. */
  failed: readonly string[];
}

export interface RetentionPageProps {
  frame: PageContext;
  rules: readonly RetentionRow[];
  /** Newest first. */
  rounds: readonly RetentionRound[];
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
    render: (row) => (row.days === 0 ? 'Ended the next night' : countText(row.days, 'day', 'days')),
  },
  { title: 'What stays', phone: 'label', render: (row) => row.leaves },
  {
    title: 'Last night',
    right: true,
    phone: 'label',
    render: (row) => (row.failed ? 'Not done' : row.removed === null ? '–' : <Count value={row.removed} />),
  },
];

const roundColumns: readonly Column<RetentionRound>[] = [
  { title: 'Night', render: (round) => <Moment at={round.startedAt} /> },
  {
    title: 'How it went',
    phone: 'label',
    render: (round) => {
      if (round.failed.length > 0) return `Not done: ${round.failed.join(', ')}`;
      return round.endedAt ? 'Done' : 'Under way';
    },
  },
  { title: 'Removed', right: true, phone: 'label', render: (round) => <Count value={round.removed} /> },
];

function Rounds(props: { rounds: readonly RetentionRound[] }): VNode {
  return (
    <Card title="The last nights" flush>
      {props.rounds.length > 0 ? (
        <DataTable caption="Rounds, newest first" rows={props.rounds} columns={roundColumns} />
      ) : (
        <EmptyState
          icon="clock"
          title="Nothing was removed yet"
          text="The first round begins in the coming night."
        />
      )}
    </Card>
  );
}

/** GET /admin/retention */
export function RetentionPage(props: RetentionPageProps): VNode {
  const { frame, rules, rounds, nextAt, runId } = props;
  const last = rounds.find(({ endedAt }) => endedAt !== null);
  return (
    <Shell frame={frame} title="What is kept" wide>
      <PageHeader
        crumbs={[{ title: 'Audit log', href: '/admin/audit' }]}
        title="What is kept"
        purpose="Old records are removed every night. The audit log, invoices and payments always stay."
        action={
          runId ? (
            <LinkButton href={paths.run(runId)} icon="route">
              See the run
            </LinkButton>
          ) : undefined
        }
      />
      {last && last.failed.length > 0 ? (
        <Notice tone="attention" icon="alert-triangle">
          Not everything could be removed last night. Nothing is lost, and the next night tries again.
        </Notice>
      ) : null}
      <Card>
        <KeyFacts
          facts={[
            { label: 'Last round', value: last?.endedAt ? <Time at={last.endedAt} /> : 'Not yet' },
            { label: 'Next round', value: <Moment at={nextAt} /> },
          ]}
        />
      </Card>
      <Card title="How long" flush>
        <DataTable caption="What is kept for how long" rows={rules} columns={ruleColumns} />
      </Card>
      <Rounds rounds={rounds} />
    </Shell>
  );
}
