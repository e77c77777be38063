import { paths } from '../../../templates/paths.ts';
import { teamCopy } from '../../../templates/client/people/copy.ts';
import { customRoleRoutes } from '../../both/people/custom-roles.ts';
import { pageContextOf } from '../../kit/page-context.ts';

/** The custom roles of the viewer's business, for owners. */
export const roleRoutes = customRoleRoutes({
  access: 'team.roles',
  paths: { page: paths.teamRoles, api: '/api/client/roles' },
  shape: {},
  async of(context) {
    const { tenantId, ...scope } = context.tenant();
    const { permissions, tenant } = context.person();
    return {
      tenantId,
      scope,
      editor: permissions,
      place: {
        frame: pageContextOf(context),
        business: tenant?.name ?? '',
        path: paths.teamRoles,
        crumbs: [{ title: teamCopy.title, href: paths.team }],
      },
    };
  },
});
