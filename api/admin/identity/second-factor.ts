import { adminSecondFactorRequired } from '../../../db/domain/identity/settings.ts';
import * as factors from '../../../db/repos/identity/second-factors.ts';
import * as settings from '../../../db/repos/settings/values.ts';
import { adminFactorNeed, securityCopy as copy } from '../../../templates/admin/identity/copy.ts';
import { PlatformSecurityPage } from '../../../templates/admin/identity/security.tsx';
import { paths } from '../../../templates/paths.ts';
import { secondFactorDemandRoutes } from '../../both/identity/second-factor-demand.ts';
import type { Area } from '../../kit/area.ts';

/** Whether super admins have to have a second factor. */
export const platformSecurityArea: Area = {
  side: 'admin',
  nav: [
    {
      title: copy.nav,
      tabTitle: copy.tab,
      tabOf: paths.audit,
      href: paths.platformSecurity,
      icon: 'shield-lock',
      group: 'Govern',
      permission: 'platform.secure',
    },
  ],
  routes: secondFactorDemandRoutes({
    paths: { api: '/api/admin/second-factor-demand', page: paths.platformSecurity },
    access: 'platform.secure',
    setting: adminSecondFactorRequired,
    owner: () => ({ level: 'platform' }),
    count: (tx) => factors.countOfAdmins(tx),
    page: PlatformSecurityPage,
    summary: {
      read: 'Whether super admins need a second factor, and how many have none',
      write: 'Demand a second factor of super admins, or stop it',
    },
    done: copy,
  }),
  attention: {
    permission: 'platform.secure',
    read: async (_context, tx) =>
      (await settings.resolve(tx, adminSecondFactorRequired, null))
        ? []
        : [{ ...adminFactorNeed, href: paths.platformSecurity, tone: 'attention', urgency: 'review' }],
  },
};
