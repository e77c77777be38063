import { z } from 'zod';
import { kebabName, toolCategory } from '../../../db/domain/integrations/servers.ts';
import * as categories from '../../../db/repos/integrations/categories.ts';
import { CategoriesPage } from '../../../templates/admin/integrations/categories.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { type AnyRoute, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { serverAction } from './act.ts';

const listed = z.object({ items: z.array(toolCategory.extend({ servers: z.number().int() })) });

async function read(context: RequestContext): Promise<z.output<typeof listed>> {
  const items = await context.deps.db.inScope(context.overview(), categories.listCategories);
  return { items: items.map((category) => ({ ...category, servers: Number(category.servers) })) };
}

async function page(context: RequestContext, refused?: { act: string; state: FormState }) {
  return CategoriesPage({
    frame: pageContextOf(context),
    rows: (await read(context)).items,
    mayManage: context.can('registry.manage'),
    ...(refused && { refused }),
  });
}

const to = () => '/admin/connections/categories';
const title = toolCategory.shape.title;
const position = z.coerce
  .number('Enter a number.')
  .int()
  .min(0, 'At least 0.')
  .max(10_000, 'At most 10,000.');

export const categoryRoutes: AnyRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/connections/categories',
    access: 'registry.read',
    summary: 'Categories of services in their order',
    response: listed,
    handle: read,
  }),
  definePage({
    path: '/admin/connections/categories',
    access: 'registry.read',
    show: (context) => page(context),
  }),
  ...serverAction({
    path: '/categories',
    summary: 'Add a category, or rename or move the one of that key',
    params: z.object({}),
    body: z.strictObject({ key: kebabName, title, position }),
    response: listed,
    errors: [],
    run: (context, _at, body) =>
      context.deps.db.inScope(context.overview(), (tx) => categories.saveCategory(tx, body)),
    answer: read,
    to,
    done: 'The category is saved.',
    again: (context, _at, state) => page(context, { act: 'save', state }),
  }),
  ...serverAction({
    path: '/categories/:key/remove',
    summary: 'Remove a category that no service is in',
    params: z.object({ key: kebabName }),
    body: z.object({}),
    response: listed,
    errors: ['category.not-found', 'category.in-use'],
    run: (context, { key }) =>
      context.deps.db.inScope(context.overview(), (tx) => categories.removeCategory(tx, key)),
    answer: read,
    to,
    done: 'The category is removed.',
    again: (context, _at, state) => page(context, { act: 'remove', state }),
  }),
];
