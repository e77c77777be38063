import type { VNode } from 'preact';
import { roleTitles, type TenantRole } from '../../../db/domain/roles.ts';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PostButton } from '../../ui/form.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { businessesCopy as copy } from './copy.ts';

export interface OwnBusiness {
  id: string;
  name: string;
  role: TenantRole;
  current: boolean;
}

/** GET /businesses; POST /businesses/:tenantId switches. */
export function BusinessesPage(props: { frame: PageContext; businesses: readonly OwnBusiness[] }): VNode {
  const { frame, businesses } = props;
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader title={copy.title} purpose={copy.purpose} />
      {businesses.length > 0 ? (
        <DataTable
          caption={copy.title}
          rows={businesses}
          columns={[
            { title: 'Business', render: (row) => <strong>{row.name}</strong> },
            { title: 'Your role', phone: 'label', render: (row) => roleTitles[row.role] },
            {
              title: 'Switch',
              right: true,
              render: (row) =>
                row.current ? (
                  <span class="bz-muted">{copy.current}</span>
                ) : (
                  <PostButton frame={frame} action={paths.business(row.id)}>
                    <SubmitButton small>{copy.open(row.name)}</SubmitButton>
                  </PostButton>
                ),
            },
          ]}
        />
      ) : (
        <EmptyState icon="building-store" {...copy.none} />
      )}
    </Shell>
  );
}
