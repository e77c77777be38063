import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import { savedView, viewName } from '../../../db/domain/tenants/saved-view.ts';
import * as savedViews from '../../../db/repos/tenants/saved-views.ts';
import { withQuery } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { defineForm, defineRoute } from '../../kit/route.ts';
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
    const fields = { name: 'Choose a filter or an order first; without one this is the whole list.' };
    throw new AppError('request.invalid', { fields });
  }
  return write(context, (tx) => savedViews.insert(tx, viewsOf(context), { name, query: text }));
}

const rename = (context: RequestContext, viewId: string, name: string) =>
  write(context, (tx) => savedViews.rename(tx, viewsOf(context), viewId, name));
const remove = (context: RequestContext, viewId: string) =>
  write(context, (tx) => savedViews.remove(tx, viewsOf(context), viewId));

const api = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/tenant-views',
    access: 'tenants.read',
    summary: 'The own views of the list of tenants',
    response: z.object({ items: z.array(savedView) }),
    handle: async (context) => ({ items: await readViews(context) }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/admin/tenant-views',
    access: 'tenants.read',
    summary: 'Keep filters and order of the list of tenants under a name',
    body: newView,
    status: 201,
    response: savedView,
    errors: ['view.name-taken', 'view.limit-reached'],
    handle: (context, { body }) => add(context, body),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/admin/tenant-views/:viewId',
    access: 'tenants.read',
    summary: 'Give an own view another name',
    params: viewParams,
    body: newName,
    response: savedView,
    errors: ['view.not-found', 'view.name-taken'],
    handle: (context, { params, body }) => rename(context, params.viewId, body.name),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/admin/tenant-views/:viewId',
    access: 'tenants.read',
    summary: 'Remove an own view',
    params: viewParams,
    response: z.object({ removed: z.literal(true) }),
    errors: ['view.not-found'],
    async handle(context, { params }) {
      await remove(context, params.viewId);
      return { removed: true as const };
    },
  }),
];

const forms = [
  defineForm({
    path: '/admin/tenants/views',
    access: 'tenants.read',
    body: newView,
    async submit(context, { body }) {
      const { name, query } = await add(context, body);
      return { to: addressOf(query), flash: { kind: 'done', text: `The view “${name}” is kept for you.` } };
    },
    again: (context, { form }) =>
      tenantsPage(context, parsed(form.values['query']), { kind: 'add', state: form }),
  }),
  defineForm({
    path: '/admin/tenants/views/:viewId/rename',
    access: 'tenants.read',
    params: viewParams,
    body: newName,
    async submit(context, { params, body }) {
      const { name, query } = await rename(context, params.viewId, body.name);
      return { to: addressOf(query), flash: { kind: 'done', text: `The view is called “${name}” now.` } };
    },
    async again(context, { params, form }) {
      const view = (await readViews(context)).find(({ id }) => id === params.viewId);
      if (!view) throw new AppError('view.not-found');
      return tenantsPage(context, parsed(view.query), { kind: 'rename', state: form });
    },
  }),
  defineForm({
    path: '/admin/tenants/views/:viewId/remove',
    access: 'tenants.read',
    params: viewParams,
    body: z.object({}),
    async submit(context, { params }) {
      await remove(context, params.viewId);
      return {
        to: '/admin/tenants',
        flash: { kind: 'done', text: 'The view is removed. No tenant is changed.' },
      };
    },
  }),
];

export const viewRoutes = [...api, ...forms];
