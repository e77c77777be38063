import { z } from 'zod';
import { reason } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import type { ToolServer } from '../../../db/domain/integrations/servers.ts';
import { serverDescription, neededFieldsOf } from '../../../db/domain/integrations/registration.ts';
import * as categories from '../../../db/repos/integrations/categories.ts';
import { getServer } from '../../../db/repos/integrations/servers.ts';
import { EditServerPage } from '../../../templates/admin/integrations/edit-server.tsx';
import { editCopy } from '../../../templates/admin/integrations/copy/register.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { type AnyRoute, defineForm, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { fieldRows } from './field-rows.ts';
import { readServer } from './read.ts';
import { editServer } from './registration.ts';
import { serverDetail, serverParams } from './schemas.ts';

const access = 'registry.manage';
/** `updatedAt` of the version that was edited: a later change in between is rejected. */
const seenAt = z.iso.datetime();

/** The values the form starts with. */
function valuesOf(server: ToolServer): FormState['values'] {
  const { title, summary, category, docsUrl, updatedAt } = server;
  const rows = neededFieldsOf(server).map(({ label, sentAs, ...is }) => ({
    ...{ label, sentAs },
    ...(is.secret && { secret: 'true' }),
    ...(is.optional && { optional: 'true' }),
  }));
  const fields = Object.fromEntries(rows.map((row, index) => [String(index), row]));
  return { title, summary, category, docsUrl, fields, seenAt: updatedAt.toISOString() };
}

async function page(context: RequestContext, name: string, form?: FormState) {
  const { server, known } = await context.deps.db.inScope(context.overview(), async (tx) => ({
    server: await getServer(tx, name),
    known: await categories.listCategories(tx),
  }));
  const { kind, title } = server;
  if (kind === 'builtin') throw new AppError('server.built-in');
  return EditServerPage({
    frame: pageContextOf(context),
    server: { name, title, kind },
    categories: known.map((one) => ({ value: one.key, label: one.title })),
    form: form ?? { values: valuesOf(server) ?? {} },
  });
}

/** The details and the credential form of a third-party server. */
export const editServerRoutes: AnyRoute[] = [
  definePage({
    path: '/admin/integrations/servers/:server/edit',
    access,
    params: serverParams,
    show: (context, { params: { server } }) => page(context, server),
  }),
  defineForm({
    path: '/admin/integrations/servers/:server/edit',
    access,
    params: serverParams,
    body: serverDescription.extend({
      fields: fieldRows,
      reason,
      seenAt,
      confirm: z
        .literal('true')
        .optional()
        .transform((ticked) => ticked !== undefined),
    }),
    async submit(context, { params: { server }, body }) {
      await editServer(context, server, body);
      return { to: paths.server(server), flash: { kind: 'done', text: editCopy.saved } };
    },
    again: (context, { params: { server }, form }) => page(context, server, form),
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/admin/integrations/servers/:server',
    access,
    summary:
      'Edit a third-party server; if connected tenants have to enter more credentials, `confirm` is needed',
    params: serverParams,
    body: serverDescription.extend({ reason, seenAt, confirm: z.boolean().default(false) }),
    response: serverDetail,
    errors: ['server.not-found', 'server.built-in', 'server.changed', 'category.not-found'],
    async handle(context, { params: { server }, body }) {
      await editServer(context, server, body);
      return (await readServer(context, server)).detail;
    },
  }),
];
