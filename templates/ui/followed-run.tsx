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
  /** Where its result is found. */
  href: string | null;
}

const endCopy = {
  /** "Tool call: Failed. The server didn’t answer in time." */
  text: ({ title, state, cause }: RunEnding) =>
    `${title}: ${statusOf('run', state).word}.${cause ? ` ${cause}` : ''}`,
  result: 'See the result',
  details: 'See the details',
} as const;

/** The end of a followed run; the fragment that takes the place of the message. */
export function RunEnd(props: { ending: RunEnding }): VNode {
  const { ending } = props;
  const { icon, tone } = statusOf('run', ending.state);
  return (
    <div class={`bz-notice bz-${tone}`}>
      <Icon name={icon} />
      <div>
        {endCopy.text(ending)}{' '}
        {ending.href ? (
          <a href={ending.href}>{ending.state === 'done' ? endCopy.result : endCopy.details}</a>
        ) : null}
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
