import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PostButton } from '../../ui/form.tsx';
import { Count } from '../../ui/money.tsx';
import { paths } from '../../paths.ts';
import { ServerName } from '../../ui/server-logo.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Time } from '../../ui/time.tsx';

export interface TenantConnection {
  server: string;
  title: string;
  state: StateOf<'connection'>;
  since: string;
  /** Of the last thirty days. */
  calls: number;
  errors: number;
  /** The last failed call, in words. */
  lastError: { text: string; at: string } | null;
}

/** A tenant's connections with their state and usage; support staff can test one. */
export function TenantConnections(props: {
  frame: PageContext;
  tenantId: string;
  connections: readonly TenantConnection[];
  mayTest: boolean;
}): VNode {
  const { frame, tenantId, mayTest } = props;
  if (props.connections.length === 0) {
    return (
      <EmptyState
        icon="plug-connected"
        title="No connections"
        text="The tenant’s own people connect MCP servers."
      />
    );
  }
  return (
    <DataTable
      caption="Connections"
      rows={props.connections}
      rowHref={({ server }) => paths.server(server)}
      columns={[
        { title: 'Server', render: (row) => <ServerName name={row.server} title={row.title} /> },
        { title: 'State', render: (row) => <StatusBadge kind="connection" state={row.state} /> },
        { title: 'Since', phone: 'label', render: (row) => <Time at={row.since} /> },
        {
          title: 'Last problem',
          phone: 'label',
          render: (row) =>
            row.lastError ? (
              <>
                {row.lastError.text} <Time at={row.lastError.at} />
              </>
            ) : (
              'None'
            ),
        },
        {
          title: 'Calls in 30 days',
          right: true,
          phone: 'label',
          render: (row) => <Count value={row.calls} />,
        },
        { title: 'Failed', right: true, phone: 'label', render: (row) => <Count value={row.errors} /> },
        ...(mayTest
          ? [
              {
                title: 'Help',
                right: true,
                render: (row: TenantConnection) =>
                  row.state === 'disconnected' ? null : (
                    <PostButton frame={frame} action={paths.tenantConnectionTest(tenantId, row.server)}>
                      <SubmitButton small label={`Test the connection to ${row.title}`}>
                        Test
                      </SubmitButton>
                    </PostButton>
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}
