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
import { paths } from '../../paths.ts';
import { type ConnectionPageProps, pathOf } from './connection-props.ts';
import { webhooksCopy } from './copy.ts';
import { marketplaceCopy } from './marketplace-copy.ts';

/** The webhook URL, the verification token while it is pending, and the latest deliveries. */
export function Webhooks(
  props: ConnectionPageProps & { webhooks: NonNullable<ConnectionPageProps['webhooks']> },
): VNode {
  const { server, webhooks } = props;
  return (
    <Card title={webhooksCopy.title} note={webhooksCopy.note(server.title)}>
      <CodeBlock label={webhooksCopy.url} text={webhooks.url} />
      {webhooks.secretPending ? (
        <Notice tone="waiting" icon="info-circle">
          {webhooksCopy.secretPending(server.title)}
          <PostButton frame={props.frame} action={paths.integrationAction(server.name, 'webhook-secret')}>
            <SubmitButton>{webhooksCopy.reveal}</SubmitButton>
          </PostButton>
        </Notice>
      ) : null}
      {webhooks.latest.length === 0 ? (
        <EmptyState icon="bell" title={webhooksCopy.emptyTitle} text={webhooksCopy.emptyText(server.title)} />
      ) : (
        <DataTable
          caption={webhooksCopy.caption}
          rows={webhooks.latest}
          columns={[
            { title: 'What', render: (row) => row.type },
            { title: 'When', right: true, render: (row) => <Second at={row.at} /> },
          ]}
        />
      )}
    </Card>
  );
}

/** POST /app/integrations/:server/webhook-secret: the only page that ever shows it. */
export function WebhookSecretPage(props: {
  frame: PageContext;
  server: { name: string; title: string };
  secret: string;
}): VNode {
  const { server } = props;
  const back = pathOf(props);
  return (
    <Shell frame={props.frame} title={webhooksCopy.secretTitle(server.title)}>
      <PageHeader
        crumbs={[
          { title: marketplaceCopy.title, href: paths.integrations },
          { title: server.title, href: back },
        ]}
        title={webhooksCopy.secretTitle(server.title)}
        purpose={webhooksCopy.secretPurpose(server.title)}
      />
      <Card>
        <CodeBlock label={webhooksCopy.token} text={props.secret} />
        <LinkButton href={back}>{webhooksCopy.entered}</LinkButton>
      </Card>
    </Shell>
  );
}
