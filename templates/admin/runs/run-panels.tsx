import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { offsetText } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { loadOnce } from '../../ui/live.ts';
import { paths, withQuery } from '../../paths.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Second, Time } from '../../ui/time.tsx';
import { Timeline } from '../../ui/timeline.tsx';
import { WorkPanel } from './acts/work-panel.tsx';
import { panelCopy } from './copy.ts';
import type { HistoryEvent, RunHead, RunTab } from './run-types.ts';

type PanelOf<Key extends RunTab['key']> = Extract<RunTab, { key: Key }>;

function Events(props: {
  view: PanelOf<'history'>['view'];
  events: readonly HistoryEvent[];
  startedAt: string;
}): VNode {
  if (props.view === 'raw') {
    const text = props.events.map((event) => event.json ?? JSON.stringify(event, null, 2)).join(',\n');
    return <CodeBlock label="History as recorded, personal values left out" text={`[\n${text}\n]`} />;
  }
  return (
    <Timeline
      label="History"
      items={props.events.map((event) => ({
        at: event.at,
        when: (
          <span class="bz-event-when">
            <Second at={event.at} />
            <span>{offsetText(Date.parse(event.at) - Date.parse(props.startedAt))}</span>
          </span>
        ),
        title: event.title,
        tone: event.tone,
        text:
          props.view === 'full' ? (
            <>
              <code>
                {event.id} {event.type}
              </code>{' '}
              {event.detail}
            </>
          ) : (
            event.detail
          ),
      }))}
    />
  );
}

/** Says what does not answer, and that nothing is lost by it. */
function Unavailable(props: { what: string; who: string }): VNode {
  return (
    <EmptyState
      icon="plug-connected"
      title={`${props.what} cannot be shown at the moment`}
      text={`${props.who} does not answer. Nothing is lost; reload the page in a moment.`}
    />
  );
}

const engine = 'The workflow engine';

function HistoryPanel(props: { panel: PanelOf<'history'>; run: RunHead }): VNode {
  const { panel, run } = props;
  const runId = run.id;
  const at = (view: string, cursor?: string) => withQuery(paths.run(runId), { tab: 'history', view, cursor });
  return (
    <>
      <Tabs
        label="How much of the history"
        current={panel.view}
        tabs={[
          { key: 'compact', title: 'Compact', href: at('compact') },
          { key: 'full', title: 'Full', href: at('full') },
          { key: 'raw', title: 'Raw', href: at('raw') },
        ]}
      />
      {panel.events === null ? (
        <Unavailable what="The history" who={engine} />
      ) : panel.events.length > 0 ? (
        <Events view={panel.view} events={panel.events} startedAt={run.startedAt} />
      ) : (
        <EmptyState
          icon="history"
          title="Nothing has happened yet"
          text="The first event is written as the run starts."
        />
      )}
      <div class="bz-pager">
        {panel.nextCursor ? (
          <a class="btn btn-sm" href={at(panel.view, panel.nextCursor)}>
            More events
          </a>
        ) : null}
        {panel.events === null ? null : (
          <a class="btn btn-sm" href={paths.runHistory(runId)} download>
            <Icon name="download" />
            {panelCopy.download}
          </a>
        )}
      </div>
    </>
  );
}

function RelatedPanel(props: { panel: PanelOf<'related'> }): VNode {
  if (props.panel.runs.length === 0) {
    return (
      <EmptyState icon="route" title="No related runs" text="It started no other run and none started it." />
    );
  }
  return (
    <DataTable
      caption="Related runs"
      rows={props.panel.runs}
      rowHref={(run) => paths.run(run.id)}
      columns={[
        { title: 'Run', render: (run) => run.title },
        { title: 'Relation', render: (run) => run.relation },
        { title: 'State', render: (run) => <StatusBadge kind="run" state={run.state} /> },
        { title: 'Started', right: true, render: (run) => <Time at={run.startedAt} /> },
      ]}
    />
  );
}

function AuditPanel(props: { panel: PanelOf<'audit'> }): VNode {
  if (props.panel.entries === null) return <Unavailable what="The audit log" who="The database" />;
  if (props.panel.entries.length === 0) {
    return <EmptyState icon="shield-check" title="No actions yet" text="Actions on this run appear here." />;
  }
  return (
    <DataTable
      caption="Actions on this run"
      rows={props.panel.entries}
      columns={[
        { title: 'When', render: (entry) => <Second at={entry.at} /> },
        { title: 'Who', render: (entry) => entry.who },
        { title: 'What', render: (entry) => entry.what },
        { title: 'Reason', render: (entry) => entry.reason ?? '' },
      ]}
    />
  );
}

export interface RunStackProps {
  stack: PanelOf<'stack'>['stack'];
}

/** The line the code is at; also the fragment that the pending state asks for. */
export function RunStack(props: RunStackProps): VNode {
  const { stack } = props;
  if (stack.state === 'loaded') return <CodeBlock label="Call stack" text={stack.text} />;
  if (stack.state === 'pending') {
    return (
      <div {...loadOnce(stack.href)}>
        <Skeleton lines={8} label="Asking a worker for the call stack" />
        <noscript>
          <a href={stack.href}>Show the call stack</a>
        </noscript>
      </div>
    );
  }
  if (stack.state === 'ended') return <EmptyState icon="circle-check" title={panelCopy.ended} />;
  return (
    <EmptyState
      icon="plug-connected"
      title="No worker answers"
      text="The call stack comes from a running worker. Steps, history and data are still complete."
    />
  );
}

/** The tab that is open; the steps tab is part of the live area instead. */
export function RunPanel(props: { frame: PageContext; tab: RunTab; run: RunHead }): VNode | null {
  const { frame, tab } = props;
  switch (tab.key) {
    case 'steps':
      return null;
    case 'history':
      return <HistoryPanel panel={tab} run={props.run} />;
    case 'data':
      if (tab.blocks === null) return <Unavailable what="What went in and out" who={engine} />;
      return (
        <>
          {tab.blocks.map((block) => (
            <CodeBlock label={block.title} text={block.json} />
          ))}
          {tab.blocks.length === 0 ? <EmptyState title="No inputs or results" /> : null}
        </>
      );
    case 'work':
      if (tab.items === null) return <Unavailable what="Work under way" who={engine} />;
      return <WorkPanel frame={frame} runId={props.run.id} items={tab.items} refused={tab.refused} />;
    case 'related':
      return <RelatedPanel panel={tab} />;
    case 'audit':
      return <AuditPanel panel={tab} />;
    case 'stack':
      return <RunStack stack={tab.stack} />;
  }
}
