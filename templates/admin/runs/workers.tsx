import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { durationText } from '../../ui/format.ts';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Count } from '../../ui/money.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Time } from '../../ui/time.tsx';
import { workersCopy as copy } from './workers-copy.ts';

export interface WorkerRow {
  /** "<pid>@<host>". */
  identity: string;
  build: string | null;
  kinds: readonly (keyof typeof copy.kinds)[];
  lastPollAt: string;
}

export interface QueueCard {
  queue: string;
  workers: readonly WorkerRow[];
  /** Some of its tasks are taken by no worker. */
  isUnpolled: boolean;
  backlog: number;
  /** How long the oldest task has waited; milliseconds. */
  ageMs: number;
  addedPerS: number;
  dispatchedPerS: number;
  versions: readonly { build: string; workers: number }[];
}

export interface WorkersPageProps {
  frame: PageContext;
  /** Null where Temporal doesn't answer. */
  queues: readonly QueueCard[] | null;
}

/** A version is a checksum, of which the first characters tell it from others. */
const shortBuild = (build: string) => build.replace(/^@temporalio\/worker@/, '').slice(0, 20);

function Queue(props: { card: QueueCard }): VNode {
  const { card } = props;
  return (
    <>
      <Card title={card.queue}>
        {card.isUnpolled ? (
          <Notice tone="attention" icon="alert-triangle">
            <strong>{copy.none(card.queue)}</strong> {copy.noneHelp}
          </Notice>
        ) : null}
        <KeyFacts
          facts={[
            { label: copy.pollers, value: <Count value={card.workers.length} /> },
            { label: copy.backlog, value: <Count value={card.backlog} /> },
            { label: copy.age, value: card.backlog > 0 ? durationText(card.ageMs) : copy.noTask },
            { label: copy.rate, value: copy.rates(card.addedPerS, card.dispatchedPerS) },
            {
              label: copy.versions,
              value:
                card.versions
                  .map(({ build, workers }) => copy.version(shortBuild(build), workers))
                  .join(', ') || copy.noBuild,
            },
          ]}
        />
      </Card>
      {card.workers.length > 0 ? (
        <DataTable
          caption={copy.caption(card.queue)}
          rows={card.workers}
          columns={[
            { title: copy.worker, render: ({ identity }) => identity },
            {
              title: copy.build,
              phone: 'label',
              render: ({ build }) => (build ? shortBuild(build) : copy.noBuild),
            },
            {
              title: copy.takes,
              phone: 'label',
              render: ({ kinds }) => kinds.map((kind) => copy.kinds[kind]).join(', '),
            },
            { title: copy.lastPoll, phone: 'label', render: ({ lastPollAt }) => <Time at={lastPollAt} /> },
          ]}
        />
      ) : null}
    </>
  );
}

/** GET /admin/workers */
export function WorkersPage(props: WorkersPageProps): VNode {
  return (
    <Shell frame={props.frame} title={copy.title}>
      <PageHeader title={copy.title} purpose={copy.purpose} />
      {props.queues ? (
        props.queues.map((card) => <Queue card={card} />)
      ) : (
        <Notice tone="attention" icon="alert-triangle">
          {copy.away}
        </Notice>
      )}
    </Shell>
  );
}
