import * as tenants from '../../../db/repos/tenants/tenants.ts';
import { paths } from '../../../templates/paths.ts';
import { customRoleRoutes } from '../../both/people/custom-roles.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { tenantParams } from '../shared/query.ts';

/** The custom roles of any tenant, for super admins. */
export const tenantRoleRoutes = customRoleRoutes({
  access: 'people.manage',
  paths: { page: '/admin/tenants/:tenantId/roles', api: '/api/admin/tenants/:tenantId/roles' },
  shape: tenantParams.shape,
  async of(context, params) {
    const tenantId = params['tenantId'] ?? '';
    const scope = context.scope('platform');
    const { name } = await context.deps.db.inScope(scope, (tx) => tenants.get(tx, tenantId));
    return {
      tenantId,
      scope,
      editor: null,
      place: {
        frame: pageContextOf(context),
        business: name,
        path: paths.tenantRoles(tenantId),
        crumbs: [
          { title: 'Tenants', href: paths.tenants },
          { title: name, href: paths.tenant(tenantId) },
        ],
      },
    };
  },
});
