import { z } from 'zod';
import { idPattern } from '../../../db/domain/ids.ts';
import { type TenantRole, tenantRoles } from '../../../db/domain/roles.ts';

/** A role in a tenant as it is chosen: one of the three, or the id of a custom role. */
export interface AssignedRole {
  /** Without effect where a custom role is given, whose base counts. */
  role: TenantRole;
  customRoleId: string | null;
}

export const assignedRole = z
  .union([z.enum(tenantRoles), z.string().regex(idPattern('customRole'))], 'Choose a role from the list.')
  .transform((chosen): AssignedRole => {
    const role = tenantRoles.find((one) => one === chosen);
    return role ? { role, customRoleId: null } : { role: 'member', customRoleId: chosen };
  });
