import { adminApprovalsArea } from './admin/approvals/routes.ts';
import { auditArea } from './admin/audit/routes.ts';
import { adminBillingArea } from './admin/billing/area.ts';
import { registryArea } from './admin/integrations/routes.ts';
import { adminHomeArea } from './admin/home/routes.ts';
import { onboardingArea } from './admin/onboarding/routes.ts';
import { peopleArea } from './admin/people/routes.ts';
import { processesArea } from './admin/runs/trigger-routes.ts';
import { retentionArea } from './admin/audit/retention.ts';
import { runsArea } from './admin/runs/routes.ts';
import { settingsArea } from './admin/settings/area.ts';
import { searchArea } from './admin/search/routes.ts';
import { tenantsArea } from './admin/tenants/routes.ts';
import { approvalsArea } from './client/approvals/routes.ts';
import { billingArea } from './client/billing/routes.ts';
import { connectionsArea } from './client/integrations/routes.ts';
import { homeArea } from './client/home/routes.ts';
import { setupArea } from './client/onboarding/routes.ts';
import { teamArea } from './client/people/routes.ts';
import type { Area } from './kit/area.ts';
import { publicArea } from './public/area.ts';
import { helpArea } from './public/support/help.ts';

/** Areas of tenants' own people, in the order of their navigation. */
const client: readonly Area[] = [setupArea, connectionsArea, approvalsArea, teamArea, billingArea];

/** Areas of administrators and partners that contribute to the page of a tenant, in the order of their navigation. */
const admin: readonly Area[] = [
  onboardingArea,
  peopleArea,
  runsArea,
  processesArea,
  adminApprovalsArea,
  adminBillingArea,
  registryArea,
  auditArea,
  retentionArea,
  settingsArea,
];

const tenants = tenantsArea(admin);
const sides = { admin: [tenants, ...admin], client };

/**
 * Every part of the portal and API. What is not here does not exist. Home, search and the page of a tenant collect what
 * the other areas contribute.
 */
export const areas: readonly Area[] = [
  publicArea,
  homeArea(client),
  ...client,
  adminHomeArea([tenants, ...admin]),
  tenants,
  ...admin,
  searchArea(sides),
  helpArea(sides),
];
