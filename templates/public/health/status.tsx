import type { VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import { SiteNav } from '../../layout/site-nav.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Time } from '../../ui/time.tsx';
import { statusCopy as copy } from './copy.ts';

export interface StatusPageProps {
  frame: PageContext;
  ready: Readonly<Record<keyof typeof copy.parts, boolean>>;
  /** ISO time. */
  checkedAt: string;
}

function Part(props: { title: string; text: string; works: boolean }): VNode {
  return (
    <li>
      <div>
        <strong>{props.title}</strong>
        <p class="bz-muted">{props.text}</p>
      </div>
      <span class={props.works ? 'bz-st bz-done' : 'bz-st bz-failed'}>
        <Icon name={props.works ? 'circle-check' : 'circle-x'} />
        {props.works ? copy.working : copy.notWorking}
      </span>
    </li>
  );
}

/** GET /status: what answers right now, in words. */
export function StatusPage({ frame, ready, checkedAt }: StatusPageProps): VNode {
  const parts = Object.entries(copy.parts) as [keyof typeof copy.parts, { title: string; text: string }][];
  const allWork = Object.values(ready).every(Boolean);
  return (
    <Bare frame={frame} title={copy.title} aside={<SiteNav frame={frame} />} wide>
      <div class="bz-narrow">
        <h1>{allWork ? copy.allWork : copy.someFail}</h1>
        <p class="bz-purpose">
          {copy.checked} <Time at={checkedAt} />. {allWork ? null : copy.safe}
        </p>
        <ul class="bz-card bz-lines bz-site-status">
          <Part {...copy.portal} works />
          {parts.map(([key, words]) => (
            <Part {...words} works={ready[key]} />
          ))}
        </ul>
        <div class="bz-actions">
          <LinkButton href={paths.status} icon="refresh">
            {copy.reload}
          </LinkButton>
        </div>
      </div>
    </Bare>
  );
}
