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
import { resultsTitles } from './copy.ts';
import { actHints, actMenu, lineageCopy } from './acts/copy.ts';
import { ActItem, ActLink } from './acts/menu.tsx';
import { RefusedAct } from './acts/refused.tsx';
import { isDangerous, RunActionButton, RunDialogs } from './run-actions.tsx';
import { RunLive } from './run-live.tsx';
import type { RunLiveProps } from './run-live.tsx';
import { RunPanel } from './run-panels.tsx';
import type { RefusedAction, RunAction, RunLink, RunRelative, RunTab } from './run-types.ts';

export interface RunPageProps extends Omit<RunLiveProps, 'tab'> {
  tab: RunTab;
  /** Runs this one was made from, or that were made from it. */
  relatives?: readonly RunRelative[];
  /** Acts that have a page of their own. */
  links?: readonly RunLink[];
  /** After a refused action: opens its dialog again. */
  refused?: RefusedAction;
}

/** Everything that can be done to the run, with a word about each; what can't be undone is apart. */
function HeaderActions(props: RunPageProps): VNode | null {
  const { frame, run, links = [] } = props;
  // What the box below already offers is not offered twice.
  const offered = props.whys.flatMap(({ offer }) => offer);
  const own = props.actions.filter((action) => !offered.includes(action.kind));
  const item = (action: RunAction) => (
    <ActItem hint={actHints[action.kind]}>
      <RunActionButton frame={frame} run={run} action={action} look="quiet" />
    </ActItem>
  );
  const dangerous = own.filter(({ kind }) => isDangerous(kind));
  const safeLinks = links.filter(({ danger }) => !danger);
  const dangerLinks = links.filter(({ danger }) => danger);
  const hasSafe = safeLinks.length > 0 || own.length > dangerous.length;
  if (own.length + links.length === 0) return null;
  return (
    <details class="bz-menu" data-menu>
      <summary class="btn">
        {actMenu.title}
        <Icon name="chevron-down" />
      </summary>
      <div class="bz-menu-panel bz-act-menu">
        {own.filter(({ kind }) => !isDangerous(kind)).map(item)}
        {safeLinks.map((link) => (
          <ActLink {...link} />
        ))}
        {dangerous.length + dangerLinks.length > 0 ? (
          <p class={hasSafe ? 'bz-act-apart bz-act-line' : 'bz-act-apart'}>{actMenu.dangerous}</p>
        ) : null}
        {dangerLinks.map((link) => (
          <ActLink {...link} />
        ))}
        {dangerous.map(item)}
      </div>
    </details>
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

function Relatives(props: { relatives: readonly RunRelative[] }): VNode | null {
  if (props.relatives.length === 0) return null;
  return (
    <ul class="bz-relatives" aria-label={lineageCopy.label}>
      {props.relatives.map(({ title, text, at, href }) => (
        <li>
          <a href={href}>{title}</a>
          {at ? (
            <>
              {' · '}
              <Moment at={at} />
            </>
          ) : null}
          {text ? <span class="bz-muted"> {text}</span> : null}
        </li>
      ))}
    </ul>
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
            {run.results ? (
              <LinkButton href={run.results.href}>{resultsTitles[run.results.about]}</LinkButton>
            ) : null}
            <HeaderActions {...props} />
          </>
        }
      />
      {props.refused && !props.actions.some(({ kind }) => kind === props.refused?.kind) ? (
        <RefusedAct state={props.refused.state} />
      ) : null}
      <Relatives relatives={props.relatives ?? []} />
      <div id="run-live" {...live}>
        <RunLive {...props} tab={tab.key} panel={<RunPanel frame={props.frame} tab={tab} run={run} />} />
      </div>
      <details class="bz-more bz-run-facts">
        <summary>Details and ids</summary>
        <Facts {...props} />
      </details>
      <RunDialogs frame={props.frame} run={run} actions={props.actions} refused={props.refused} />
    </Shell>
  );
}
