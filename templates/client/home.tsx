import type { VNode } from 'preact';
import type { Frame } from '../layout/frame.ts';
import { Shell } from '../layout/shell.tsx';
import { LinkButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { KeyFacts } from '../ui/key-facts.tsx';
import { NeedsList } from '../ui/needs-list.tsx';
import type { NeedsItem } from '../ui/needs-list.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { paths } from '../ui/paths.ts';
import { StatusBadge } from '../ui/status-badge.tsx';
import type { StateOf } from '../ui/status.ts';
import { Day } from '../ui/time.tsx';
import { SetupProgress } from './setup-shell.tsx';
import type { SetupStepItem } from './setup-shell.tsx';

export interface ClientHomePageProps {
  frame: Frame;
  businessName: string;
  needs: readonly NeedsItem[];
  /** Null once live. `continueStep` is null while everything is being put in place. */
  setup: { steps: readonly SetupStepItem[]; continueStep: string | null; maySubmit: boolean } | null;
  plan: {
    title: string;
    status: StateOf<'subscription'>;
    /** "€49 a month". */
    price: string;
    /** Next charge; null when nothing will be charged. */
    renewsAt: string | null;
  } | null;
  team: { people: number; pending: number } | null;
}

function SetupCard(props: { setup: NonNullable<ClientHomePageProps['setup']> }): VNode {
  const { setup } = props;
  const left = setup.steps.filter((step) => step.state !== 'done' && step.state !== 'skipped').length;
  const href = setup.continueStep ? paths.setupStep(setup.continueStep) : '/app/setup';
  return (
    <Card
      title="Set-up"
      class="bz-setup-card"
      note={
        setup.continueStep
          ? `${left} of ${setup.steps.length} steps are left. Everything you entered is saved.`
          : 'We are putting everything in place.'
      }
      flush
      action={
        setup.maySubmit ? (
          <LinkButton href={href} look="primary">
            {setup.continueStep ? 'Continue the set-up' : 'Watch it happen'}
          </LinkButton>
        ) : undefined
      }
    >
      <SetupProgress steps={setup.steps} />
    </Card>
  );
}

/** GET /app */
export function ClientHomePage(props: ClientHomePageProps): VNode {
  const { plan, setup, team } = props;
  return (
    <Shell frame={props.frame} title="Home">
      <PageHeader title={props.businessName} purpose="What needs you, and how things stand." />
      {props.needs.length > 0 || !setup ? (
        <Card title="What needs you" flush>
          <NeedsList items={props.needs} nothing="We write to you and tell you here when something does." />
        </Card>
      ) : null}
      {setup ? <SetupCard setup={setup} /> : null}
      <div class="bz-grid">
        {plan ? (
          <Card title="Plan" action={<a href="/app/billing">Billing</a>}>
            <KeyFacts
              rows
              facts={[
                { label: 'Plan', value: plan.title },
                { label: 'State', value: <StatusBadge kind="subscription" state={plan.status} /> },
                { label: 'Price', value: plan.price },
                ...(plan.renewsAt ? [{ label: 'Next charge', value: <Day at={plan.renewsAt} /> }] : []),
              ]}
            />
          </Card>
        ) : null}
        {team ? (
          <Card title="Team" action={<a href="/app/team">Team</a>}>
            <KeyFacts
              rows
              facts={[
                { label: 'People', value: team.people },
                { label: 'Invited', value: team.pending },
              ]}
            />
          </Card>
        ) : null}
      </div>
    </Shell>
  );
}
