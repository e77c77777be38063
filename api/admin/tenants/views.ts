import { paths } from '../../../templates/paths.ts';
import { savedViewRoutes } from '../shared/saved-views.ts';
import { tenantsPage, viewedTenants } from './list.ts';

/** Saved views of the list of tenants. */
export const viewRoutes = savedViewRoutes({
  ...viewedTenants,
  list: 'tenants',
  path: paths.tenants,
  api: '/api/admin/tenant-views',
  access: 'tenants.read',
  noun: 'the list of tenants',
  page: tenantsPage,
});
