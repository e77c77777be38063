import type { Area } from '../../kit/area.ts';
import { personSessionRoutes } from './person-sessions.ts';
import { tenantSessionsTab } from './tenant-sessions.ts';

/** Sessions and views of other people. */
export const adminIdentityArea: Area = {
  side: 'admin',
  nav: [],
  routes: personSessionRoutes,
  tenantTab: tenantSessionsTab,
};
