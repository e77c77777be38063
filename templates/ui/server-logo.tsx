import type { VNode } from 'preact';
import { assetUrls } from '../layout/assets.ts';
import { logoNames } from './logo-names.ts';

const known: ReadonlySet<string> = new Set(logoNames);

/** How many tile colours server-logo.css has. */
export const tileColours = 8;

/** The tile colour of a name, from 1: the same on every page and machine. */
export function tileOf(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return (hash % tileColours) + 1;
}

/** The first letter or digit of a title, in capitals. */
function initialOf(title: string): string {
  return /[\p{L}\p{N}]/u.exec(title)?.[0].toUpperCase() ?? '?';
}

/**
 * The logo of a server: its mark, or its initial on a coloured tile for one without a mark, such as a third party's.
 * Decorative: its name is beside it.
 */
export function ServerLogo(props: { name: string; title: string; size?: 'small' | 'large' }): VNode {
  const { name, title, size } = props;
  const look = size ? `bz-logo bz-logo-${size}` : 'bz-logo';
  if (known.has(name)) {
    return (
      <svg class={look} aria-hidden="true">
        <use href={`${assetUrls.logos}#${name}`} />
      </svg>
    );
  }
  return (
    <span class={`${look} bz-tile-${tileOf(name)}`} aria-hidden="true">
      {initialOf(title)}
    </span>
  );
}

/** A server as people recognise it: its logo, then its name. */
export function ServerName(props: { name: string; title: string }): VNode {
  return (
    <span class="bz-server">
      <ServerLogo {...props} size="small" />
      <span>{props.title}</span>
    </span>
  );
}
