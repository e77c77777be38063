import type { VNode } from 'preact';
import { roleTitles, type TenantRole } from '../../../db/domain/roles.ts';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { type CustomRoleOption, FeaturesField, RoleField } from '../../shared/member-fields.tsx';
import { membershipCopy as copy } from '../../shared/membership-copy.ts';
import { DialogButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog, ReasonDialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { type Option, ReasonInput, Select } from '../../ui/inputs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { membershipPageCopy, peopleCopy, personCopy } from './copy.ts';

export interface MembershipPageProps {
  frame: PageContext;
  person: { id: string; name: string };
  membership: {
    tenantId: string;
    tenantName: string;
    role: TenantRole;
    customRoleId: string | null;
    customRole: string | null;
    status: 'active' | 'suspended';
    featuresOff: readonly string[];
  };
  customRoles: readonly CustomRoleOption[];
  /** Who could take over from this person; null where the viewer may not offboard. */
  heirs: readonly Option[] | null;
  refused?: { action: string; form: FormState };
}

function OffboardDialog(props: MembershipPageProps & { heirs: readonly Option[] }): VNode {
  const { frame, person, membership, heirs } = props;
  const words = personCopy.offboard;
  return (
    <Dialog id="offboard" title={words.title(person.name, membership.tenantName)}>
      <Form
        frame={frame}
        action={paths.personOffboard(person.id)}
        hidden={{ tenantId: membership.tenantId }}
        idPrefix="offboard"
      >
        <p>{words.happens}</p>
        <p class="bz-muted">{words.stays}</p>
        <Select name="heirId" label={words.heir} placeholder={words.anOwner} options={heirs} />
        <div class="bz-actions">
          <SubmitButton look="danger">{words.submit}</SubmitButton>
          <a class="btn bz-quiet" href="#main" data-close>
            {membershipPageCopy.keep}
          </a>
        </div>
      </Form>
    </Dialog>
  );
}

/** GET /admin/people/:userId/memberships/:tenantId; POST …/role (role), …/features (on), …/suspend, …/reactivate; each with a reason. */
export function MembershipPage(props: MembershipPageProps): VNode {
  const { frame, person, membership, refused } = props;
  const { tenantId, tenantName } = membership;
  const title = membershipPageCopy.title(person.name, tenantName);
  const to = (action: 'role' | 'features' | 'suspend' | 'reactivate') =>
    paths.personMembershipAction(person.id, tenantId, action);
  const stateOf = (action: string) => (refused?.action === action ? refused.form : undefined);
  const access = membership.status === 'active' ? 'suspend' : 'reactivate';
  return (
    <Shell frame={frame} title={title}>
      <PageHeader
        crumbs={[
          { title: peopleCopy.title, href: paths.people },
          { title: person.name, href: paths.person(person.id) },
        ]}
        title={title}
        mark={<StatusBadge kind="person" state={membership.status} />}
        purpose={membershipPageCopy.purpose}
        action={
          <div class="bz-actions">
            <DialogButton dialog={access}>{copy[access].open}</DialogButton>
            {props.heirs ? <DialogButton dialog="offboard">{personCopy.offboard.open}</DialogButton> : null}
          </div>
        }
      />
      <Card
        title={copy.role.title}
        note={membership.customRole ?? roleTitles[membership.role]}
        action={<a href={paths.tenantRoles(tenantId)}>{membershipPageCopy.customRoles}</a>}
      >
        <Form frame={frame} action={to('role')} state={stateOf('role')} idPrefix="role">
          <RoleField
            initial={membership.customRoleId ?? membership.role}
            customRoles={props.customRoles}
            mayMakeOwners
          />
          <ReasonInput />
          <SubmitButton look="primary">{copy.role.submit}</SubmitButton>
        </Form>
      </Card>
      <Card title={copy.features.title} note={copy.features.note}>
        <Form frame={frame} action={to('features')} state={stateOf('features')} idPrefix="features">
          <FeaturesField off={membership.featuresOff} />
          <ReasonInput />
          <SubmitButton>{copy.features.submit}</SubmitButton>
        </Form>
      </Card>
      <ReasonDialog
        frame={frame}
        id={access}
        title={copy[access].title(person.name)}
        happens={copy[access].happens(person.name, tenantName)}
        stays={copy[access].stays}
        action={to(access)}
        submit={copy[access].submit}
        danger={access === 'suspend'}
        state={stateOf(access)}
      />
      {props.heirs ? <OffboardDialog {...props} heirs={props.heirs} /> : null}
    </Shell>
  );
}
