import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PostButton } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Second } from '../../ui/time.tsx';
import { type ConnectionPageProps, pathOf } from './connection-props.ts';

/** What the service tells by itself: where, how it proves itself, and what came lately. */
export function Notices(
  props: ConnectionPageProps & { notices: NonNullable<ConnectionPageProps['notices']> },
): VNode {
  const { service, notices } = props;
  return (
    <Card
      title="Notices"
      note={`Where ${service.title} can tell you at once what has changed there. Keep this address to yourselves.`}
    >
      <CodeBlock label="Address for notices" text={notices.address} />
      {notices.secretWaits ? (
        <Notice tone="waiting" icon="info-circle">
          {service.title} has sent a token that has to be entered there before its notices come. It is shown
          once.
          <PostButton frame={props.frame} action={`${pathOf(props)}/secret`}>
            <SubmitButton>Show the token</SubmitButton>
          </PostButton>
        </Notice>
      ) : null}
      {notices.latest.length === 0 ? (
        <EmptyState
          icon="bell"
          title="Nothing has come yet"
          text={`What ${service.title} tells by itself is listed here.`}
        />
      ) : (
        <DataTable
          caption="Recent notices"
          rows={notices.latest}
          columns={[
            { title: 'What', render: (row) => row.type },
            { title: 'When', right: true, render: (row) => <Second at={row.at} /> },
          ]}
        />
      )}
    </Card>
  );
}

/** POST /app/connections/:server/secret: the only page that ever shows it. */
export function BroughtSecretPage(props: {
  frame: PageContext;
  service: { name: string; title: string };
  secret: string;
}): VNode {
  const { service } = props;
  const back = pathOf(props);
  return (
    <Shell frame={props.frame} title={`Token of ${service.title}`}>
      <PageHeader
        crumbs={[
          { title: 'Connections', href: '/app/connections' },
          { title: service.title, href: back },
        ]}
        title={`Token of ${service.title}`}
        purpose={`Enter it at ${service.title}, where you entered the address for notices. You cannot see it here again.`}
      />
      <Card>
        <CodeBlock label="Token" text={props.secret} />
        <LinkButton href={back}>I have entered it</LinkButton>
      </Card>
    </Shell>
  );
}
