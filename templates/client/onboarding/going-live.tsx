import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { pollEvery } from '../../ui/live.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StepList } from '../../ui/step-list.tsx';
import type { StepState } from '../../../db/domain/progress.ts';
import { setupCopy } from './copy.ts';
import { Time } from '../../ui/time.tsx';
import { liveCopy as copy } from './copy.ts';

export interface GoingLivePageProps {
  frame: PageContext;
  /** Address of this page; asked again every 2 s until it is over. */
  path: string;
  state: 'working' | 'waiting' | 'problem' | 'live';
  /** What is set up, in the customer's words; no ids, no process terms. `isComing`: chosen, but not built yet. */
  tasks: readonly {
    title: string;
    uncounted?: boolean;
    isComing?: boolean;
    state: StepState;
    since?: string;
    note?: string;
  }[];
  /** For `problem`: what happened and what follows; never blames. */
  problem?: string;
  /** For `problem`: where the customer can put it right, such as the plan step. */
  fix?: { title: string; href: string };
}

/** The part that is asked again; the page selects it by its id. */
function Progress(props: GoingLivePageProps): VNode {
  const over = props.state === 'live' || props.state === 'problem';
  const counted = props.tasks.filter(({ uncounted, isComing }) => !uncounted && !isComing);
  const done = counted.filter(({ state }) => state === 'done' || state === 'skipped').length;
  const liveText = props.tasks.some(({ isComing }) => isComing) ? setupCopy.liveComing : setupCopy.live;
  const polling = over ? {} : pollEvery('2s', props.path, 'going-live');
  return (
    <div id="going-live" {...polling}>
      <PageHeader
        title={copy.titles[props.state]}
        purpose={
          props.state === 'live'
            ? liveText
            : `${done} of ${counted.length} steps done. You can close this page; we’ll email you when it’s done.`
        }
      />
      {props.problem ? (
        <Notice tone="attention" icon="alert-triangle">
          {props.problem}
        </Notice>
      ) : null}
      <progress class="bz-progress" max={counted.length} value={done} aria-label="Steps done" />
      <div class="bz-panel" aria-live="polite">
        <StepList
          label={copy.tasks}
          steps={props.tasks.map((task) => ({
            title: task.title,
            unnumbered: task.uncounted,
            state: task.isComing ? 'coming' : task.state,
            word: task.isComing ? setupCopy.coming : task.note,
            current: task.state === 'running',
            aside: task.since ? <Time at={task.since} /> : undefined,
          }))}
        />
      </div>
      <div class="bz-actions">
        {props.state === 'live' ? (
          <LinkButton href="/app" look="primary">
            {copy.open}
          </LinkButton>
        ) : props.fix ? (
          <LinkButton href={props.fix.href} look="primary">
            {props.fix.title}
          </LinkButton>
        ) : (
          <LinkButton href={props.path} look="quiet" icon="refresh">
            {copy.refresh}
          </LinkButton>
        )}
      </div>
    </div>
  );
}

export function GoingLivePage(props: GoingLivePageProps): VNode {
  return (
    <Shell frame={props.frame} title={copy.titles[props.state]}>
      <div class="bz-narrow">
        <Progress {...props} />
      </div>
    </Shell>
  );
}
