import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { backupCodesCopy as copy, securityCenterCopy } from './copy.ts';

/** What adding a second factor and replacing its backup codes answer: shown once and never again. */
export function BackupCodesPage(props: {
  frame: PageContext;
  codes: readonly string[];
  continueHref: string;
}): VNode {
  const { frame, codes } = props;
  const text = `data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join('\n')}\n`)}`;
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader
        crumbs={[{ title: securityCenterCopy.title, href: paths.accountSecurity }]}
        title={copy.title}
        purpose={copy.purpose}
      />
      <Notice tone="attention" icon="alert-triangle">
        {copy.once}
      </Notice>
      <Card>
        <ul class="bz-codes" aria-label={copy.list}>
          {codes.map((code) => (
            <li>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <div class="bz-actions">
          <a class="btn" href={text} download={copy.file}>
            {copy.download}
          </a>
          <LinkButton href={props.continueHref} look="primary">
            {copy.continue}
          </LinkButton>
        </div>
      </Card>
    </Shell>
  );
}
