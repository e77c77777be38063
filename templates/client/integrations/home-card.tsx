import type { VNode } from 'preact';
import { paths } from '../../paths.ts';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ServerName } from '../../ui/server-logo.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { homeCopy } from './copy.ts';

export interface ChosenServer {
  name: string;
  title: string;
  /** As it is shown: one that is turned off says so. */
  state: StateOf<'connection'>;
  /** Whether the connection is there, be the server turned off or not. */
  isConnected: boolean;
}

/** The servers chosen during setup, until all of them are connected; on the client's home. */
export function ChosenServersCard(props: { servers: readonly ChosenServer[] }): VNode {
  const done = props.servers.filter(({ isConnected }) => isConnected).length;
  return (
    <Card
      title={homeCopy.chosenTitle}
      note={homeCopy.chosenNote(done, props.servers.length)}
      action={<a href={paths.integrations}>{homeCopy.all}</a>}
      flush
    >
      <DataTable
        caption={homeCopy.chosenCaption}
        rows={props.servers}
        rowHref={({ name }) => paths.integration(name)}
        columns={[
          { title: 'Integration', render: (row) => <ServerName {...row} /> },
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
