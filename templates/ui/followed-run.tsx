import type { VNode } from 'preact';
import { paths, withQuery } from '../paths.ts';
import { Icon } from './icon.tsx';
import { streamFrom } from './live.ts';
import { type StateOf, statusOf } from './status.ts';

/** How a followed run ended. */
export interface RunEnding {
  /** "Tool call". */
  title: string;
  state: StateOf<'run'>;
  /** Why it was refused or failed; a public sentence. */
  cause: string | null;
  /** What it waits for the reader to do, after "to": "review its tools"; set where it has not ended. */
  pending?: string;
  /** Where its result is found. */
  href: string | null;
}

const endCopy = {
  /** "Tool call: Failed. The server didn’t answer in time." */
  text: ({ title, state, cause }: RunEnding) =>
    `${title}: ${statusOf('run', state).word}.${cause ? ` ${cause}` : ''}`,
  /** "Register server: waiting for you to read its tools." */
  pending: (title: string, pending: string) => `${title}: waiting for you to ${pending}.`,
  continue: 'Continue',
  result: 'See the result',
  details: 'See the details',
} as const;

/** The end of a followed run; the fragment that takes the place of the message. */
export function RunEnd(props: { ending: RunEnding }): VNode {
  const { ending } = props;
  const { icon, tone } = statusOf('run', ending.state);
  const { href, pending, state, title } = ending;
  const link = pending ? endCopy.continue : state === 'done' ? endCopy.result : endCopy.details;
  return (
    <div class={`bz-notice bz-${tone}`}>
      <Icon name={icon} />
      <div>
        {pending ? endCopy.pending(title, pending) : endCopy.text(ending)}{' '}
        {href ? <a href={href}>{link}</a> : null}
      </div>
    </div>
  );
}

/** A message about a run that was started: stays until the run has ended, then tells how. */
export function FollowedRun(props: { run: string; text: string }): VNode {
  return (
    <div id="followed-run" role="status" {...streamFrom(withQuery(paths.followRun, { run: props.run }))}>
      <div class="bz-notice bz-running">
        <Icon name="progress" />
        <div>{props.text}</div>
      </div>
    </div>
  );
}
