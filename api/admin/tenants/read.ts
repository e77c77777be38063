import { AppError } from '../../../db/domain/errors.ts';
import type { Tenant } from '../../../db/domain/tenants/tenant.ts';
import * as overview from '../../../db/repos/tenants/overview.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import * as users from '../../../db/repos/people/users.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { TenantHeadContribution, TenantHeadPart } from '../../kit/contributions.ts';

export interface TenantRead {
  line: overview.TenantLine;
  tenant: Tenant;
  members: users.Member[];
  /** What capabilities say of it, in the order of their areas. */
  parts: readonly TenantHeadPart<Readonly<Record<string, unknown>>>[];
}

/** One tenant within the viewer's visibility. Throws `tenant.not-found` for every other. */
export async function readTenant(
  context: RequestContext,
  heads: readonly TenantHeadContribution[],
  tenantId: string,
): Promise<TenantRead> {
  const read = await context.deps.db.inScope(context.overview(), async (tx) => {
    const line = await overview.find(tx, tenantId);
    if (!line) throw new AppError('tenant.not-found');
    return {
      line,
      tenant: await tenants.get(tx, tenantId),
      members: await users.listMembers(tx, tenantId),
    };
  });
  // After the transaction: a part may ask other systems.
  return { ...read, parts: await Promise.all(heads.map((head) => head.read(context, read.line))) };
}

/** What the areas say of a tenant at the head of its page and in its JSON. */
export const tenantHeadsOf = (areas: readonly Area[]): TenantHeadContribution[] =>
  areas.flatMap(({ tenantHead }) => tenantHead ?? []);

export const legalNameOf = ({ parts }: TenantRead): string | null =>
  parts.map(({ legalName }) => legalName).find((name) => name !== null) ?? null;
