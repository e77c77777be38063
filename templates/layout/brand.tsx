import type { VNode } from 'preact';
import type { PageContext } from '../page-context.ts';

/** The brand's logo, or its first letter, with its name. */
export function Brand(props: { frame: PageContext; href: string }): VNode {
  const { brand } = props.frame;
  return (
    <a class="bz-brand" href={props.href}>
      {brand.logoUrl ? (
        <img src={brand.logoUrl} alt="" width="28" height="28" />
      ) : (
        <span class="bz-brand-mark" aria-hidden="true">
          {brand.name.slice(0, 1).toUpperCase()}
        </span>
      )}
      <span>{brand.name}</span>
    </a>
  );
}
