import type { ItemResult, RunState } from '../../../db/domain/progress.ts';
import type { BulkKind } from '../../../db/domain/tenants/help.ts';
import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-names.ts';
import { streamFrom } from '../../ui/live.ts';
import { Localised } from '../../ui/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { Tone } from '../../ui/status.ts';
import { bulkCopy, listCopy, tenantsCopy } from './copy.ts';

export interface BulkRunResult extends Pick<ItemResult, 'id' | 'outcome'> {
  /** Null for a tenant out of the viewer's reach. */
  name: string | null;
  /** Why it was not done; null where it was. */
  why: string | null;
}

/** What changes while the page is open; the server-sent fragment takes the same. */
export interface BulkRunProps {
  frame: PageContext;
  runId: string;
  kind: BulkKind;
  state: RunState;
  /** Null until the run has begun. */
  total: number | null;
  results: readonly BulkRunResult[];
  isOver: boolean;
  /** False where Temporal does not answer or no longer keeps the run: there are no results to show. */
  isReadable: boolean;
  mayOpenRun: boolean;
}

const looks: Record<ItemResult['outcome'], { icon: IconName; tone: Tone }> = {
  done: { icon: 'circle-check', tone: 'done' },
  skipped: { icon: 'circle-minus', tone: 'idle' },
  refused: { icon: 'alert-circle', tone: 'failed' },
  unknown: { icon: 'alert-triangle', tone: 'attention' },
};

function titleOf({ kind, results, total, isOver }: BulkRunProps): string {
  if (!isOver) return bulkCopy.running(kind, results.length, total);
  return bulkCopy.ended(kind, results.filter(({ outcome }) => outcome === 'done').length, total);
}

function Progress(props: BulkRunProps): VNode {
  const { isOver, results, state, total } = props;
  return (
    <div class="bz-run-top">
      <p class="bz-run-sentence">
        <StatusBadge kind="run" state={state} />
        {isOver || total === null ? null : (
          <span role="status">{bulkCopy.countOf(results.length, total)}</span>
        )}
      </p>
      <p class="bz-updated" data-updated role="status" hidden={isOver}>
        <Icon name="refresh" />
        <span data-updated-text>{bulkCopy.live}</span>
      </p>
    </div>
  );
}

function Results(props: { results: readonly BulkRunResult[] }): VNode {
  return (
    <DataTable
      caption={bulkCopy.resultsCaption}
      rows={props.results}
      columns={[
        {
          title: listCopy.tenant,
          render: ({ id, name }) => (name === null ? id : <a href={paths.tenant(id)}>{name}</a>),
        },
        {
          title: bulkCopy.result,
          render: ({ outcome, why }) => (
            <>
              <span class={`bz-st bz-${looks[outcome].tone}`}>
                <Icon name={looks[outcome].icon} />
                {bulkCopy.outcome[outcome]}
              </span>
              {why === null ? null : <p class="bz-muted">{why}</p>}
            </>
          ),
        },
      ]}
    />
  );
}

/** Everything of the page that updates live. */
export function BulkRunLive(props: BulkRunProps): VNode {
  const { frame, isOver, isReadable, results, runId, state, total } = props;
  const allHelped = results.length === total && results.every(({ outcome }) => outcome === 'done');
  return (
    <Localised frame={frame}>
      <PageHeader
        crumbs={[{ title: tenantsCopy.platform.title, href: paths.tenants }]}
        title={titleOf(props)}
        purpose={isOver ? bulkCopy.purpose(state, allHelped) : bulkCopy.leave}
        action={
          <>
            {props.mayOpenRun ? <LinkButton href={paths.run(runId)}>{bulkCopy.openRun}</LinkButton> : null}
            <LinkButton href={paths.tenants}>{bulkCopy.back}</LinkButton>
          </>
        }
      />
      <Progress {...props} />
      {isReadable ? null : (
        <Notice tone="attention" icon="alert-triangle">
          {bulkCopy.away}
        </Notice>
      )}
      {isReadable ? (
        <Card title={bulkCopy.results} flush={results.length > 0}>
          {results.length > 0 ? <Results results={results} /> : <p class="bz-muted">{bulkCopy.noneYet}</p>}
        </Card>
      ) : null}
    </Localised>
  );
}

/** GET /admin/tenants/bulk/:runId, and live through /admin/tenants/bulk/:runId/live. */
export function BulkRunPage(props: BulkRunProps): VNode {
  const live = props.isOver ? {} : streamFrom(paths.tenantsBulkRunLive(props.runId));
  return (
    <Shell frame={props.frame} title={titleOf(props)}>
      <div id="bulk-run" {...live}>
        <BulkRunLive {...props} />
      </div>
    </Shell>
  );
}
