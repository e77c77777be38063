import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { contracts } from '../../../workflows/contracts.ts';
import type { Identity } from '../../../workflows/define.ts';
import type { RequestContext } from '../../kit/context.ts';

/** Partners see runs of tenants only, so processes of the platform itself are no choice for them. */
export function processOptions(context: RequestContext) {
  const ofPlatform = (process: Identity<never>) => process.tenantId({} as never) === PLATFORM_TENANT_ID;
  return Object.values(contracts)
    .filter((contract) => context.person().role !== 'partner' || !ofPlatform(contract))
    .map(({ name, title }) => ({ value: name, label: title }));
}
