import type { VNode } from 'preact';
import type { PageContext } from '../../../page-context.ts';
import { paths } from '../../../paths.ts';
import { DialogButton } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { ReasonDialog } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Moment, Time } from '../../../ui/time.tsx';
import { workActionCopy, workCopy } from './copy.ts';
import { RefusedAct } from './refused.tsx';
import type { RefusedWork, WorkAction, WorkItem } from './work-types.ts';

const dialogId = (item: WorkItem, action: WorkAction) => `do-${action}-${item.id}`;

/** "Paused 3 min ago by Ada: reason", or what it waits for. */
function StateOf(props: { item: WorkItem }): VNode {
  const { hold, state, nextTryAt } = props.item;
  if (!hold) {
    return (
      <>
        {state.charAt(0).toUpperCase() + state.slice(1)}
        {nextTryAt ? (
          <>
            {' '}
            <Time at={nextTryAt} />
          </>
        ) : null}
      </>
    );
  }
  return (
    <>
      {workCopy.paused}
      {hold.since ? (
        <>
          {' '}
          <Moment at={hold.since} />
        </>
      ) : null}
      {hold.by ? ` by ${hold.by}` : ''}
      {hold.reason ? `: ${hold.reason}` : ''}
    </>
  );
}

function WorkTable(props: { items: readonly WorkItem[] }): VNode {
  return (
    <DataTable
      caption={workCopy.caption}
      rows={props.items}
      columns={[
        { title: 'Work', render: ({ title }) => title },
        { title: 'State', phone: 'label', render: (item) => <StateOf item={item} /> },
        { title: 'Attempt', right: true, phone: 'label', render: ({ attempt }) => attempt },
        { title: 'Last error', phone: 'label', render: ({ failure }) => failure ?? '–' },
        {
          title: 'Act',
          render: (item) => (
            <div class="bz-actions">
              {item.actions.map((action) => (
                <DialogButton dialog={dialogId(item, action)} small>
                  {workActionCopy[action].button}
                </DialogButton>
              ))}
            </div>
          ),
        },
      ]}
    />
  );
}

/** The tab of a run's activities that are under way, each with what can be done to it. */
export function WorkPanel(props: {
  frame: PageContext;
  runId: string;
  items: readonly WorkItem[];
  refused?: RefusedWork | undefined;
}): VNode {
  const { frame, runId, items, refused } = props;
  const isShown = items.some(
    ({ id, actions }) => id === refused?.activityId && actions.includes(refused.action),
  );
  return (
    <>
      {refused && !isShown ? <RefusedAct state={refused.state} /> : null}
      {items.length === 0 ? (
        <EmptyState icon="circle-check" title={workCopy.none} text={workCopy.noneText} />
      ) : (
        <WorkTable items={items} />
      )}
      {items.flatMap((item) =>
        item.actions.map((action) => {
          const words = workActionCopy[action];
          const isRefused = refused?.action === action && refused.activityId === item.id;
          return (
            <ReasonDialog
              frame={frame}
              id={dialogId(item, action)}
              title={words.title(item.title)}
              happens={words.happens}
              stays={words.stays}
              action={paths.runAction(runId, action)}
              hidden={{ activityId: item.id }}
              submit={words.submit}
              state={isRefused ? refused.state : undefined}
            />
          );
        }),
      )}
    </>
  );
}
