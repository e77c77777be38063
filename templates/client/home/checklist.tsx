import type { VNode } from 'preact';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { checklistCopy } from './copy.ts';

export interface ChecklistCardProps {
  items: readonly { title: string; progress?: string; isDone: boolean; href: string }[];
}

/** Steps of getting started; nothing once all of them are done. */
export function ChecklistCard(props: ChecklistCardProps): VNode | null {
  const { items } = props;
  const done = items.filter(({ isDone }) => isDone).length;
  if (done === items.length) return null;
  return (
    <Card title={checklistCopy.title} note={checklistCopy.progress(done, items.length)}>
      <progress class="bz-progress" value={done} max={items.length} aria-label={checklistCopy.title} />
      <ol class="bz-checklist">
        {items.map(({ title, progress, isDone, href }) => (
          <li class={isDone ? 'bz-done' : undefined}>
            <Icon name={isDone ? 'circle-check' : 'circle'} />
            <span>
              {isDone ? title : <a href={href}>{title}</a>}
              <span class="visually-hidden"> {isDone ? checklistCopy.done : checklistCopy.toDo}</span>
            </span>
            {progress ? <span class="bz-muted">{progress}</span> : null}
          </li>
        ))}
      </ol>
    </Card>
  );
}
