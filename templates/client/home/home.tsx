import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { Card } from '../../ui/card.tsx';
import { NeedsList } from '../../ui/needs-list.tsx';
import { ChecklistCard, type ChecklistCardProps } from './checklist.tsx';
import type { NeedsItem } from '../../ui/needs-list.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

export interface ClientHomePageProps {
  frame: PageContext;
  businessName: string;
  /** What needs the viewer; null hides the list, where another card says what is next. */
  needs: readonly NeedsItem[] | null;
  checklist: ChecklistCardProps['items'];
  /** Cards at full width, then those of the grid below. */
  wideCards: readonly VNode[];
  cards: readonly VNode[];
}

/** GET /app */
export function ClientHomePage(props: ClientHomePageProps): VNode {
  return (
    <Shell frame={props.frame} title="Home">
      <PageHeader title={props.businessName} purpose="Your tasks and account status." />
      {props.needs ? (
        <Card title="What needs you" flush>
          <NeedsList items={props.needs} nothing="We'll email you and show it here when something does." />
        </Card>
      ) : null}
      <ChecklistCard items={props.checklist} />
      {props.wideCards}
      <div class="bz-grid">{props.cards}</div>
    </Shell>
  );
}
