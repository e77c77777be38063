import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import { Shortcuts, shortcutsTitle } from '../../layout/shortcuts.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Day } from '../../ui/time.tsx';
import { changes, helpCopy } from './copy.ts';

export interface HelpPageProps {
  frame: PageContext;
  actions: readonly { title: string; href: string }[];
}

/** GET /help */
export function HelpPage(props: HelpPageProps): VNode {
  const { frame, actions } = props;
  return (
    <Shell frame={frame} title={helpCopy.title}>
      <PageHeader title={helpCopy.title} purpose={helpCopy.purpose} />
      <div class="bz-grid">
        {actions.length > 0 ? (
          <Card title={helpCopy.actions}>
            <p>{helpCopy.actionsText}</p>
            <ul class="bz-roomy">
              {actions.map(({ title, href }) => (
                <li>
                  <a href={href}>{title}</a>
                </li>
              ))}
            </ul>
          </Card>
        ) : null}
        <Card title={shortcutsTitle}>
          <Shortcuts />
        </Card>
        <Card title={helpCopy.docs}>
          <p>{helpCopy.docsText}</p>
          <LinkButton href={paths.docs}>{helpCopy.viewDocs}</LinkButton>
        </Card>
        <Card title={helpCopy.status}>
          <p>{helpCopy.statusText}</p>
          <LinkButton href={paths.status}>{helpCopy.viewStatus}</LinkButton>
        </Card>
        <Card title={helpCopy.whatsNew}>
          {changes.map(({ on, title, text }) => (
            <>
              <h3>{title}</h3>
              <p>
                {text}{' '}
                <span class="bz-muted">
                  <Day at={`${on}T12:00:00Z`} />
                </span>
              </p>
            </>
          ))}
        </Card>
      </div>
    </Shell>
  );
}
