import { paths } from '../../../templates/paths.ts';
import { defineCsv } from '../../kit/csv.ts';
import { isoOf } from '../shared/query.ts';
import { readTenants } from './list.ts';
import { type TenantQuery, tenantQuery } from './schemas.ts';

/** The list of tenants as a file. */
export const tenantsCsv = defineCsv({
  path: paths.tenantsCsv,
  access: 'tenants.read',
  action: 'tenants.exported',
  filename: 'tenants.csv',
  query: tenantQuery,
  read: (context, query: TenantQuery) => readTenants(context, query),
  columns: {
    id: (tenant) => tenant.id,
    name: (tenant) => tenant.name,
    state: (tenant) => tenant.status,
    plan: (tenant) => tenant.planTitle,
    subscription: (tenant) => tenant.subscriptionStatus,
    setupStep: (tenant) => tenant.onboarding?.step ?? '',
    mrrMinor: (tenant) => tenant.mrrMinor,
    currency: (tenant) => tenant.currency,
    openProblems: (tenant) => tenant.problems,
    people: (tenant) => tenant.users,
    createdAt: (tenant) => tenant.createdAt.toISOString(),
    lastActivityAt: (tenant) => isoOf(tenant.lastActivityAt),
  },
});
