import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PostButton } from '../../ui/form.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Timeline } from '../../ui/timeline.tsx';
import { securityCenterCopy as copy } from './copy.ts';
import { type OwnSessionRow, OwnSessions } from './own-sessions.tsx';
import { methodsCopy } from './provider-copy.ts';
import { SecondFactorCard } from './second-factor-card.tsx';

export interface SecurityCenterPageProps {
  frame: PageContext;
  hasSecondFactor: boolean;
  /** Backup codes that were not used. */
  codesLeft: number;
  sessions: readonly OwnSessionRow[];
  /** Newest first. `by`: who did it, where that was someone else. */
  events: readonly {
    text: string;
    at: string;
    by: string | null;
    device: string | null;
    ip: string | null;
  }[];
}

/** GET /account/security */
export function SecurityCenterPage(props: SecurityCenterPageProps): VNode {
  const { frame, sessions, events } = props;
  const hasOthers = sessions.some(({ open, current }) => open && !current);
  const endOthers = hasOthers ? (
    <PostButton frame={frame} action={paths.ownSessionsEndOthers}>
      <SubmitButton small>{copy.sessions.endOthers}</SubmitButton>
    </PostButton>
  ) : undefined;
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader title={copy.title} purpose={copy.purpose} />
      <Card
        title={copy.password.title}
        action={<LinkButton href={paths.password}>{copy.password.change}</LinkButton>}
      >
        <p>{copy.password.text}</p>
      </Card>
      <SecondFactorCard frame={frame} isOn={props.hasSecondFactor} codesLeft={props.codesLeft} />
      <Card
        title={methodsCopy.card}
        action={<LinkButton href={paths.signInMethods}>{methodsCopy.open}</LinkButton>}
      >
        <p>{methodsCopy.cardText}</p>
      </Card>
      <Card
        title={copy.apiKeys.title}
        action={<LinkButton href={paths.apiKeys}>{copy.apiKeys.open}</LinkButton>}
      >
        <p>{copy.apiKeys.text}</p>
      </Card>
      <Card title={copy.sessions.title} note={copy.sessions.note} action={endOthers} flush>
        <OwnSessions frame={frame} sessions={sessions} />
      </Card>
      <Card title={copy.events.title} note={copy.events.help}>
        {events.length > 0 ? (
          <Timeline
            label={copy.events.title}
            items={events.map(({ text, at, by, device, ip }) => ({
              at,
              title: text,
              text: [by && copy.sessions.by(by), device, ip].filter(Boolean).join(' · ') || undefined,
            }))}
          />
        ) : (
          <EmptyState icon="shield-check" {...copy.events.none} />
        )}
      </Card>
    </Shell>
  );
}
