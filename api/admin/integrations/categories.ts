import { z } from 'zod';
import { kebabName, toolCategory } from '../../../db/domain/integrations/servers.ts';
import * as categories from '../../../db/repos/integrations/categories.ts';
import { CategoriesPage } from '../../../templates/admin/integrations/categories.tsx';
import { categoriesCopy } from '../../../templates/admin/integrations/copy/registry.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { type AnyRoute, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { serverAction } from './act.ts';

const listed = z.object({ items: z.array(toolCategory.extend({ servers: z.number().int() })) });

async function read(context: RequestContext): Promise<z.output<typeof listed>> {
  const items = await context.deps.db.inScope(context.overview(), categories.listCategories);
  return { items: items.map((category) => ({ ...category, servers: Number(category.servers) })) };
}

async function page(context: RequestContext, rejected?: { action: string; state: FormState }) {
  return CategoriesPage({
    frame: pageContextOf(context),
    rows: (await read(context)).items,
    mayManage: context.can('registry.manage'),
    ...(rejected && { rejected }),
  });
}

const to = () => paths.registryCategories;
const title = toolCategory.shape.title;
const position = z.coerce
  .number(categoriesCopy.positionNotNumber)
  .int()
  .min(0, categoriesCopy.positionTooSmall)
  .max(10_000, categoriesCopy.positionTooLarge);

export const categoryRoutes: AnyRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/integrations/categories',
    access: 'registry.read',
    summary: 'Categories in their order',
    response: listed,
    handle: read,
  }),
  definePage({
    path: '/admin/integrations/categories',
    access: 'registry.read',
    show: (context) => page(context),
  }),
  ...serverAction({
    path: '/categories',
    summary: 'Add a category, or rename or move the one with this key',
    params: z.object({}),
    body: z.strictObject({ key: kebabName, title, position }),
    response: listed,
    errors: [],
    run: (context, _at, body) =>
      context.deps.db.inScope(context.overview(), (tx) => categories.saveCategory(tx, body)),
    answer: read,
    to,
    done: categoriesCopy.saved,
    again: (context, _at, state) => page(context, { action: 'save', state }),
  }),
  ...serverAction({
    path: '/categories/:key/remove',
    summary: 'Remove an empty category',
    params: z.object({ key: kebabName }),
    body: z.object({}),
    response: listed,
    errors: ['category.not-found', 'category.in-use'],
    run: (context, { key }) =>
      context.deps.db.inScope(context.overview(), (tx) => categories.removeCategory(tx, key)),
    answer: read,
    to,
    done: categoriesCopy.removed,
    again: (context, _at, state) => page(context, { action: 'remove', state }),
  }),
];
