import { z } from 'zod';
import { agentCatalog } from '../../../../db/domain/agents/catalog.ts';
import {
  isReading,
  keyKinds,
  keyParams as params,
  newKey,
  rotation,
} from '../../../../db/domain/identity/api-key.ts';
import { type Permission, permissionGroups, permissions } from '../../../../db/domain/permissions.ts';
import { apiKeysCopy as copy } from '../../../../templates/client/identity/api-keys/copy.ts';
import { KeyShownPage } from '../../../../templates/client/identity/api-keys/key-shown.tsx';
import { type KeyRow, KeysPage } from '../../../../templates/client/identity/api-keys/keys.tsx';
import { NewKeyPage, type ScopeGroup } from '../../../../templates/client/identity/api-keys/new-key.tsx';
import { paths } from '../../../../templates/paths.ts';
import { defineAction } from '../../../kit/action.ts';
import type { Area } from '../../../kit/area.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { keptKey } from '../../../kit/idempotency-key.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { defineForm, definePage, defineRoute, type FormState } from '../../../kit/route.ts';
import {
  createKey,
  grantable,
  listKeys,
  type ManagedKey,
  managesAll,
  revokeKey,
  rotateKey,
  type ShownKey,
} from './manage.ts';

const own = { access: 'account.secure', whileViewing: 'never' } as const;
const isoOf = (date: Date | null): string | null => date?.toISOString() ?? null;

const agentTitle = (key: string | null): string | null =>
  agentCatalog.find((agent) => agent.key === key)?.title ?? null;

function toRow(key: ManagedKey): KeyRow {
  const { id, kind, name, scopes, networks, last4, state, previousLast4, mayRotate, mayRevoke } = key;
  return {
    ...{ id, kind, name, scopes, networks, last4, state, previousLast4, mayRotate, mayRevoke },
    owner: kind === 'agent' ? agentTitle(key.agent) : key.ownerName,
    previousUntil: isoOf(key.previousUntil),
    expiresAt: isoOf(key.expiresAt),
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: isoOf(key.lastUsedAt),
    lastUsedIp: key.lastUsedIp,
  };
}

const item = z.object({
  id: z.string(),
  kind: z.enum(keyKinds),
  name: z.string(),
  /** The person or agent; null for a key of the business. */
  owner: z.string().nullable(),
  scopes: z.array(z.string()).readonly(),
  networks: z.array(z.string()).readonly(),
  last4: z.string(),
  state: z.enum(['active', 'rotating', 'expired', 'revoked']),
  previousUntil: z.string().nullable(),
  expiresAt: z.string().nullable(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  lastUsedIp: z.string().nullable(),
});
const shown = z.object({ id: z.string(), name: z.string(), key: z.string(), last4: z.string() });

async function show(context: RequestContext, refused?: { id: string; form: FormState }) {
  const keys = await listKeys(context);
  return KeysPage({
    frame: pageContextOf(context),
    keys: keys.map(toRow),
    managesAll: managesAll(context),
    requestKey: keptKey(refused?.form.values ?? {}),
    ...(refused && { refused }),
  });
}

/** Everything the viewer can give, reading before writing; a business’s key lacks what only people can do. */
function scopeGroups(context: RequestContext): ScopeGroup[] {
  const allowed = new Set(grantable(context, 'person'));
  const forAll = new Set(grantable(context, 'tenant'));
  const choice = (permission: Permission) => ({
    value: permission,
    title: permissions[permission].text,
    text: forAll.has(permission) ? permission : `${permission} · ${copy.onlyPeople}`,
  });
  return [true, false].map((reading) => ({
    title: reading ? copy.reading : copy.writing,
    choices: permissionGroups
      .flatMap((group) => group.permissions)
      .filter((permission) => allowed.has(permission) && isReading(permission) === reading)
      .map(choice),
  }));
}

const showForm = (context: RequestContext, form?: FormState) =>
  NewKeyPage({
    frame: pageContextOf(context),
    managesAll: managesAll(context),
    groups: scopeGroups(context),
    agents: agentCatalog.map(({ key, title }) => ({ value: key, label: title })),
    requestKey: keptKey(form?.values ?? {}),
    ...(form && { form }),
  });

async function showKey(context: RequestContext, key: ShownKey & { previousUntil?: string | null }) {
  await context.loadBadges();
  const { name, key: secret, previousUntil = null } = key;
  return KeyShownPage({ frame: pageContextOf(context), name, secret, previousUntil });
}

const rotateErrors = ['key.not-found', 'key.ended', 'key.rotating', 'process.timeout'];

/** Keys of the viewer, and of the business for those who look after them. People of the platform have their own here. */
export const apiKeysArea: Area = {
  side: 'client',
  nav: [
    {
      title: copy.title,
      href: paths.apiKeys,
      icon: 'key',
      group: 'Account',
      permission: 'account.secure',
      tabOf: paths.tenantSecurity,
    },
  ],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/client/api-keys',
      ...own,
      summary: 'Your API keys, and those of the business if you manage them: working ones first',
      response: z.object({ items: z.array(item) }),
      handle: async (context) => ({ items: (await listKeys(context)).map(toRow) }),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/client/api-keys',
      ...own,
      stepUp: true,
      status: 201,
      summary: 'Create an API key; the answer is the only place that shows it',
      body: newKey,
      response: shown,
      handle: (context, { body }) => createKey(context, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/client/api-keys/:id/rotate',
      ...own,
      stepUp: true,
      summary: 'Give a key a new secret; the old one works for the hours of the overlap',
      params,
      body: rotation,
      response: shown.extend({ previousUntil: z.string().nullable() }),
      errors: rotateErrors,
      handle: (context, { params: { id }, body }) => rotateKey(context, id, body),
    }),
    definePage({ path: paths.apiKeys, ...own, show: (context) => show(context) }),
    definePage({ path: paths.newApiKey, ...own, show: async (context) => showForm(context) }),
    defineForm({
      path: paths.newApiKey,
      ...own,
      stepUp: true,
      body: newKey,
      submit: async (context, { body }) => showKey(context, await createKey(context, body)),
      again: async (context, { form }) => showForm(context, form),
    }),
    defineForm({
      path: '/account/security/api-keys/:id/rotate',
      ...own,
      stepUp: true,
      params,
      body: rotation,
      submit: async (context, { params: { id }, body }) =>
        showKey(context, await rotateKey(context, id, body)),
      again: (context, { params: { id }, form }) => show(context, { id, form }),
    }),
    ...defineAction({
      paths: { api: '/api/client/api-keys/:id', form: '/account/security/api-keys/:id/revoke' },
      method: 'DELETE',
      ...own,
      summary: 'Revoke an API key; from the answer on nothing is accepted with it',
      params,
      response: z.object({ revoked: z.literal(true) }),
      errors: ['key.not-found'],
      run: (context, { params: { id } }) => revokeKey(context, id),
      answer: async () => ({ revoked: true as const }),
      done: () => copy.revoked,
      then: () => paths.apiKeys,
      refusedTo: () => paths.apiKeys,
    }),
  ],
};
