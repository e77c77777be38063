import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { DialogButton, SubmitButton } from '../../ui/button.tsx';
import type { ButtonLook } from '../../ui/button.tsx';
import { ReasonDialog } from '../../ui/dialog.tsx';
import { PostButton } from '../../ui/form.tsx';
import type { IconName } from '../../ui/icon-names.ts';
import { paths } from '../../paths.ts';
import { pauseCopy, replayCopy } from './acts/copy.ts';
import { actionButtons, asks, inRun, runsAgain } from './copy.ts';
import { type HelpKind, helpWords } from '../onboarding/copy.ts';
import { DaysField, helpIcons } from '../onboarding/help.tsx';
import type { RefusedAction, RunAction, RunActionKind, RunHead } from './run-types.ts';

interface Words {
  /** On the button; "…" says that a question follows. */
  button: string;
  title: (what: string) => string;
  submit: string;
  icon: IconName;
  danger: boolean;
}

function asHelp(kind: HelpKind): Words {
  const { button, title, submit } = helpWords[kind];
  return { button, title: (what) => title(what, ''), submit, icon: helpIcons[kind], danger: false };
}

const words: Record<RunActionKind, Words> = {
  remind: asHelp('remind'),
  extend: asHelp('extend'),
  'retry-step': { ...actionButtons['retry-step'], icon: 'refresh', danger: false },
  'skip-step': { ...actionButtons['skip-step'], icon: 'player-skip-forward', danger: false },
  'fail-step': { ...actionButtons['fail-step'], icon: 'flag', danger: true },
  pause: { ...pauseCopy.pause, icon: 'player-pause', danger: false },
  unpause: { ...pauseCopy.unpause, icon: 'player-play', danger: false },
  replay: { ...replayCopy, icon: 'list-check', danger: false },
  cancel: { ...actionButtons.cancel, icon: 'ban', danger: true },
  terminate: { ...actionButtons.terminate, icon: 'player-stop', danger: true },
};

/** What can't be undone, or ends the run. */
export const isDangerous = (kind: RunActionKind): boolean => words[kind].danger;

const dialogId = (kind: RunActionKind) => `do-${kind}`;
const addressOf = (run: RunHead, kind: RunActionKind) => `${paths.run(run.id)}/${kind}`;

/** The button of an action: posts at once where that is harmless, asks first where it is not. */
export function RunActionButton(props: {
  frame: PageContext;
  run: RunHead;
  action: RunAction;
  look?: ButtonLook;
}): VNode {
  const { action, run } = props;
  const said = words[action.kind];
  if (action.oneClickReason === undefined) {
    return (
      <DialogButton dialog={dialogId(action.kind)} look={props.look} icon={said.icon}>
        {asks(said.button)}
      </DialogButton>
    );
  }
  return (
    <PostButton
      frame={props.frame}
      action={addressOf(run, action.kind)}
      hidden={{ step: action.step?.key, reason: action.oneClickReason }}
    >
      <SubmitButton look={props.look} icon={said.icon}>
        {said.button}
      </SubmitButton>
    </PostButton>
  );
}

function RunsAgain(props: { titles: readonly string[] }): VNode | null {
  if (props.titles.length === 0) return null;
  return (
    <p>
      {runsAgain} <strong>{props.titles.join(', ')}</strong>.
    </p>
  );
}

/** The dialogs behind the buttons; outside the live part, so that an update never closes one. */
export function RunDialogs(props: {
  frame: PageContext;
  run: RunHead;
  actions: readonly RunAction[];
  refused?: RefusedAction;
}): VNode {
  const { run, refused } = props;
  const asking = props.actions.filter(
    (action) => action.oneClickReason === undefined || refused?.kind === action.kind,
  );
  return (
    <>
      {asking.map((action) => {
        const said = words[action.kind];
        const isHelp = action.kind === 'remind' || action.kind === 'extend';
        const whom = isHelp ? (run.tenant?.name ?? run.title) : run.title;
        return (
          <ReasonDialog
            frame={props.frame}
            id={dialogId(action.kind)}
            title={action.step ? inRun(said.title(action.step.title), run.title) : said.title(whom)}
            happens={action.happens}
            stays={action.stays}
            action={addressOf(run, action.kind)}
            hidden={{ step: action.step?.key }}
            submit={said.submit}
            danger={said.danger}
            state={refused?.kind === action.kind ? refused.state : undefined}
          >
            {action.kind === 'extend' ? <DaysField /> : null}
            <RunsAgain titles={action.runsAgain ?? []} />
          </ReasonDialog>
        );
      })}
    </>
  );
}
