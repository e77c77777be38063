import { workflowId } from '../../../workflows/define.ts';
import { onboardTenantContract } from '../../../workflows/onboarding/onboard-tenant.contract.ts';

/** Workflow id of a tenant's onboarding; each tenant has one. */
export const onboardingId = (tenantId: string): string =>
  workflowId(tenantId, onboardTenantContract.name, 'sign-up');
