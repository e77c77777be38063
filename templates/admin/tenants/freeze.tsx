import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import { paths, withQuery } from '../../paths.ts';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Time } from '../../ui/time.tsx';
import { freezeCopy as copy } from './freeze-copy.ts';
import { FreezePanel, type FreezePanelProps } from './freeze-panel.tsx';

export interface FreezePageProps extends Omit<FreezePanelProps, 'tenant'> {
  /** Tenants with a freeze of their own, the longest frozen first. */
  tenants: readonly { tenantId: string; tenantName: string; since: string; by: string; reason: string }[];
}

/** GET /admin/freeze */
export function FreezePage({ tenants, ...panel }: FreezePageProps): VNode {
  return (
    <Shell frame={panel.frame} title={copy.title}>
      <PageHeader title={copy.title} purpose={copy.purpose} />
      <FreezePanel {...panel} />
      <Card title={copy.tenants}>
        {tenants.length === 0 ? (
          <EmptyState icon="player-pause" {...copy.empty} />
        ) : (
          <DataTable
            caption={copy.tenants}
            rows={tenants}
            rowHref={({ tenantId }) => withQuery(paths.tenant(tenantId), { tab: 'freeze' })}
            columns={[
              { title: copy.tenant, render: ({ tenantName }) => tenantName },
              { title: copy.facts.since, phone: 'label', render: ({ since }) => <Time at={since} /> },
              { title: copy.facts.by, phone: 'label', render: ({ by }) => by },
              { title: copy.facts.reason, phone: 'label', render: ({ reason }) => reason },
            ]}
          />
        )}
      </Card>
    </Shell>
  );
}
