import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { CopyId } from '../../ui/code-block.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Icon } from '../../ui/icon.tsx';
import { streamFrom } from '../../ui/live.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths, withQuery } from '../../paths.ts';
import { TenantLink } from '../../ui/tenant-link.tsx';
import { Moment } from '../../ui/time.tsx';
import { resultsTitle } from './copy.ts';
import { RunActionButton, RunDialogs } from './run-actions.tsx';
import { RunLive } from './run-live.tsx';
import type { RunLiveProps } from './run-live.tsx';
import { RunPanel } from './run-panels.tsx';
import type { RefusedAction, RunTab } from './run-types.ts';

export interface RunPageProps extends Omit<RunLiveProps, 'tab'> {
  tab: RunTab;
  /** After a refused action: opens its dialog again. */
  refused?: RefusedAction;
}

function HeaderActions(props: RunPageProps): VNode | null {
  // What the box below already offers is not offered twice.
  const offered = props.why?.offer ?? [];
  const [first, ...rest] = props.actions.filter((action) => !offered.includes(action.kind));
  if (!first) return null;
  return (
    <>
      {rest.length === 0 ? <RunActionButton frame={props.frame} run={props.run} action={first} /> : null}
      {rest.length > 0 ? (
        <details class="bz-menu" data-menu>
          <summary class="btn">
            More actions
            <Icon name="chevron-down" />
          </summary>
          <div class="bz-menu-panel">
            {[first, ...rest].map((action) => (
              <RunActionButton frame={props.frame} run={props.run} action={action} look="quiet" />
            ))}
          </div>
        </details>
      ) : null}
    </>
  );
}

function Facts(props: RunPageProps): VNode {
  const { run } = props;
  return (
    <KeyFacts
      facts={[
        {
          label: 'Tenant',
          value: <TenantLink tenant={run.tenant} />,
        },
        {
          label: 'Process',
          value: <a href={withQuery('/admin/workflows', { process: run.processName })}>{run.processTitle}</a>,
        },
        { label: 'Started', value: <Moment at={run.startedAt} /> },
        { label: 'Started by', value: run.startedBy },
        { label: 'Retries', value: run.retries },
        { label: 'Run id', value: <CopyId id={run.id} label="the run id" /> },
        { label: 'Workflow id', value: <CopyId id={run.workflowId} label="the workflow id" /> },
      ]}
    />
  );
}

/** GET /admin/workflows/:runId?tab=; live through /admin/workflows/:runId/live?tab=. */
export function RunPage(props: RunPageProps): VNode {
  const { run, tab } = props;
  const live = run.endedAt
    ? {}
    : streamFrom(withQuery(`${paths.run(run.id)}/live`, { tab: tab.key, step: props.chosen ?? undefined }));
  return (
    <Shell frame={props.frame} title={run.title} wide>
      <PageHeader
        crumbs={[{ title: 'Workflows', href: '/admin/workflows' }]}
        title={run.title}
        action={
          <>
            {run.resultsHref === null ? null : <LinkButton href={run.resultsHref}>{resultsTitle}</LinkButton>}
            <HeaderActions {...props} />
          </>
        }
      />
      <div id="run-live" {...live}>
        <RunLive {...props} tab={tab.key} panel={<RunPanel tab={tab} run={run} />} />
      </div>
      <details class="bz-more bz-run-facts">
        <summary>Details and ids</summary>
        <Facts {...props} />
      </details>
      <RunDialogs frame={props.frame} run={run} actions={props.actions} refused={props.refused} />
    </Shell>
  );
}
