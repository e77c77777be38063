import type { ComponentChildren, VNode } from 'preact';
import { LinkButton } from '../../../ui/button.tsx';
import type { RunLink } from '../run-types.ts';

/** One act of the menu, with what it is for. */
export function ActItem(props: { hint: string; children: ComponentChildren }): VNode {
  return (
    <div class="bz-act">
      {props.children}
      <p class="bz-muted">{props.hint}</p>
    </div>
  );
}

/** An act that is asked for on a page of its own. */
export function ActLink(props: RunLink): VNode {
  return (
    <ActItem hint={props.hint}>
      <LinkButton href={props.href} look="quiet" icon={props.icon}>
        {props.title}
      </LinkButton>
    </ActItem>
  );
}
