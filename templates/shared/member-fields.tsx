import type { VNode } from 'preact';
import { features } from '../../db/domain/people/features.ts';
import { roleTitles, type TenantRole, tenantRoles } from '../../db/domain/roles.ts';
import { CheckboxList } from '../ui/choices.tsx';
import { Select } from '../ui/inputs.tsx';
import { membershipCopy as copy } from './membership-copy.ts';

/** A custom role that can be given. */
export interface CustomRoleOption {
  id: string;
  name: string;
  baseRole: 'admin' | 'member';
}

/** The choice of a role in a tenant, custom ones included; sent as `role`. */
export function RoleField(props: {
  /** A role, or the id of a custom one. */
  initial: string;
  customRoles: readonly CustomRoleOption[];
  mayMakeOwners: boolean;
}): VNode {
  return (
    <Select
      name="role"
      label={copy.role.label}
      initial={props.initial}
      options={[
        ...tenantRoles
          .filter((role) => props.mayMakeOwners || role !== 'owner')
          .map((role: TenantRole) => ({ value: role, label: copy.roles[role] })),
        ...props.customRoles.map(({ id, name, baseRole }) => ({
          value: id,
          label: copy.custom(name, roleTitles[baseRole]),
        })),
      ]}
    />
  );
}

/** Which features a person can use; the ticked ones are sent as `on`. */
export function FeaturesField(props: { off: readonly string[] }): VNode {
  const all = Object.entries(features);
  return (
    <CheckboxList
      name="on"
      label={copy.features.label}
      columns={2}
      initial={all.map(([key]) => key).filter((key) => !props.off.includes(key))}
      options={all.map(([value, title]) => ({ value, title }))}
    />
  );
}
