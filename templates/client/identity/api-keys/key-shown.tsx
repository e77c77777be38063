import type { VNode } from 'preact';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths } from '../../../paths.ts';
import { LinkButton } from '../../../ui/button.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Time } from '../../../ui/time.tsx';
import { apiKeysCopy } from './copy.ts';

const copy = apiKeysCopy.shown;

/** Answer to creating or rotating a key; it is in no other page. */
export function KeyShownPage(props: {
  frame: PageContext;
  name: string;
  /** The whole key. */
  secret: string;
  previousUntil: string | null;
}): VNode {
  return (
    <Shell frame={props.frame} title={copy.title}>
      <PageHeader
        crumbs={[{ title: apiKeysCopy.title, href: paths.apiKeys }]}
        title={copy.title}
        purpose={copy.purpose(props.name)}
      />
      <Notice tone="attention" icon="alert-triangle">
        {copy.once}
      </Notice>
      <CodeBlock label={copy.label} text={props.secret} />
      <CodeBlock label={copy.use} text="Authorization: Bearer <key>" />
      {props.previousUntil ? (
        <p>
          {copy.previous} <Time at={props.previousUntil} />
        </p>
      ) : null}
      <LinkButton href={paths.apiKeys}>{copy.back}</LinkButton>
    </Shell>
  );
}
