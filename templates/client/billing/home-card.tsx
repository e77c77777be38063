import type { VNode } from 'preact';
import { Card } from '../../ui/card.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Day } from '../../ui/time.tsx';

export interface PlanCardProps {
  title: string;
  status: StateOf<'subscription'>;
  /** "€49 a month". */
  price: string;
  /** Next charge, as ISO time; null when nothing will be charged. */
  renewsAt: string | null;
}

/** The plan of a tenant, on the client's home. */
export function PlanCard(plan: PlanCardProps): VNode {
  return (
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
  );
}
