import type { VNode } from 'preact';
import type { RunState } from '../../../db/domain/progress.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ServerLogo } from '../../ui/server-logo.tsx';
import { statusOf } from '../../ui/status.ts';
import { Timeline } from '../../ui/timeline.tsx';

export interface OwnRun {
  runId: string;
  /** What people call the process: "Connect server". */
  title: string;
  /** The server or tenant it is about; null where the title says it all. */
  about: string | null;
  /** The server it is about, by its name in the registry. */
  server: string | null;
  state: RunState;
  startedAt: string;
  endedAt: string | null;
  /** Where its result is found; null where there is no such page. */
  href: string | null;
}

export interface ActivityPageProps {
  frame: PageContext;
  runs: readonly OwnRun[];
  cursor: string | undefined;
  nextCursor: string | null;
}

/** GET /activity; the bell takes the list out of it. */
export function ActivityPage(props: ActivityPageProps): VNode {
  const { cursor, frame, nextCursor, runs } = props;
  return (
    <Shell frame={frame} title="Your activity">
      <PageHeader title="Your activity" purpose="Tasks you started. They keep running if you leave." />
      <Card>
        <div id="own-runs">
          {runs.length > 0 ? (
            <Timeline
              label="Tasks you started"
              items={runs.map((run) => {
                const { icon, tone, word } = statusOf('run', run.state);
                const words = run.about ? `${run.title}: ${run.about}` : run.title;
                const title = run.server ? (
                  <span class="bz-server">
                    <ServerLogo name={run.server} title={run.about ?? run.server} size="small" />
                    <span>{words}</span>
                  </span>
                ) : (
                  words
                );
                return {
                  at: run.endedAt ?? run.startedAt,
                  title: run.href ? <a href={run.href}>{title}</a> : title,
                  text: word,
                  icon,
                  tone,
                };
              })}
            />
          ) : (
            <EmptyState icon="bell" title="Nothing yet" text="Tasks you start are listed here." />
          )}
        </div>
      </Card>
      <Pager path="/activity" query={{ cursor }} nextCursor={nextCursor} />
    </Shell>
  );
}
