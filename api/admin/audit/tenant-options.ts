import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import type { RequestContext } from '../../kit/context.ts';

/** As many as a list to choose from can hold; the search finds the others' pages. */
const tenantsToChooseFrom = 100;

/** Tenants to choose from, the chosen one always among them. */
export async function tenantOptions(context: RequestContext, chosen: string | undefined) {
  return context.deps.db.inScope(context.overview(), async (tx) => {
    const listed = await tenants.listNames(tx, tenantsToChooseFrom);
    const missing = chosen && !listed.some(({ id }) => id === chosen) ? await tenants.find(tx, chosen) : null;
    const options = [...(missing ? [missing] : []), ...listed].map(({ id, name }) => ({
      value: id,
      label: name,
    }));
    const platform = { value: PLATFORM_TENANT_ID, label: 'The platform' };
    return context.can('audit.verify') ? [platform, ...options] : options;
  });
}
