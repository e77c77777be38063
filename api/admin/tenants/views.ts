import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import { savedView, viewName } from '../../../db/domain/tenants/saved-view.ts';
import * as savedViews from '../../../db/repos/tenants/saved-views.ts';
import { viewCopy } from '../../../templates/admin/tenants/copy.ts';
import { withQuery } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { type AnyRoute, defineRoute } from '../../kit/route.ts';
import { plainQuery, readViews, tenantsPage, viewsOf } from './list.ts';

const viewParams = z.object({ viewId: z.string().regex(idPattern('view')) });
const newView = z.strictObject({ name: viewName, query: z.string().max(1_000) });
const newName = z.strictObject({ name: viewName });

const parsed = (query: unknown) =>
  plainQuery(Object.fromEntries(new URLSearchParams(typeof query === 'string' ? query : '')));
const addressOf = (query: string) => withQuery('/admin/tenants', parsed(query));

function write<T>(context: RequestContext, work: Parameters<typeof context.deps.db.inScope<T>>[1]) {
  return context.deps.db.inScope(context.scope('platform'), work);
}

function add(context: RequestContext, { name, query }: z.output<typeof newView>) {
  const text = new URLSearchParams(parsed(query) as Record<string, string>).toString();
  if (text === '') {
    const fields = { name: viewCopy.nothingToSave };
    throw new AppError('request.invalid', { fields });
  }
  return write(context, (tx) => savedViews.insert(tx, viewsOf(context), { name, query: text }));
}

const rename = (context: RequestContext, viewId: string, name: string) =>
  write(context, (tx) => savedViews.rename(tx, viewsOf(context), viewId, name));
const remove = (context: RequestContext, viewId: string) =>
  write(context, (tx) => savedViews.remove(tx, viewsOf(context), viewId));

const list = defineRoute({
  method: 'GET',
  path: '/api/admin/tenant-views',
  access: 'tenants.read',
  summary: 'Your saved views of the list of tenants',
  response: z.object({ items: z.array(savedView) }),
  handle: async (context) => ({ items: await readViews(context) }),
});

/** Saved views of the list of tenants; everyone sees and changes only their own. */
export const viewRoutes: AnyRoute[] = [
  list,
  ...defineAction({
    paths: { api: '/api/admin/tenant-views', form: '/admin/tenants/views' },
    access: 'tenants.read',
    summary: 'Save the filters and order of the list of tenants under a name',
    body: newView,
    status: 201,
    response: savedView,
    errors: ['view.name-taken', 'view.limit-reached'],
    run: (context, { body }) => add(context, body),
    answer: async (_context, view) => view,
    done: ({ name }) => viewCopy.saved(name),
    then: ({ query }) => addressOf(query),
    rerender: (context, { form }) =>
      tenantsPage(context, parsed(form.values?.['query']), { kind: 'add', state: form }),
  }),
  ...defineAction({
    paths: { api: '/api/admin/tenant-views/:viewId', form: '/admin/tenants/views/:viewId/rename' },
    method: 'PATCH',
    access: 'tenants.read',
    summary: 'Rename one of your saved views',
    params: viewParams,
    body: newName,
    response: savedView,
    errors: ['view.not-found', 'view.name-taken'],
    run: (context, { params, body }) => rename(context, params.viewId, body.name),
    answer: async (_context, view) => view,
    done: ({ name }) => viewCopy.renamed(name),
    then: ({ query }) => addressOf(query),
    async rerender(context, { params, form }) {
      const view = (await readViews(context)).find(({ id }) => id === params.viewId);
      if (!view) throw new AppError('view.not-found');
      return tenantsPage(context, parsed(view.query), { kind: 'rename', state: form });
    },
  }),
  ...defineAction({
    paths: { api: '/api/admin/tenant-views/:viewId', form: '/admin/tenants/views/:viewId/remove' },
    method: 'DELETE',
    access: 'tenants.read',
    summary: 'Remove one of your saved views',
    params: viewParams,
    response: z.object({ removed: z.literal(true) }),
    errors: ['view.not-found'],
    run: (context, { params }) => remove(context, params.viewId),
    answer: async () => ({ removed: true as const }),
    done: () => viewCopy.removed,
    then: () => '/admin/tenants',
  }),
];
