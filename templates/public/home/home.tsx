import type { VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import type { PageContext } from '../../page-context.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-names.ts';
import { paths } from '../../paths.ts';
import { publicHomeCopy as copy } from './copy.ts';

export interface PublicHomePageProps {
  frame: PageContext;
}

const promises: readonly { icon: IconName; title: string; text: string }[] = [
  { icon: 'list-check', ...copy.promises.setup },
  { icon: 'route', ...copy.promises.durable },
  { icon: 'shield-check', ...copy.promises.audited },
];

/** GET / for people who are not signed in. */
export function PublicHomePage(props: PublicHomePageProps): VNode {
  return (
    <Bare frame={props.frame} title={copy.documentTitle} aside={<a href={paths.signIn}>Sign in</a>} wide>
      <div class="bz-hero">
        <h1>{copy.title}</h1>
        <p class="bz-purpose">{copy.purpose(props.frame.brand.name)}</p>
        <div class="bz-actions">
          <LinkButton href={paths.signUp} look="primary">
            Create account
          </LinkButton>
        </div>
        <p class="bz-muted">{copy.charge}</p>
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
