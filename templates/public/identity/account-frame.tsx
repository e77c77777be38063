import type { ComponentChildren, VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import { Shell } from '../../layout/shell.tsx';
import { SignOut } from '../../layout/sign-out.tsx';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { securityCenterCopy } from './copy.ts';

/**
 * The frame of a page about the own account. Who has to do this before anything else sees nothing that leads elsewhere
 * but the way out.
 */
export function AccountFrame(props: {
  frame: PageContext;
  title: string;
  purpose: string;
  /** Why it has to be done now; null where its person came here. */
  demanded: string | null;
  children: ComponentChildren;
}): VNode {
  const { frame, title, purpose, demanded } = props;
  if (demanded === null) {
    return (
      <Shell frame={frame} title={title}>
        <PageHeader
          crumbs={[{ title: securityCenterCopy.title, href: paths.accountSecurity }]}
          title={title}
          purpose={purpose}
        />
        {props.children}
      </Shell>
    );
  }
  return (
    <Bare frame={frame} title={title} aside={<SignOut frame={frame} />}>
      <h1>{title}</h1>
      <p class="bz-purpose">{purpose}</p>
      <Notice tone="attention" icon="alert-triangle">
        {demanded}
      </Notice>
      {props.children}
    </Bare>
  );
}
