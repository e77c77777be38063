import type { VNode } from 'preact';
import {
  type BulkAction,
  type BulkItemState,
  type BulkRound,
  countOf,
  openItemStates,
} from '../../../../db/domain/runs/bulk-operation.ts';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths, type Query, withQuery } from '../../../paths.ts';
import { DialogButton, LinkButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { ReasonDialog } from '../../../ui/dialog.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { durationText } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { KeyFacts } from '../../../ui/key-facts.tsx';
import { streamFrom } from '../../../ui/live.ts';
import { ExportButton } from '../../../ui/list-head.tsx';
import { Localised } from '../../../ui/locale.tsx';
import { Count } from '../../../ui/money.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { bulkCopy as copy, causeText } from './copy.ts';
import { BulkItems, type BulkItemsProps } from './items.tsx';
import { type BulkRow, titleOf } from './list.tsx';
import { BulkProgress } from './progress.tsx';

export interface BulkCauseRow {
  state: BulkItemState;
  code: string;
  count: number;
}

/** What changes while the page is open; the server-sent fragment takes the same. */
export interface BulkLiveProps {
  frame: PageContext;
  operation: BulkRow & {
    doing: BulkRound;
    reason: string;
    pacePerMinute: number;
    /** In the words of the list; null where items were named one by one. */
    filter: string | null;
  };
  /** How long the open items take at the pace. */
  leftMs: number;
  causes: readonly BulkCauseRow[];
  /** What the viewer may do to it now. */
  actions: readonly BulkAction[];
  /** Its workflow was ended while it was not over. */
  isOrphaned: boolean;
  /** The run behind it; null for who may not see it. */
  runHref: string | null;
}

export interface BulkOperationProps extends BulkLiveProps {
  items: BulkItemsProps;
  /** An action that was refused. */
  refused?: { action: BulkAction; state: FormState };
}

const isOver = ({ operation: { state } }: BulkLiveProps) => state !== 'running' && state !== 'paused';
const itemStates = Object.keys(copy.counts) as BulkItemState[];

function Summary(props: BulkLiveProps): VNode {
  const { operation, leftMs } = props;
  const { state, doing, counts } = operation;
  const running = state === 'running';
  return (
    <div class="bz-run-top">
      <p class="bz-run-sentence">
        <StatusBadge kind="bulk" state={state} {...(running && { word: copy.doing[doing] })} />
        {running && countOf(counts, openItemStates) > 0 ? (
          <span role="status">{copy.left(durationText(leftMs))}</span>
        ) : null}
      </p>
      <p class="bz-updated" data-updated role="status" hidden={isOver(props)}>
        <Icon name="refresh" />
        <span data-updated-text>{copy.live}</span>
      </p>
    </div>
  );
}

function Causes({ causes, operation }: BulkLiveProps): VNode | null {
  if (causes.length === 0) return null;
  return (
    <Card title={copy.causes} flush>
      <DataTable
        caption={copy.causesCaption}
        rows={causes}
        rowHref={({ state, code }) =>
          `${withQuery(paths.bulkOperation(operation.id), { state, code })}#items`
        }
        columns={[
          { title: copy.cause, render: ({ code }) => causeText(code) },
          { title: copy.result, render: ({ state }) => <StatusBadge kind="bulkItem" state={state} /> },
          { title: copy.items, right: true, render: ({ count }) => <Count value={count} /> },
        ]}
      />
    </Card>
  );
}

function Actions({ actions, runHref }: BulkLiveProps): VNode {
  return (
    <>
      {actions.map((action) => (
        <DialogButton
          dialog={`bulk-${action}`}
          look={action === 'abort' ? 'danger' : action === 'resume' ? 'primary' : 'plain'}
        >
          {`${copy.actions[action].button}…`}
        </DialogButton>
      ))}
      {runHref ? <LinkButton href={runHref}>{copy.openRun}</LinkButton> : null}
    </>
  );
}

function purposeOf(props: BulkLiveProps): string {
  const { state } = props.operation;
  if (state === 'paused') return copy.paused;
  return state === 'running' ? copy.leave : copy.over[state];
}

/** Everything of the page that updates live. */
export function BulkOperationLive(props: BulkLiveProps): VNode {
  const { frame, operation } = props;
  const { counts, total } = operation;
  return (
    <Localised frame={frame}>
      <PageHeader
        crumbs={[{ title: copy.title, href: paths.bulkOperations }]}
        title={titleOf(operation)}
        purpose={purposeOf(props)}
        action={<Actions {...props} />}
      />
      <Summary {...props} />
      {props.isOrphaned ? (
        <Notice tone="attention" icon="alert-triangle">
          {copy.orphaned}
        </Notice>
      ) : null}
      <BulkProgress total={total} counts={counts} />
      <KeyFacts
        facts={[
          ...itemStates.flatMap((state) => {
            const count = counts[state] ?? 0;
            return count > 0 || state === 'done'
              ? [{ label: copy.counts[state], value: <Count value={count} /> }]
              : [];
          }),
          { label: copy.paceLabel, value: copy.paceOf(operation.pacePerMinute) },
          { label: copy.startedBy, value: operation.startedBy ?? copy.formerUser },
          { label: copy.startedAt, value: <Time at={operation.startedAt} /> },
          { label: copy.chosenBy, value: operation.filter ?? copy.oneByOne },
          { label: copy.reason, value: operation.reason },
        ]}
      />
      <Causes {...props} />
    </Localised>
  );
}

function Dialogs({ frame, operation, actions, refused }: BulkOperationProps): VNode {
  return (
    <>
      {actions.map((action) => {
        const { title, happens, stays, button } = copy.actions[action];
        return (
          <ReasonDialog
            frame={frame}
            id={`bulk-${action}`}
            title={title}
            happens={happens}
            stays={stays}
            action={paths.bulkOperationAction(operation.id, action)}
            submit={button}
            danger={action === 'abort' || action === 'undo'}
            {...(refused?.action === action && { state: refused.state })}
          />
        );
      })}
    </>
  );
}

export const itemsQueryOf = ({ state, code, cursor }: Query): Query => ({ state, code, cursor });

/** GET /admin/bulk-operations/:operationId?state=&code=&cursor=; POST below it: pause, resume, abort, retry-failed, undo. */
export function BulkOperationPage(props: BulkOperationProps): VNode {
  const { frame, operation, refused, actions } = props;
  const live = isOver(props) ? {} : streamFrom(paths.bulkOperationLive(operation.id));
  const isLost = refused !== undefined && !actions.includes(refused.action);
  return (
    <Shell frame={frame} title={titleOf(operation)}>
      {isLost && refused.state.problem ? (
        <Notice tone="attention" icon="alert-triangle">
          {refused.state.problem}
        </Notice>
      ) : null}
      <div id="bulk-operation" {...live}>
        <BulkOperationLive {...props} />
      </div>
      <Card
        title={copy.items}
        id="items"
        flush
        action={
          <ExportButton
            path={paths.bulkItemsCsv(operation.id)}
            query={itemsQueryOf(props.items.query)}
            small
          />
        }
      >
        <BulkItems {...props.items} />
      </Card>
      <Dialogs {...props} />
    </Shell>
  );
}
