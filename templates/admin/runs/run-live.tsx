import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Localised } from '../../ui/locale.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { durationText } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { paths, withQuery } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { StepList } from '../../ui/step-list.tsx';
import type { StepItem } from '../../ui/step-list.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Duration, Moment, Time } from '../../ui/time.tsx';
import { workCopy } from './acts/copy.ts';
import { nextLabels, whyTitle } from './copy.ts';
import { alsoTitle, askText } from './why-copy.ts';
import { RunActionButton } from './run-actions.tsx';
import { RunStepPanel } from './run-step-panel.tsx';
import type { RunAction, RunHead, RunStep, WaitReason } from './run-types.ts';
import { RunTimeline } from './timeline/chart.tsx';

/** What changes while the page is open; the server-sent fragment takes the same. */
export interface RunLiveProps {
  frame: PageContext;
  run: RunHead;
  steps: readonly RunStep[];
  /** What must be mended first comes first; empty while it simply runs or has ended well. */
  whys: readonly WaitReason[];
  actions: readonly RunAction[];
  /** Key of the open tab; that of the chosen step is live too. */
  tab: string;
  /** Key of the chosen step; null where the run has none. */
  chosen: string | null;
  /** Content of any other tab. The fragment leaves it out, so the shown one stays. */
  panel?: VNode | null;
}

/** "Waiting for the customer · since 2 d 3 h · step 4 of 8 “Website” · reminder goes out tomorrow". */
function Sentence(props: { run: RunHead; steps: readonly RunStep[] }): VNode {
  const { run, steps } = props;
  const step = steps.find(({ state }) => !['done', 'skipped', 'upcoming', 'coming'].includes(state));
  const counted = steps.filter(({ uncounted }) => !uncounted);
  return (
    <p class="bz-run-sentence">
      <StatusBadge kind="run" state={run.state} word={run.stateText} />
      <span>
        {run.endedAt ? (
          <>
            ended <Time at={run.endedAt} />
          </>
        ) : (
          <>
            for <Duration since={run.since} />
          </>
        )}
      </span>
      {step && !run.endedAt ? (
        <span>
          {step.uncounted ? 'step' : `step ${counted.indexOf(step) + 1} of ${counted.length}`} “{step.title}”
        </span>
      ) : null}
      {run.endedAt ? (
        <span>took {durationText(Date.parse(run.endedAt) - Date.parse(run.startedAt))}</span>
      ) : null}
      {run.next ? (
        <span>
          {nextLabels[run.next.kind]} <Moment at={run.next.at} />
        </span>
      ) : null}
      {run.next?.closesAt && run.next.kind !== 'close' ? (
        <span>
          {nextLabels.close} <Moment at={run.next.closesAt} />
        </span>
      ) : null}
    </p>
  );
}

/** One cause; the heading belongs to the first, which must be mended before the others. */
function Why(props: RunLiveProps & { why: WaitReason; index: number }): VNode {
  const { why, actions, index, frame, run } = props;
  const offered = why.offer.flatMap((kind) => actions.find((action) => action.kind === kind) ?? []);
  // What one click does is shown before the click.
  const [first] = offered;
  return (
    <section class={`bz-why bz-${why.tone}`} aria-labelledby={`why-${index}`}>
      <div>
        <h2 id={`why-${index}`}>{index === 0 ? whyTitle(run.state) : alsoTitle}</h2>
        <p>{why.text}</p>
        {why.ask ? <p class="bz-muted">{askText(why.ask)}</p> : null}
        {first?.oneClickReason ? <p class="bz-muted">{first.happens}</p> : null}
      </div>
      {offered.length > 0 || why.link ? (
        <div class="bz-actions">
          {offered.map((action, at) => (
            <RunActionButton frame={frame} run={run} action={action} look={at === 0 ? 'primary' : 'plain'} />
          ))}
          {why.link ? <LinkButton href={why.link.href}>{why.link.title}</LinkButton> : null}
        </div>
      ) : null}
    </section>
  );
}

const tabTitles = [
  ['steps', 'Step'],
  ['work', workCopy.tab],
  ['history', 'History'],
  ['data', 'Inputs & results'],
  ['related', 'Related'],
  ['audit', 'Audit'],
  ['stack', 'Call stack'],
] as const;

function RunTabs(props: { runId: string; current: string }): VNode {
  const at = (tab?: string) => withQuery(paths.run(props.runId), { tab });
  return (
    <Tabs
      label="Parts of the run"
      current={props.current}
      tabs={tabTitles.map(([key, title]) => ({ key, title, href: at(key === 'steps' ? undefined : key) }))}
    />
  );
}

function asideOf(step: RunStep): StepItem['aside'] {
  if (step.startedAt && step.endedAt)
    return durationText(Date.parse(step.endedAt) - Date.parse(step.startedAt));
  if (step.since && step.state !== 'upcoming') return <Duration since={step.since} />;
  return undefined;
}

/** Everything of the run page that updates live. */
export function RunLive(props: RunLiveProps): VNode {
  const { run, steps } = props;
  return (
    <Localised frame={props.frame}>
      <div class="bz-run-top">
        <Sentence run={run} steps={steps} />
        <p class="bz-updated" data-updated role="status" hidden={run.endedAt !== null}>
          <Icon name="refresh" />
          <span data-updated-text>Live</span>
        </p>
      </div>
      {props.whys.map((why, index) => (
        <Why {...props} why={why} index={index} />
      ))}
      <div class="bz-run-grid">
        <Card title="Steps" flush class="bz-run-steps">
          <StepList
            label="Steps of this run"
            steps={steps.map((step) => ({
              title: step.title,
              state: step.state,
              word: step.word,
              unnumbered: step.uncounted,
              aside: asideOf(step),
              href: withQuery(paths.run(run.id), { step: step.key }),
              current: props.tab === 'steps' && step.key === props.chosen,
            }))}
          />
        </Card>
        <div class="bz-run-right">
          <Card title="Timeline">
            <RunTimeline steps={steps} ended={run.endedAt !== null} />
          </Card>
          <RunTabs runId={run.id} current={props.tab} />
          {props.tab === 'steps' ? (
            <RunStepPanel step={steps.find(({ key }) => key === props.chosen)} />
          ) : (
            <div id="run-panel" hx-morph-skip="">
              {props.panel}
            </div>
          )}
        </div>
      </div>
    </Localised>
  );
}
