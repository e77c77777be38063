import { TenantViewAs } from '../../../templates/admin/identity/view-as.tsx';
import { viewsCopy } from '../../../templates/admin/identity/view-copy.ts';
import { paths } from '../../../templates/paths.ts';
import type { Area } from '../../kit/area.ts';
import { viewAsRoutes } from './view-as.ts';
import { viewRoutes } from './views.ts';

/** Viewing the portal as a person: starting it, and what came of it. */
export const viewsArea: Area = {
  side: 'admin',
  nav: [
    {
      title: viewsCopy.title,
      tabTitle: viewsCopy.tab,
      href: paths.views,
      icon: 'users',
      group: 'Govern',
      permission: 'views.manage',
      tabOf: paths.audit,
    },
  ],
  routes: [...viewAsRoutes, ...viewRoutes],
  tenantPanel: {
    permission: 'people.view-as',
    async show(_context, { line, members }) {
      const owner = members.find(({ role, status }) => role === 'owner' && status === 'active');
      return TenantViewAs({ tenantId: line.id, owner: owner ? { id: owner.id, name: owner.name } : null });
    },
  },
};
