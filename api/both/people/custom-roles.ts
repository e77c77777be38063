import type { VNode } from 'preact';
import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import { roleDraft } from '../../../db/domain/people/custom-role.ts';
import type { Permission } from '../../../db/domain/permissions.ts';
import * as customRoles from '../../../db/repos/people/custom-roles.ts';
import type { Scope } from '../../../db/scope.ts';
import { RolePage, RolesPage, type RolesPlace } from '../../../templates/shared/custom-roles.tsx';
import { rolesCopy } from '../../../templates/shared/roles-copy.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { type AnyRoute, definePage, defineRoute, type FormState } from '../../kit/route.ts';

/** Whose roles a request is about, and who changes them. */
export interface RolesOf {
  tenantId: string;
  scope: Scope;
  /** What the person may do; null for an administrator of the platform. */
  editor: customRoles.Editor;
  place: RolesPlace;
}

/** How one side of the portal reaches the roles of a tenant. */
export interface RolesSide<P extends z.ZodRawShape> {
  access: Permission;
  /** Address of the pages and of the API, and the parameters in them. */
  paths: { page: string; api: string };
  shape: P;
  of: (context: RequestContext, params: Record<string, string>) => Promise<RolesOf>;
}

const item = z.object({
  id: z.string(),
  name: z.string(),
  baseRole: z.string(),
  permissions: z.array(z.string()),
});
const listed = item.extend({ people: z.array(z.object({ id: z.string(), name: z.string() })) });

type Given = Record<string, string>;

/** Custom roles of a tenant: pages, forms and JSON for one side of the portal. */
export function customRoleRoutes<P extends z.ZodRawShape>(side: RolesSide<P>): AnyRoute[] {
  const { access, paths, of } = side;
  const all = z.object(side.shape);
  const one = z.object({ ...side.shape, roleId: z.string().regex(idPattern('customRole')) });

  const read = ({ scope, tenantId }: RolesOf, context: RequestContext) =>
    context.deps.db.inScope(scope, (tx) => customRoles.list(tx, tenantId));

  async function show(context: RequestContext, params: Given, form?: FormState): Promise<VNode> {
    const found = await of(context, params);
    const role = (await read(found, context)).find(({ id }) => id === params['roleId']) ?? null;
    if (params['roleId'] && !role) throw new AppError('role.not-found');
    return RolePage({ ...found.place, role, ...(form && { form }) });
  }

  async function write<T>(
    context: RequestContext,
    params: Given,
    work: (tx: Parameters<typeof customRoles.list>[0], found: RolesOf) => Promise<T>,
  ): Promise<T & { path: string }> {
    const found = await of(context, params);
    const done = await context.deps.db.inScope(found.scope, (tx) => work(tx, found));
    return { ...done, path: found.place.path };
  }

  return [
    definePage({
      path: paths.page,
      access,
      params: all,
      async show(context, { params }) {
        const found = await of(context, params as Given);
        return RolesPage({ ...found.place, roles: await read(found, context) });
      },
    }),
    defineRoute({
      method: 'GET',
      path: paths.api,
      access,
      summary: 'The custom roles of the business, what each allows and who has it',
      params: all,
      response: z.object({ items: z.array(listed) }),
      handle: async (context, { params }) => ({
        items: await read(await of(context, params as Given), context),
      }),
    }),
    definePage({
      path: `${paths.page}/new`,
      access,
      params: all,
      show: (context, { params }) => show(context, params as Given),
    }),
    definePage({
      path: `${paths.page}/:roleId`,
      access,
      params: one,
      show: (context, { params }) => show(context, params as Given),
    }),
    ...defineAction({
      paths: { api: paths.api, form: paths.page },
      access,
      stepUp: true,
      summary: 'Create a custom role: some permissions of the role it’s based on',
      params: all,
      body: roleDraft,
      status: 201,
      response: item,
      errors: ['role.name-taken', 'role.limit-reached', 'role.beyond-own'],
      run: (context, { params, body }) =>
        write(context, params as Given, (tx, { tenantId, editor }) =>
          customRoles.insert(tx, tenantId, body, editor),
        ),
      answer: async (_context, role) => role,
      done: ({ name }) => rolesCopy.created(name),
      then: ({ path }) => path,
      rerender: (context, { params, form }) => show(context, params as Given, form),
    }),
    ...defineAction({
      paths: { api: `${paths.api}/:roleId`, form: `${paths.page}/:roleId` },
      method: 'PUT',
      access,
      stepUp: true,
      summary: 'Change a custom role; it applies at once to everyone who has it',
      params: one,
      body: roleDraft,
      response: item,
      errors: ['role.not-found', 'role.name-taken', 'role.in-use', 'role.beyond-own'],
      run: (context, { params, body }) =>
        write(context, params as Given, (tx, { tenantId, editor }) =>
          customRoles.update(tx, tenantId, (params as Given)['roleId'] ?? '', body, editor),
        ),
      answer: async (_context, role) => role,
      done: ({ name }) => rolesCopy.saved(name),
      then: ({ path }) => path,
      rerender: (context, { params, form }) => show(context, params as Given, form),
    }),
    ...defineAction({
      paths: { api: `${paths.api}/:roleId`, form: `${paths.page}/:roleId/remove` },
      method: 'DELETE',
      access,
      stepUp: true,
      summary: 'Delete a custom role that no one has',
      params: one,
      response: z.object({ removed: z.literal(true) }),
      errors: ['role.not-found', 'role.in-use'],
      run: (context, { params }) =>
        write(context, params as Given, (tx, { tenantId }) =>
          customRoles.remove(tx, tenantId, (params as Given)['roleId'] ?? ''),
        ),
      answer: async () => ({ removed: true as const }),
      done: ({ name }) => rolesCopy.removed(name),
      then: ({ path }) => path,
      rerender: (context, { params, form }) => show(context, params as Given, form),
    }),
  ];
}
