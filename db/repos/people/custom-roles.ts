import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import type { Permission } from '../../domain/permissions.ts';
import {
  type CustomRole,
  mostCustomRoles,
  permissionsOfRole,
  type RoleDraft,
} from '../../domain/people/custom-role.ts';
import { all, first, isDuplicate } from '../shared/rows.ts';

const columns = ['id', 'name', 'base_role', 'permissions'];

/** The custom roles of a tenant by name, each with who has it. */
export async function list(
  tx: Tx,
  tenantId: string,
): Promise<(CustomRole & { people: { id: string; name: string }[] })[]> {
  return all(
    tx.sql.raw(
      `select r.id, r.name, r.base_role, r.permissions, coalesce((
         select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) order by u.name, u.id)
         from memberships m join users u on u.id = m.user_id
         where m.tenant_id = r.tenant_id and m.custom_role_id = r.id), '[]') as people
       from custom_roles r where r.tenant_id = :tenantId order by lower(r.name), r.id`,
      { tenantId },
    ),
  );
}

/** A role, kept from being changed or deleted until the transaction ends. Throws `role.not-found`. */
export async function hold(tx: Tx, tenantId: string, id: string): Promise<CustomRole> {
  const role = await first<CustomRole>(
    tx.sql('custom_roles').where({ tenant_id: tenantId, id }).forUpdate().select(columns),
  );
  if (!role) throw new AppError('role.not-found');
  return role;
}

function nameTaken(error: unknown): unknown {
  if (!isDuplicate(error, 'custom_roles_tenant_id_name_key')) return error;
  const fields = { name: 'There is a role with this name already.' };
  return new AppError('role.name-taken', { fields, cause: error });
}

/** Who writes a role; null for an administrator of the platform, who is above the team. */
export type Editor = ReadonlySet<Permission> | null;

/** Throws `role.beyond-own` where a role allows what its editor may not do. */
function assertHeld(editor: Editor, allowed: readonly Permission[], before: readonly string[] = []): void {
  const beyond = allowed.some((one) => editor && !editor.has(one) && !before.includes(one));
  if (beyond)
    throw new AppError('role.beyond-own', { fields: { permissions: 'Choose only what you may do.' } });
}

const factsOf = ({ name, baseRole, permissions }: Omit<CustomRole, 'id'>) => ({
  name,
  baseRole,
  permissions: permissions.join(', '),
});
const about = (tenantId: string, id: string) => ({ targets: [{ type: 'role' as const, id }], tenantId });

/** Throws `role.name-taken`, `role.limit-reached`, `role.beyond-own`. */
export async function insert(
  tx: Tx,
  tenantId: string,
  { name, baseRole, permissions: chosen }: RoleDraft,
  editor: Editor,
): Promise<CustomRole> {
  const role = {
    id: newId('customRole'),
    name,
    baseRole,
    permissions: permissionsOfRole(baseRole, chosen),
  };
  assertHeld(editor, role.permissions);
  // Held, so that of two requests at once the second counts what the first has added.
  await tx.sql('tenants').where({ id: tenantId }).forNoKeyUpdate().first('id');
  if ((await list(tx, tenantId)).length >= mostCustomRoles) throw new AppError('role.limit-reached');
  const { permissions } = role;
  try {
    const row = { tenant_id: tenantId, id: role.id, name, base_role: baseRole, permissions };
    await tx.sql('custom_roles').insert(row);
  } catch (error) {
    throw nameTaken(error);
  }
  tx.record({ action: 'role.created', ...about(tenantId, role.id), data: factsOf(role) });
  return role;
}

/**
 * Changes a role, for everyone who has it at once; its base only while no one has it. Throws `role.not-found`,
 * `role.in-use`, `role.name-taken`, `role.beyond-own`.
 */
export async function update(
  tx: Tx,
  tenantId: string,
  id: string,
  { name, baseRole, permissions: chosen }: RoleDraft,
  editor: Editor,
): Promise<CustomRole> {
  const before = await hold(tx, tenantId, id);
  const role = { id, name, baseRole, permissions: permissionsOfRole(baseRole, chosen) };
  assertHeld(editor, role.permissions, before.permissions);
  if (before.baseRole !== baseRole) await assertFree(tx, tenantId, id);
  try {
    await tx
      .sql('custom_roles')
      .where({ tenant_id: tenantId, id })
      .update({ name, base_role: baseRole, permissions: role.permissions });
  } catch (error) {
    throw nameTaken(error);
  }
  const { name: fromName, baseRole: fromBaseRole, permissions: fromPermissions } = factsOf(before);
  const data = { fromName, fromBaseRole, fromPermissions, ...factsOf(role) };
  tx.record({ action: 'role.changed', ...about(tenantId, id), data });
  return role;
}

/** Throws `role.in-use`, naming who has the role. */
async function assertFree(tx: Tx, tenantId: string, id: string): Promise<void> {
  const people = (await list(tx, tenantId)).find((role) => role.id === id)?.people ?? [];
  if (people.length === 0) return;
  const names = people.slice(0, 5).map(({ name }) => name);
  const more = people.length > names.length ? ` and ${people.length - names.length} more` : '';
  const text = `${names.join(', ')}${more} ${people.length === 1 ? 'has' : 'have'} this role. Give them another one first.`;
  throw new AppError('role.in-use', { text });
}

/** Throws `role.not-found`, `role.in-use`. */
export async function remove(tx: Tx, tenantId: string, id: string): Promise<{ name: string }> {
  const role = await hold(tx, tenantId, id);
  await assertFree(tx, tenantId, id);
  await tx.sql('custom_roles').where({ tenant_id: tenantId, id }).delete();
  tx.record({ action: 'role.deleted', ...about(tenantId, id), data: factsOf(role) });
  return { name: role.name };
}
