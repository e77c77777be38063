import { permissionsOf } from '../../../db/domain/permissions.ts';
import { tenantRoles } from '../../../db/domain/roles.ts';
import { listMembers } from '../../../db/repos/people/users.ts';
import type { RequestContext } from '../../kit/context.ts';

const mostNamed = 2;
/** Strongest first. */
const ableRoles = tenantRoles.filter((role) => permissionsOf(role).has('tools.manage'));

/** The people a member can ask to connect an integration: owners before admins, at most two. */
export async function whoCanConnect(context: RequestContext): Promise<{ name: string; role: string }[]> {
  const { tenantId } = context.tenant();
  const members = await context.deps.db.inScope(context.tenant(), (tx) => listMembers(tx, tenantId));
  return ableRoles
    .flatMap((role) => members.filter((member) => member.role === role && member.status === 'active'))
    .slice(0, mostNamed)
    .map(({ name, role }) => ({ name, role }));
}
