import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { NeedsList } from '../../ui/needs-list.tsx';
import type { NeedsItem } from '../../ui/needs-list.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Day } from '../../ui/time.tsx';
import { SetupProgress } from '../onboarding/setup-shell.tsx';
import type { SetupStepItem } from '../onboarding/setup-shell.tsx';

export interface ChosenService {
  name: string;
  title: string;
  state: StateOf<'connection'>;
}

export interface ClientHomePageProps {
  frame: PageContext;
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
  /** The services chosen in the set-up; null where there are none, or all are connected. */
  services: readonly ChosenService[] | null;
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

function ServicesCard(props: { services: readonly ChosenService[] }): VNode {
  const done = props.services.filter(({ state }) => state === 'connected').length;
  return (
    <Card
      title="Connect your services"
      note={`${done} of ${props.services.length} you chose in the set-up are connected.`}
      action={<a href="/app/integrations">Connections</a>}
      flush
    >
      <DataTable
        caption="Services you chose"
        rows={props.services}
        rowHref={({ name }) => `/app/integrations/${name}`}
        columns={[
          { title: 'Service', render: ({ title }) => title },
          {
            title: 'State',
            right: true,
            render: ({ state }) => <StatusBadge kind="connection" state={state} />,
          },
        ]}
      />
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
      {props.services ? <ServicesCard services={props.services} /> : null}
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
