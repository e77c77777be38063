import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { LinkButton } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { invitationLinkCopy as copy } from './copy.ts';

/** Answer to POST /app/team/invitations/:id/link; the link is in no other page. */
export function InvitationLinkPage(props: { frame: PageContext; email: string; link: string }): VNode {
  return (
    <Shell frame={props.frame} title={copy.title}>
      <PageHeader
        crumbs={[{ title: 'Team', href: paths.team }]}
        title={copy.title}
        purpose={copy.purpose(props.email)}
      />
      <Notice tone="attention" icon="alert-triangle">
        {copy.once}
      </Notice>
      <CodeBlock label={copy.label} text={props.link} />
      <LinkButton href={paths.team}>Back to team</LinkButton>
    </Shell>
  );
}
