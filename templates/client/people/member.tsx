import type { VNode } from 'preact';
import { roleTitles } from '../../../db/domain/roles.ts';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { DialogButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog, ReasonDialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { Select, TextInput } from '../../ui/inputs.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { type CustomRoleOption, FeaturesField, RoleField } from '../../shared/member-fields.tsx';
import { membershipCopy } from '../../shared/membership-copy.ts';
import { memberCopy as copy, teamCopy } from './copy.ts';
import type { TeamMember } from './team.tsx';

export type MemberAction = 'role' | 'features' | 'suspend' | 'reactivate' | 'remove' | 'transfer';

export interface MemberPageProps {
  frame: PageContext;
  business: string;
  member: TeamMember;
  /** Whether the viewer is this member. */
  own: boolean;
  access: { isSuspended: boolean; customRoleId: string | null; featuresOff: readonly string[] };
  customRoles: readonly CustomRoleOption[];
  /** Whether the member's role is lower than the viewer's. */
  isBelow: boolean;
  /** Whether the viewer is an owner. */
  viewerIsOwner: boolean;
  /** Who could take over from this member. */
  heirs: readonly { id: string; name: string }[];
  /** Makes a second click on the handover harmless. */
  requestKey: string;
  /** A form that was refused. */
  refused?: { action: MemberAction; form: FormState };
}

function RoleForm(props: MemberPageProps): VNode {
  const { frame, member, viewerIsOwner, refused } = props;
  return (
    <Card title={membershipCopy.role.title}>
      <Form
        frame={frame}
        action={paths.teamMemberAction(member.id, 'role')}
        state={refused?.action === 'role' ? refused.form : undefined}
        idPrefix="role"
      >
        <RoleField
          initial={props.access.customRoleId ?? member.role}
          customRoles={props.customRoles}
          mayMakeOwners={viewerIsOwner}
        />
        <SubmitButton look="primary">{membershipCopy.role.submit}</SubmitButton>
      </Form>
    </Card>
  );
}

function FeaturesForm({ frame, member, access, refused }: MemberPageProps): VNode {
  return (
    <Card title={membershipCopy.features.title} note={membershipCopy.features.note}>
      <Form
        frame={frame}
        action={paths.teamMemberAction(member.id, 'features')}
        state={refused?.action === 'features' ? refused.form : undefined}
        idPrefix="features"
      >
        <FeaturesField off={access.featuresOff} />
        <SubmitButton>{membershipCopy.features.submit}</SubmitButton>
      </Form>
    </Card>
  );
}

function AccessDialog({ frame, member, business, access, refused }: MemberPageProps): VNode {
  const action = access.isSuspended ? 'reactivate' : 'suspend';
  const words = membershipCopy[action];
  return (
    <ReasonDialog
      frame={frame}
      id={action}
      title={words.title(member.name)}
      happens={words.happens(member.name, business)}
      stays={words.stays}
      action={paths.teamMemberAction(member.id, action)}
      submit={words.submit}
      danger={action === 'suspend'}
      state={refused?.action === action ? refused.form : undefined}
    />
  );
}

function RemoveDialog({ frame, member, business, refused, heirs }: MemberPageProps): VNode {
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
        <Select
          name="heirId"
          label={copy.remove.heir}
          help={copy.remove.heirHelp}
          optional
          options={[
            { value: '', label: copy.remove.you },
            ...heirs.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
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
      {props.isBelow ? (
        <FeaturesForm {...props} />
      ) : (
        <Notice tone="idle" icon="info-circle">
          {copy.features.higher}
        </Notice>
      )}
      <div class="bz-actions">
        {props.isBelow ? (
          <DialogButton dialog={props.access.isSuspended ? 'reactivate' : 'suspend'}>
            {membershipCopy[props.access.isSuspended ? 'reactivate' : 'suspend'].open}
          </DialogButton>
        ) : null}
        {viewerIsOwner && member.role !== 'owner' ? (
          <DialogButton dialog="transfer">{copy.transfer.open}</DialogButton>
        ) : null}
        <DialogButton dialog="remove" look="danger">
          {copy.remove.open}
        </DialogButton>
      </div>
      {props.isBelow ? <AccessDialog {...props} /> : null}
      <RemoveDialog {...props} />
      {viewerIsOwner && member.role !== 'owner' ? <TransferDialog {...props} /> : null}
    </>
  );
}

/** GET /app/team/members/:userId; POST …/role (role), …/features (on), …/suspend, …/reactivate (reason), …/remove, …/transfer (confirm, requestKey). */
export function MemberPage(props: MemberPageProps): VNode {
  const { frame, member, business } = props;
  return (
    <Shell frame={frame} title={member.name}>
      <PageHeader
        crumbs={[{ title: teamCopy.title, href: paths.team }]}
        title={member.name}
        mark={<StatusBadge kind="person" state={member.status} />}
        purpose={copy.purpose(business)}
      />
      <Card>
        <KeyFacts
          facts={[
            { label: 'Email', value: member.email },
            { label: 'Role', value: member.customRole ?? roleTitles[member.role] },
            { label: 'Joined', value: <Time at={member.joinedAt} /> },
          ]}
        />
      </Card>
      <Changes {...props} />
    </Shell>
  );
}
