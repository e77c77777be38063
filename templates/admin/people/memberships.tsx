import type { VNode } from 'preact';
import { paths } from '../../paths.ts';
import { Card } from '../../ui/card.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { personCopy } from './copy.ts';

const copy = personCopy.memberships;

/** Where a person belongs, with what they may do there. */
export function Memberships(props: {
  userId: string;
  mayManage: boolean;
  memberships: readonly {
    tenantId: string;
    tenantName: string;
    roleTitle: string;
    status: 'active' | 'suspended';
    /** Titles of features that are switched off. */
    off: readonly string[];
  }[];
}): VNode {
  const { userId, mayManage, memberships } = props;
  if (memberships.length === 0) return <EmptyState icon="building-store" title={copy.none} />;
  return (
    <Card title={copy.title} flush>
      <DataTable
        caption={copy.title}
        rows={memberships}
        rowHref={({ tenantId }) => paths.tenant(tenantId)}
        columns={[
          { title: copy.tenant, render: ({ tenantName }) => tenantName },
          { title: copy.role, phone: 'label', render: ({ roleTitle }) => roleTitle },
          { title: copy.access, render: ({ status }) => <StatusBadge kind="person" state={status} /> },
          {
            title: copy.off,
            phone: 'label',
            render: ({ off }) =>
              off.length > 0 ? off.join(', ') : <span class="bz-muted">{copy.nothingOff}</span>,
          },
          ...(mayManage
            ? [
                {
                  title: copy.edit,
                  right: true,
                  render: ({ tenantId, tenantName }: { tenantId: string; tenantName: string }) => (
                    <LinkButton
                      small
                      href={paths.personMembership(userId, tenantId)}
                      label={copy.change(tenantName)}
                    >
                      {copy.edit}
                    </LinkButton>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}
