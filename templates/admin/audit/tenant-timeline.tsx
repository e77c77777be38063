import type { VNode } from 'preact';
import { type EventAction, eventActions } from '../../../db/domain/event.ts';
import { paths } from '../../paths.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Pager } from '../../ui/pager.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Timeline } from '../../ui/timeline.tsx';

export interface TenantTimelineItem {
  at: string;
  action: EventAction;
  who: string;
  /** "Step: Website". */
  text?: string | undefined;
  outcome: StateOf<'outcome'>;
}

type Items = readonly TenantTimelineItem[];

function Events(props: { items: Items }): VNode {
  return (
    <Timeline
      label="Events, newest first"
      items={props.items.map((item) => ({
        at: item.at,
        title: eventActions[item.action],
        text: [item.who, item.text].filter(Boolean).join(' · '),
        tone: item.outcome === 'success' ? 'idle' : item.outcome === 'failure' ? 'failed' : 'attention',
      }))}
    />
  );
}

/** The newest events of a tenant, for its overview. */
export function TenantRecent(props: { items: Items }): VNode {
  return (
    <Card title="Recent activity">
      <Events items={props.items} />
    </Card>
  );
}

/** All events of a tenant, a page of them. */
export function TenantTimeline(props: {
  tenantId: string;
  items: Items;
  nextCursor: string | null;
  cursor?: string | undefined;
}): VNode {
  if (props.items.length === 0) return <EmptyState icon="history" title="No events yet" />;
  return (
    <>
      <Card>
        <Events items={props.items} />
      </Card>
      <Pager
        path={paths.tenant(props.tenantId)}
        query={{ tab: 'timeline', cursor: props.cursor }}
        nextCursor={props.nextCursor}
      />
    </>
  );
}
