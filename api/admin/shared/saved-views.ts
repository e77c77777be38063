import type { VNode } from 'preact';
import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import type { Permission } from '../../../db/domain/permissions.ts';
import { type SavedView, savedView, viewName } from '../../../db/domain/tenants/saved-view.ts';
import * as savedViews from '../../../db/repos/tenants/saved-views.ts';
import type { Query } from '../../../templates/paths.ts';
import { withQuery } from '../../../templates/paths.ts';
import { viewCopy } from '../../../templates/shared/copy.ts';
import type { RefusedView } from '../../../templates/shared/saved-views.tsx';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { type AnyRoute, defineRoute } from '../../kit/route.ts';

const viewParams = z.object({ viewId: z.string().regex(idPattern('view')) });
const newView = z.strictObject({ name: viewName, query: z.string().max(1_000) });
const newName = z.strictObject({ name: viewName });

/** A list whose filters and order can be saved. */
export interface ViewedList {
  list: savedViews.ViewsOf['list'];
  /** Address of its page; the forms are below it, in `views`. */
  path: string;
  /** Address of its views in the API. */
  api: string;
  access: Permission;
  /** "the list of tenants", for the API's description. */
  noun: string;
  /** The schema of its address, and what of it makes the list what it is; where one has come to in it does not. */
  shape: Readonly<Record<string, z.ZodType>>;
  viewed: readonly string[];
  /** The page; `refused` opens the dialog of a view again. */
  page(context: RequestContext, query: Query, refused: RefusedView): Promise<VNode>;
}

/** The query of a list without what it does not know, always in the same order, so that two can be compared. */
export function plainQuery(
  { shape, viewed }: Pick<ViewedList, 'shape' | 'viewed'>,
  asked: Readonly<Record<string, unknown>>,
): Query {
  return Object.fromEntries(
    viewed.flatMap((name) => {
      const value = asked[name];
      const known = typeof value === 'string' && value !== '' && shape[name]?.safeParse(value);
      return known && known.success && known.data ? [[name, value]] : [];
    }),
  );
}

/** Views stand in the platform's own rows, which partners do not reach themselves; each sees only the own. */
export function readViews(context: RequestContext, list: ViewedList['list']): Promise<SavedView[]> {
  const of = { userId: context.person().userId, list };
  return context.deps.db.inScope(context.scope('platform'), (tx) => savedViews.list(tx, of));
}

/** Saved views of a list; everyone sees and changes only their own. */
export function savedViewRoutes(viewed: ViewedList): AnyRoute[] {
  const { list, path, api, access, noun } = viewed;
  const parsed = (query: unknown) =>
    plainQuery(viewed, Object.fromEntries(new URLSearchParams(typeof query === 'string' ? query : '')));
  const addressOf = (query: string) => withQuery(path, parsed(query));
  const ofViewer = (context: RequestContext) => ({ userId: context.person().userId, list });
  const write = <T>(context: RequestContext, work: Parameters<typeof context.deps.db.inScope<T>>[1]) =>
    context.deps.db.inScope(context.scope('platform'), work);

  function add(context: RequestContext, { name, query }: z.output<typeof newView>) {
    const text = new URLSearchParams(parsed(query) as Record<string, string>).toString();
    if (text === '') throw new AppError('request.invalid', { fields: { name: viewCopy.nothingToSave } });
    return write(context, (tx) => savedViews.insert(tx, ofViewer(context), { name, query: text }));
  }

  return [
    defineRoute({
      method: 'GET',
      path: api,
      access,
      summary: `Your saved views of ${noun}`,
      response: z.object({ items: z.array(savedView) }),
      handle: async (context) => ({ items: await readViews(context, list) }),
    }),
    ...defineAction({
      paths: { api, form: `${path}/views` },
      access,
      summary: `Save the filters and order of ${noun} under a name`,
      body: newView,
      status: 201,
      response: savedView,
      errors: ['view.name-taken', 'view.limit-reached'],
      run: (context, { body }) => add(context, body),
      answer: async (_context, view) => view,
      done: ({ name }) => viewCopy.saved(name),
      then: ({ query }) => addressOf(query),
      rerender: (context, { form }) =>
        viewed.page(context, parsed(form.values?.['query']), { kind: 'add', state: form }),
    }),
    ...defineAction({
      paths: { api: `${api}/:viewId`, form: `${path}/views/:viewId/rename` },
      method: 'PATCH',
      access,
      summary: 'Rename one of your saved views',
      params: viewParams,
      body: newName,
      response: savedView,
      errors: ['view.not-found', 'view.name-taken'],
      run: (context, { params, body }) =>
        write(context, (tx) => savedViews.rename(tx, ofViewer(context), params.viewId, body.name)),
      answer: async (_context, view) => view,
      done: ({ name }) => viewCopy.renamed(name),
      then: ({ query }) => addressOf(query),
      async rerender(context, { params, form }) {
        const view = (await readViews(context, list)).find(({ id }) => id === params.viewId);
        if (!view) throw new AppError('view.not-found');
        return viewed.page(context, parsed(view.query), { kind: 'rename', state: form });
      },
    }),
    ...defineAction({
      paths: { api: `${api}/:viewId`, form: `${path}/views/:viewId/remove` },
      method: 'DELETE',
      access,
      summary: 'Remove one of your saved views',
      params: viewParams,
      response: z.object({ removed: z.literal(true) }),
      errors: ['view.not-found'],
      run: (context, { params }) =>
        write(context, (tx) => savedViews.remove(tx, ofViewer(context), params.viewId)),
      answer: async () => ({ removed: true as const }),
      done: () => viewCopy.removed,
      then: () => path,
    }),
  ];
}
