import { secondFactorRequired } from '../../../db/domain/identity/settings.ts';
import * as factors from '../../../db/repos/identity/second-factors.ts';
import { securityCopy as copy } from '../../../templates/client/identity/copy.ts';
import { TenantSecurityPage } from '../../../templates/client/identity/security.tsx';
import { paths } from '../../../templates/paths.ts';
import { secondFactorDemandRoutes } from '../../both/identity/second-factor-demand.ts';
import type { Area } from '../../kit/area.ts';

/** Whether everyone of a business has to have a second factor. */
export const tenantSecurityArea: Area = {
  side: 'client',
  nav: [
    {
      title: copy.title,
      href: paths.tenantSecurity,
      icon: 'shield-lock',
      group: 'Account',
      permission: 'tenant.secure',
    },
  ],
  routes: secondFactorDemandRoutes({
    paths: { api: '/api/client/second-factor-demand', page: paths.tenantSecurity },
    access: 'tenant.secure',
    setting: secondFactorRequired,
    owner: (context) => ({ level: 'tenant', id: context.tenant().tenantId }),
    count: (tx, context) => factors.countOfTenant(tx, context.tenant().tenantId),
    page: TenantSecurityPage,
    summary: {
      read: 'Whether everyone of the business needs a second factor, and how many have none',
      write: 'Demand a second factor of everyone in the business, or stop it',
    },
    done: copy,
  }),
};
