import { z } from 'zod';
import { reason } from '../../../db/domain/common.ts';
import { keyKinds, keyParams as params } from '../../../db/domain/identity/api-key.ts';
import { AppError } from '../../../db/domain/errors.ts';
import * as apiKeys from '../../../db/repos/identity/api-keys.ts';
import { AdminKeysPage, type OverseenRow } from '../../../templates/admin/identity/api-keys.tsx';
import { adminKeysCopy as copy } from '../../../templates/admin/identity/key-copy.ts';
import { paths } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { isoOf, optionalParam, paged, pageOf, queryOf, words } from '../shared/query.ts';

const access = 'keys.oversee';
const keyStates = ['active', 'rotating', 'expired', 'revoked'] as const;

const query = z.object({
  q: words,
  state: optionalParam(z.enum(keyStates)),
  kind: optionalParam(z.enum(keyKinds)),
  tenant: optionalParam(z.string().max(60)),
  ...paged,
});
type Query = z.output<typeof query>;

const item = z.object({
  id: z.string(),
  tenantId: z.string(),
  tenantName: z.string().nullable(),
  kind: z.enum(keyKinds),
  name: z.string(),
  owner: z.string().nullable(),
  scopes: z.array(z.string()).readonly(),
  networks: z.array(z.string()).readonly(),
  last4: z.string(),
  state: z.enum(keyStates),
  expiresAt: z.string().nullable(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  lastUsedIp: z.string().nullable(),
});

function toRow(key: apiKeys.OverseenKey): OverseenRow {
  const { id, tenantId, tenantName, kind, name, scopes, networks, last4, state, lastUsedIp } = key;
  return {
    ...{ id, tenantId, tenantName, kind, name, scopes, networks, last4, state, lastUsedIp },
    owner: kind === 'agent' ? key.agent : key.ownerName,
    expiresAt: isoOf(key.expiresAt),
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: isoOf(key.lastUsedAt),
  };
}

async function read(context: RequestContext, { tenant, ...filter }: Query, counted = false) {
  const page = await context.deps.db.inScope(context.scope('platform'), (tx) =>
    apiKeys.list(tx, { ...filter, tenantId: tenant, counted }),
  );
  return { ...page, items: page.items.map(toRow) };
}

async function show(context: RequestContext, asked: Query, refused?: { id: string; form: FormState }) {
  const { items, nextCursor, total } = await read(context, asked, true);
  return AdminKeysPage({
    frame: pageContextOf(context),
    rows: items,
    query: queryOf(context, Object.keys(query.shape)),
    nextCursor,
    ...(total !== undefined && { total }),
    ...(refused && { refused }),
  });
}

/** Throws `key.not-found`, also for a key that has ended already. */
async function revoke(context: RequestContext, id: string, why: string): Promise<void> {
  await context.deps.db.inScope(context.scope('platform'), async (tx) => {
    const tenantId = await apiKeys.tenantOf(tx, id);
    if (!(await apiKeys.revoke(tx, tenantId, id, why))) throw new AppError('key.ended');
  });
}

/** The API keys of all tenants, and of the platform’s own people. */
export const adminApiKeysArea: Area = {
  side: 'admin',
  nav: [
    {
      title: copy.title,
      href: paths.adminApiKeys,
      icon: 'key',
      group: 'Govern',
      permission: access,
      tabOf: paths.audit,
      // One's own are reached from one's account.
      also: [paths.apiKeys],
    },
  ],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/admin/api-keys',
      access,
      whileViewing: 'never',
      summary: 'API keys of all tenants, the newest first',
      query,
      response: pageOf(item),
      async handle(context, { query: asked }) {
        const { items, nextCursor } = await read(context, asked);
        return { items, nextCursor };
      },
    }),
    definePage({
      path: paths.adminApiKeys,
      access,
      whileViewing: 'never',
      query,
      show: (context, { query: asked }) => show(context, asked),
    }),
    ...defineAction({
      paths: { api: '/api/admin/api-keys/:id/revoke', form: '/admin/api-keys/:id/revoke' },
      access,
      whileViewing: 'never',
      summary: 'Revoke an API key of any tenant; from the answer on nothing is accepted with it',
      params,
      body: z.strictObject({ reason }),
      response: z.object({ revoked: z.literal(true) }),
      errors: ['key.not-found', 'key.ended'],
      run: (context, { params: { id }, body }) => revoke(context, id, body.reason),
      answer: async () => ({ revoked: true as const }),
      done: () => copy.revoked,
      then: () => paths.adminApiKeys,
      rerender: (context, { params: { id }, form }) => show(context, query.parse({}), { id, form }),
    }),
  ],
};
