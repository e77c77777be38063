import type { VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { SignOut } from '../../layout/sign-out.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { CopyId } from '../../ui/code-block.tsx';
import { paths } from '../../paths.ts';
import { errorPageCopy as copy } from './copy.ts';

export interface ErrorPageProps {
  frame: PageContext;
  status: number;
  /** What happened: "Page not found". */
  title: string;
  /** What it means, where the title doesn't say it all; public. */
  text?: string;
  /** What to do next. */
  advice: string;
  requestId: string;
  /** The next step; the start page when left out. */
  action?: { title: string; href: string };
}

function ErrorText(props: ErrorPageProps): VNode {
  const action = props.action ?? { title: copy.home, href: paths.home };
  return (
    <div class="bz-panel bz-error-page">
      <p class="bz-error-status">{props.status}</p>
      <h1>{props.title}</h1>
      {props.text ? <p>{props.text}</p> : null}
      <p>{props.advice}</p>
      <div class="bz-actions">
        <LinkButton href={action.href} look="primary">
          {action.title}
        </LinkButton>
      </div>
      <p class="bz-muted">
        {copy.requestId} <CopyId id={props.requestId} label={copy.idLabel} />
      </p>
    </div>
  );
}

/** Any refusal or failure, inside the shell of a signed-in viewer or the bare frame of others. */
export function ErrorPage(props: ErrorPageProps): VNode {
  if (props.frame.viewer && props.frame.nav.length > 0) {
    return (
      <Shell frame={props.frame} title={props.title}>
        <ErrorText {...props} />
      </Shell>
    );
  }
  return (
    <Bare
      frame={props.frame}
      title={props.title}
      aside={props.frame.viewer && <SignOut frame={props.frame} />}
    >
      <ErrorText {...props} />
    </Bare>
  );
}
