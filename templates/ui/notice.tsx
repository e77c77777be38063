import type { ComponentChildren, VNode } from 'preact';
import type { BannerData, PageContext } from '../page-context.ts';
import { FollowedRun } from './followed-run.tsx';
import { Icon } from './icon.tsx';
import type { Tone } from './status.ts';

const flashLook = {
  done: { icon: 'circle-check', tone: 'done' },
  problem: { icon: 'alert-circle', tone: 'failed' },
  note: { icon: 'info-circle', tone: 'running' },
} as const;

/** What just happened, once, above the page. */
export function Flash(props: { flash: PageContext['flash'] }): VNode | null {
  if (!props.flash) return null;
  const { kind, run, text } = props.flash;
  if (run !== undefined) return <FollowedRun run={run} text={text} />;
  const look = flashLook[kind];
  return (
    <div class={`bz-notice bz-${look.tone}`} role={kind === 'problem' ? 'alert' : 'status'}>
      <Icon name={look.icon} />
      <div>{text}</div>
    </div>
  );
}

/** Something to know while on this page. */
export function Notice(props: {
  tone: Tone;
  icon: 'info-circle' | 'alert-triangle' | 'circle-check';
  children: ComponentChildren;
}): VNode {
  return (
    <div class={`bz-notice bz-${props.tone}`}>
      <Icon name={props.icon} />
      <div>{props.children}</div>
    </div>
  );
}

const bannerIcon = { info: 'info-circle', warning: 'alert-triangle', danger: 'alert-triangle' } as const;

/** A state of the whole account: impersonation, overdue payment, maintenance. Above everything. */
export function Banner(props: { banner: BannerData }): VNode {
  const { action, kind, text } = props.banner;
  return (
    <div class={`bz-banner bz-banner-${kind}`}>
      <Icon name={bannerIcon[kind]} />
      <span>{text}</span>
      {action ? (
        <a class="btn btn-sm" href={action.href}>
          {action.title}
        </a>
      ) : null}
    </div>
  );
}
