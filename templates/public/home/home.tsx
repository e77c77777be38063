import type { VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import type { PageContext } from '../../page-context.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-names.ts';

export interface PublicHomePageProps {
  frame: PageContext;
}

const promises: readonly { icon: IconName; title: string; text: string }[] = [
  {
    icon: 'list-check',
    title: 'Set up once, step by step',
    text: 'Business, plan, tools, website, team. Stop whenever you like; every step is saved.',
  },
  {
    icon: 'route',
    title: 'Nothing gets lost',
    text: 'Work goes on after an outage where it stopped. You see what waits, since when and for whom.',
  },
  {
    icon: 'shield-check',
    title: 'Every act on record',
    text: 'Who did what, when and why, in a log that shows if anybody has tampered with it.',
  },
];

/** GET / for people who are not signed in. */
export function PublicHomePage(props: PublicHomePageProps): VNode {
  return (
    <Bare
      frame={props.frame}
      title="Run your business from one place"
      aside={<a href="/sign-in">Sign in</a>}
      wide
    >
      <div class="bz-hero">
        <h1>The back office of your business, running itself</h1>
        <p class="bz-purpose">
          {props.frame.brand.name} sets up your accounts, tools and team, and keeps the recurring work going.
          You decide; it does the rest and tells you when it needs you.
        </p>
        <div class="bz-actions">
          <LinkButton href="/sign-up" look="primary">
            Create your account
          </LinkButton>
        </div>
        <p class="bz-muted">You choose a plan during the set-up. Nothing is charged when you sign up.</p>
      </div>
      <ul class="bz-promises">
        {promises.map((promise) => (
          <li>
            <Icon name={promise.icon} />
            <h2>{promise.title}</h2>
            <p>{promise.text}</p>
          </li>
        ))}
      </ul>
    </Bare>
  );
}
