import type { VNode } from 'preact';
import { type EventAction, eventActions, eventKinds, eventKindTitle } from '../../../db/domain/event.ts';
import { paths, type Query, withQuery } from '../../paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { Pager } from '../../ui/pager.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Timeline } from '../../ui/timeline.tsx';
import { activityCopy as copy } from './copy.ts';

export interface ActivityItem {
  at: string;
  action: EventAction;
  outcome: StateOf<'outcome'>;
  text: string;
}

interface ActivityProps {
  userId: string;
  /** Newest first. */
  items: readonly ActivityItem[];
  /** tab, action, from, to (days), cursor. */
  query: Query;
  nextCursor: string | null;
}

const tones = { success: 'idle', failure: 'failed', denied: 'attention' } as const;

/** Everything done by, for or as a person. */
export function Activity({ userId, items, query, nextCursor }: ActivityProps): VNode {
  const path = paths.person(userId);
  const isFiltered = ['action', 'from', 'to'].some((name) => query[name]);
  const file = (format: 'csv' | 'jsonl') =>
    withQuery(paths.personActivityFile(userId, format), query, { tab: undefined, cursor: undefined });
  const none = isFiltered ? (
    <NoMatch clearHref={paths.personTab(userId, 'activity')} what={copy.what} />
  ) : (
    <EmptyState icon="history" {...copy.empty} />
  );
  return (
    <>
      <FilterBar
        path={path}
        query={query}
        filters={[
          {
            name: 'action',
            label: copy.action,
            options: eventKinds.map((value) => ({ value, label: eventKindTitle(value) })),
          },
          { name: 'from', label: copy.from, type: 'date' },
          { name: 'to', label: copy.to, type: 'date' },
        ]}
      />
      <Card
        title={copy.title}
        note={copy.note}
        action={
          <div class="bz-actions">
            <LinkButton small icon="download" download href={file('csv')}>
              {copy.csv}
            </LinkButton>
            <LinkButton small icon="download" download href={file('jsonl')}>
              {copy.jsonl}
            </LinkButton>
          </div>
        }
      >
        {items.length > 0 ? (
          <Timeline
            label={copy.title}
            items={items.map(({ at, action, outcome, text }) => ({
              at,
              title: eventActions[action],
              ...(text && { text }),
              tone: tones[outcome],
            }))}
          />
        ) : (
          none
        )}
      </Card>
      <Pager path={path} query={query} nextCursor={nextCursor} />
    </>
  );
}
