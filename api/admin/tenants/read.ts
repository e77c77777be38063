import { AppError } from '../../../db/domain/errors.ts';
import type { Tenant } from '../../../db/domain/tenants/tenant.ts';
import type { StoredChoices } from '../../../db/repos/onboarding/choices.ts';
import * as choices from '../../../db/repos/onboarding/choices.ts';
import * as overview from '../../../db/repos/tenants/overview.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import * as users from '../../../db/repos/people/users.ts';
import type { RequestContext } from '../../kit/context.ts';

export interface TenantRead {
  line: overview.TenantLine;
  tenant: Tenant;
  members: users.Member[];
  profile: StoredChoices['profile'];
}

/** One tenant within the viewer's visibility. Throws `tenant.not-found` for every other. */
export async function readTenant(context: RequestContext, tenantId: string): Promise<TenantRead> {
  return context.deps.db.inScope(context.overview(), async (tx) => {
    const line = await overview.find(tx, tenantId);
    if (!line) throw new AppError('tenant.not-found');
    return {
      line,
      tenant: await tenants.get(tx, tenantId),
      members: await users.listMembers(tx, tenantId),
      profile: (await choices.list(tx, tenantId)).profile,
    };
  });
}
