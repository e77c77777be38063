import type { VNode } from 'preact';
import { roleTitles, tenantRoles } from '../../../db/domain/roles.ts';
import type { TenantRole } from '../../../db/domain/roles.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { DialogButton, LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { Select, TextInput } from '../../ui/inputs.tsx';
import { ExportButton, ListCount } from '../../ui/list-head.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Time } from '../../ui/time.tsx';
import { paths } from '../../paths.ts';
import { membershipCopy } from '../../shared/membership-copy.ts';
import { teamCopy } from './copy.ts';
import { Invitations, type TeamInvitation } from './invitations.tsx';

export interface TeamMember {
  id: string;
  name: string;
  email: string;
  role: TenantRole;
  /** Name of the custom role; null without one. */
  customRole: string | null;
  status: StateOf<'person'>;
  joinedAt: string;
  /** Address of the picture; null without one. */
  picture: string | null;
  jobTitle: string | null;
}

export interface TeamPageProps {
  frame: PageContext;
  members: readonly TeamMember[];
  invitations: readonly TeamInvitation[];
  mayInvite: boolean;
  mayManage: boolean;
  /** Whether the viewer may change custom roles. */
  mayChangeRoles: boolean;
  /** Makes a second click on "Resend" harmless. */
  requestKey: string;
  /** After a refused invitation: opens the form again. */
  form?: FormState;
}

function InviteDialog(props: { frame: PageContext; form?: FormState }): VNode {
  return (
    <Dialog id="invite" title={teamCopy.invite} open={props.form !== undefined}>
      <Form frame={props.frame} action={paths.teamInvitations} state={props.form} idPrefix="invite">
        <p>{teamCopy.inviteHelp}</p>
        <TextInput name="email" label="Email" type="email" autocomplete="off" />
        <TextInput name="name" label="Name" optional autocomplete="off" />
        <Select
          name="role"
          label="Role"
          initial="member"
          options={tenantRoles
            .filter((role) => role !== 'owner')
            .map((role) => ({ value: role, label: membershipCopy.roles[role] }))}
        />
        <div class="bz-actions">
          <SubmitButton look="primary">Send invitation</SubmitButton>
          <a class="btn bz-quiet" href="#main" data-close>
            Cancel
          </a>
        </div>
      </Form>
    </Dialog>
  );
}

/** GET /app/team; POST /app/team/invitations: email, name, role. */
export function TeamPage(props: TeamPageProps): VNode {
  const invite = (
    <DialogButton dialog="invite" look="primary" icon="user-plus">
      {teamCopy.invite}
    </DialogButton>
  );
  return (
    <Shell frame={props.frame} title={teamCopy.title}>
      <PageHeader
        title={teamCopy.title}
        mark={<ListCount total={props.members.length} />}
        purpose={teamCopy.purpose}
        action={
          <>
            <ExportButton path={paths.teamCsv} />
            {props.mayChangeRoles ? <LinkButton href={paths.teamRoles}>{teamCopy.roles}</LinkButton> : null}
            {props.mayInvite ? invite : null}
          </>
        }
      />
      <DataTable
        caption="Team"
        rows={props.members}
        {...(props.mayManage && { rowHref: (row: TeamMember) => paths.teamMember(row.id) })}
        columns={[
          {
            title: 'Name',
            render: (row) => (
              <span class="bz-person">
                <Avatar name={row.name} picture={row.picture} />
                <span>
                  <strong>{row.name}</strong>
                  {row.jobTitle ? <span class="bz-muted"> {row.jobTitle}</span> : null}
                </span>
              </span>
            ),
          },
          { title: 'Email', render: (row) => row.email },
          { title: 'Role', phone: 'label', render: (row) => row.customRole ?? roleTitles[row.role] },
          { title: 'State', render: (row) => <StatusBadge kind="person" state={row.status} /> },
          { title: 'Joined', right: true, phone: 'label', render: (row) => <Time at={row.joinedAt} /> },
        ]}
      />
      <Card title="Pending invitations" flush>
        {props.invitations.length > 0 ? (
          <Invitations {...props} />
        ) : (
          <EmptyState icon="mail" {...teamCopy.noInvitations} />
        )}
      </Card>
      {props.mayInvite ? <InviteDialog frame={props.frame} form={props.form} /> : null}
    </Shell>
  );
}
