import type { VNode } from 'preact';
import { roleTitles, tenantRoles } from '../../../db/domain/roles.ts';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { DialogButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { Select, TextInput } from '../../ui/inputs.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { memberCopy as copy, teamCopy } from './copy.ts';
import type { TeamMember } from './team.tsx';

export type MemberAction = 'role' | 'remove' | 'transfer';

export interface MemberPageProps {
  frame: PageContext;
  business: string;
  member: TeamMember;
  /** Whether the viewer is this member. */
  own: boolean;
  /** Whether the viewer is an owner. */
  viewerIsOwner: boolean;
  /** Makes a second click on the handover harmless. */
  requestKey: string;
  /** A form that was refused. */
  refused?: { action: MemberAction; form: FormState };
}

function RoleForm(props: MemberPageProps): VNode {
  const { frame, member, viewerIsOwner, refused } = props;
  return (
    <Card title={copy.role.title}>
      <Form
        frame={frame}
        action={paths.teamMemberAction(member.id, 'role')}
        state={refused?.action === 'role' ? refused.form : undefined}
        idPrefix="role"
      >
        <Select
          name="role"
          label="Role"
          initial={member.role}
          options={tenantRoles
            .filter((role) => viewerIsOwner || role !== 'owner')
            .map((role) => ({ value: role, label: teamCopy.roles[role] }))}
        />
        <SubmitButton look="primary">{copy.role.submit}</SubmitButton>
      </Form>
    </Card>
  );
}

function RemoveDialog({ frame, member, business, refused }: MemberPageProps): VNode {
  const state = refused?.action === 'remove' ? refused.form : undefined;
  return (
    <Dialog id="remove" title={copy.remove.title(member.name)} open={state !== undefined}>
      <Form
        frame={frame}
        action={paths.teamMemberAction(member.id, 'remove')}
        state={state}
        idPrefix="remove"
      >
        <p>{copy.remove.happens(member.name, business)}</p>
        <p class="bz-muted">{copy.remove.stays}</p>
        <div class="bz-actions">
          <SubmitButton look="danger">{copy.remove.submit}</SubmitButton>
          <a class="btn bz-quiet" href="#main" data-close>
            Cancel
          </a>
        </div>
      </Form>
    </Dialog>
  );
}

function TransferDialog({ frame, member, business, refused, requestKey }: MemberPageProps): VNode {
  const state = refused?.action === 'transfer' ? refused.form : undefined;
  return (
    <Dialog id="transfer" title={copy.transfer.title(member.name)} open={state !== undefined}>
      <Form
        frame={frame}
        action={paths.teamMemberAction(member.id, 'transfer')}
        hidden={{ requestKey }}
        state={state}
        idPrefix="transfer"
      >
        <p>{copy.transfer.happens(member.name, business)}</p>
        <TextInput name="confirm" label={copy.transfer.confirm(business)} autocomplete="off" />
        <div class="bz-actions">
          <SubmitButton look="danger">{copy.transfer.submit}</SubmitButton>
          <a class="btn bz-quiet" href="#main" data-close>
            Cancel
          </a>
        </div>
      </Form>
    </Dialog>
  );
}

function Changes(props: MemberPageProps): VNode {
  const { member, own, viewerIsOwner } = props;
  if (own || (member.role === 'owner' && !viewerIsOwner)) {
    return (
      <Notice tone="idle" icon="info-circle">
        {own ? copy.own : copy.ownerOnly}
      </Notice>
    );
  }
  return (
    <>
      <RoleForm {...props} />
      <div class="bz-actions">
        {viewerIsOwner && member.role !== 'owner' ? (
          <DialogButton dialog="transfer">{copy.transfer.open}</DialogButton>
        ) : null}
        <DialogButton dialog="remove" look="danger">
          {copy.remove.open}
        </DialogButton>
      </div>
      <RemoveDialog {...props} />
      {viewerIsOwner && member.role !== 'owner' ? <TransferDialog {...props} /> : null}
    </>
  );
}

/** GET /app/team/members/:userId; POST …/role (role), …/remove, …/transfer (confirm, requestKey). */
export function MemberPage(props: MemberPageProps): VNode {
  const { frame, member, business } = props;
  return (
    <Shell frame={frame} title={member.name}>
      <PageHeader
        crumbs={[{ title: 'Team', href: paths.team }]}
        title={member.name}
        mark={<StatusBadge kind="person" state={member.status} />}
        purpose={copy.purpose(business)}
      />
      <Card>
        <KeyFacts
          facts={[
            { label: 'Email', value: member.email },
            { label: 'Role', value: roleTitles[member.role] },
            { label: 'Joined', value: <Time at={member.joinedAt} /> },
          ]}
        />
      </Card>
      <Changes {...props} />
    </Shell>
  );
}
