import type { VNode } from 'preact';
import { paths } from '../../paths.ts';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';

export interface ChosenServer {
  name: string;
  title: string;
  state: StateOf<'connection'>;
}

/** The servers chosen during setup, until all of them are connected; on the client's home. */
export function ChosenServersCard(props: { servers: readonly ChosenServer[] }): VNode {
  const done = props.servers.filter(({ state }) => state === 'connected').length;
  return (
    <Card
      title="Connect your integrations"
      note={`${done} of ${props.servers.length} you chose during setup are connected.`}
      action={<a href={paths.integrations}>Integrations</a>}
      flush
    >
      <DataTable
        caption="Chosen integrations"
        rows={props.servers}
        rowHref={({ name }) => paths.integration(name)}
        columns={[
          { title: 'Integration', render: ({ title }) => title },
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
