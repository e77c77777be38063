import type { VNode } from 'preact';
import { assetUrls } from '../layout/assets.ts';
import { iconNames } from './icon-names.ts';
import type { IconName } from './icon-names.ts';

const known: ReadonlySet<string> = new Set(iconNames);

/** An icon of the sprite, hidden from screen readers: words stand beside it. Unknown names become a circle. */
export function Icon(props: { name: IconName | (string & {}); class?: string }): VNode {
  const name = known.has(props.name) ? props.name : 'circle';
  return (
    <svg class={props.class ? `bz-i ${props.class}` : 'bz-i'} aria-hidden="true">
      <use href={`${assetUrls.icons}#${name}`} />
    </svg>
  );
}
