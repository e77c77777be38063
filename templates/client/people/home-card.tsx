import type { VNode } from 'preact';
import { Card } from '../../ui/card.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';

/** How many people are in the team, and how many are invited; on the client's home. */
export function TeamCard(team: { people: number; pending: number }): VNode {
  return (
    <Card title="Team" action={<a href="/app/team">Team</a>}>
      <KeyFacts
        rows
        facts={[
          { label: 'People', value: team.people },
          { label: 'Invited', value: team.pending },
        ]}
      />
    </Card>
  );
}
