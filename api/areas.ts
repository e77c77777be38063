import { adminApprovalsArea } from './admin/approvals/routes.ts';
import { auditArea } from './admin/audit/routes.ts';
import { registryArea } from './admin/integrations/routes.ts';
import { adminHomeArea } from './admin/home/routes.ts';
import { onboardingArea } from './admin/onboarding/routes.ts';
import { peopleArea } from './admin/people/routes.ts';
import { processesArea } from './admin/runs/trigger-routes.ts';
import { retentionArea } from './admin/audit/retention.ts';
import { runsArea } from './admin/runs/routes.ts';
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

/** Every part of the portal and API, in the order of the navigation. What is not here does not exist. */
export const areas: readonly Area[] = [
  publicArea,
  homeArea,
  setupArea,
  connectionsArea,
  approvalsArea,
  teamArea,
  billingArea,
  adminHomeArea,
  tenantsArea,
  onboardingArea,
  peopleArea,
  runsArea,
  processesArea,
  adminApprovalsArea,
  registryArea,
  auditArea,
  retentionArea,
  searchArea,
];
