import type { VNode } from 'preact';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { DialogButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ReasonDialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { Time } from '../../ui/time.tsx';
import { sessionsCopy as copy } from './copy.ts';

export interface TenantSessionsProps {
  frame: PageContext;
  tenant: { id: string; name: string };
  /** Open sessions, the one seen last first. */
  sessions: readonly {
    id: string;
    userId: string;
    userName: string;
    device: string;
    ip: string | null;
    lastSeenAt: string;
    viewedBy: string | null;
  }[];
  requestKey: string;
  refused?: FormState;
}

/** Tab of a tenant; POST /admin/tenants/:tenantId/sessions/revoke (reason, requestKey). */
export function TenantSessions({ frame, tenant, sessions, requestKey, refused }: TenantSessionsProps): VNode {
  if (sessions.length === 0) return <EmptyState icon="lock" {...copy.tenantEmpty} />;
  return (
    <>
      <p class="bz-muted">{copy.tenantPurpose}</p>
      <DataTable
        caption={copy.title}
        rows={sessions}
        rowHref={({ userId }) => paths.personSessions(userId)}
        columns={[
          {
            title: 'Person',
            render: ({ userName, viewedBy }) =>
              viewedBy ? `${userName} (${copy.viewedBy(viewedBy)})` : userName,
          },
          { title: 'Device', phone: 'label', render: ({ device }) => device },
          { title: 'IP address', phone: 'label', render: ({ ip }) => ip ?? '–' },
          { title: 'Last seen', phone: 'label', render: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
        ]}
      />
      <div class="bz-actions">
        <DialogButton dialog="sessions" look="danger">
          {copy.tenant.open}
        </DialogButton>
      </div>
      <ReasonDialog
        {...{ frame, danger: true }}
        action={paths.tenantSessionsRevoke(tenant.id)}
        id="sessions"
        title={copy.tenant.title(tenant.name)}
        happens={copy.tenant.happens}
        stays={copy.tenant.stays}
        hidden={{ requestKey }}
        submit={copy.tenant.submit}
        {...(refused && { state: refused })}
      />
    </>
  );
}
