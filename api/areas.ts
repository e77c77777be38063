import { adminApprovalsArea } from './admin/approvals/routes.ts';
import { accessLogArea } from './admin/audit/access-log.ts';
import { auditArea } from './admin/audit/routes.ts';
import { adminBillingArea } from './admin/billing/area.ts';
import { dunningArea } from './admin/billing/dunning/area.ts';
import { registryArea } from './admin/integrations/routes.ts';
import { adminHomeArea } from './admin/home/routes.ts';
import { providersArea } from './admin/identity/providers.ts';
import { businessSignInArea } from './client/identity/business-sign-in.ts';
import { addressListArea } from './admin/identity/address-list.ts';
import { adminApiKeysArea } from './admin/identity/api-keys.ts';
import { adminIdentityArea } from './admin/identity/area.ts';
import { viewsArea } from './admin/identity/views-area.ts';
import { platformSecurityArea } from './admin/identity/second-factor.ts';
import { onboardingArea } from './admin/onboarding/routes.ts';
import { peopleArea } from './admin/people/routes.ts';
import { processesArea } from './admin/runs/start/trigger-routes.ts';
import { retentionArea } from './admin/audit/retention.ts';
import { invoicesArea } from './admin/billing/invoices/area.ts';
import { taxesArea } from './admin/billing/taxes/area.ts';
import { revenueArea } from './admin/billing/revenue/area.ts';
import { runAnalyticsArea } from './admin/runs/analytics/page.ts';
import { runsArea } from './admin/runs/routes.ts';
import { schedulesArea } from './admin/runs/schedules/area.ts';
import { bulkArea } from './admin/runs/bulk/area.ts';
import { workersArea } from './admin/runs/workers/page.ts';
import { settingsArea } from './admin/settings/area.ts';
import { searchArea } from './admin/search/routes.ts';
import { freezesArea } from './admin/tenants/freezes/area.ts';
import { tenantsArea } from './admin/tenants/routes.ts';
import { securityEventsArea } from './client/audit/area.ts';
import { approvalsArea } from './client/approvals/routes.ts';
import { billingArea } from './client/billing/routes.ts';
import { connectionsArea } from './client/integrations/routes.ts';
import { homeArea } from './client/home/routes.ts';
import { supportAccessArea } from './client/identity/support-access.ts';
import { tenantSecurityArea } from './client/identity/second-factor.ts';
import { apiKeysArea } from './client/identity/api-keys/area.ts';
import { platformTemplatesArea, templatesArea } from './both/runs/area.ts';
import { setupArea } from './client/onboarding/routes.ts';
import { teamArea } from './client/people/routes.ts';
import type { Area } from './kit/area.ts';
import { publicArea } from './public/area.ts';
import { docsArea } from './public/support/docs.ts';
import { helpArea } from './public/support/help.ts';

/** Areas of tenants' own people, in the order of their navigation. */
const client: readonly Area[] = [
  setupArea,
  connectionsArea,
  approvalsArea,
  templatesArea,
  teamArea,
  billingArea,
  securityEventsArea,
  supportAccessArea,
  tenantSecurityArea,
  businessSignInArea,
  apiKeysArea,
];

/** Areas of administrators and partners that contribute to the page of a tenant, in the order of their navigation. */
const others: readonly Area[] = [
  adminIdentityArea,
  invoicesArea,
  taxesArea,
  revenueArea,
  runAnalyticsArea,
  runsArea,
  processesArea,
  schedulesArea,
  platformTemplatesArea,
  bulkArea,
  workersArea,
  freezesArea,
  adminApprovalsArea,
  adminBillingArea,
  dunningArea,
  registryArea,
  auditArea,
  accessLogArea,
  viewsArea,
  adminApiKeysArea,
  addressListArea,
  retentionArea,
  platformSecurityArea,
  providersArea,
  settingsArea,
];
const admin: readonly Area[] = [onboardingArea, peopleArea(others), ...others];

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
  docsArea(() => areas.flatMap(({ routes }) => routes)),
];
