import { createHash } from 'node:crypto';
import { writeKey } from '../../../../db/auth/api-key-token.ts';
import { AppError } from '../../../../db/domain/errors.ts';
import { idFromKey, PLATFORM_TENANT_ID } from '../../../../db/domain/ids.ts';
import { type ApiKey, isScopeOf, type KeyKind, type NewKey } from '../../../../db/domain/identity/api-key.ts';
import type { Permission } from '../../../../db/domain/permissions.ts';
import * as apiKeys from '../../../../db/repos/identity/api-keys.ts';
import { rotateApiKeyContract } from '../../../../workflows/identity/rotate-api-key.contract.ts';
import type { RequestContext } from '../../../kit/context.ts';

/** As many as a person looks through; with more of them, those that ended longest ago are left out. */
const mostListed = 200;

/** Where the keys of the viewer are filed: their business, or the platform. */
const homeOf = (context: RequestContext): string => context.person().tenant?.id ?? PLATFORM_TENANT_ID;

/** Rows of the own business, or of the platform for those who belong to none. */
const scopeOf = (context: RequestContext) =>
  context.person().tenant ? context.tenant() : context.scope('platform');

/** Whether the viewer looks after the keys of the whole business. */
export const managesAll = (context: RequestContext): boolean =>
  context.person().tenant !== null && context.can('keys.manage');

/** What the viewer can give a key of this kind: nothing beyond what they may do. */
export function grantable(context: RequestContext, kind: KeyKind): Permission[] {
  return [...context.person().permissions].filter((permission) => isScopeOf(kind, permission));
}

/** A key with what the viewer may do with it. */
export type ManagedKey = Awaited<ReturnType<typeof apiKeys.listOf>>[number] & {
  mayRotate: boolean;
  mayRevoke: boolean;
};

/** The secret goes to who rotates a key: it must not let them do more than they may, nor act for someone else. */
function mayRotate(context: RequestContext, { kind, userId, scopes, state }: ApiKey): boolean {
  if (state !== 'active' && state !== 'rotating') return false;
  if (kind === 'person') return userId === context.person().userId;
  return managesAll(context) && scopes.every((scope) => context.can(scope));
}

const mayRevoke = (context: RequestContext, { userId, state }: ApiKey): boolean =>
  state !== 'revoked' && (userId === context.person().userId || managesAll(context));

export async function listKeys(context: RequestContext): Promise<ManagedKey[]> {
  const of = { limit: mostListed, ...(!managesAll(context) && { userId: context.person().userId }) };
  const keys = await context.deps.db.inScope({ ...scopeOf(context), readOnly: true }, (tx) =>
    apiKeys.listOf(tx, homeOf(context), of),
  );
  return keys.map((key) => ({
    ...key,
    mayRotate: mayRotate(context, key),
    mayRevoke: mayRevoke(context, key),
  }));
}

/** One of the keys the viewer sees; another one is as if it did not exist. Throws `key.not-found`. */
async function visibleKey(context: RequestContext, id: string): Promise<ApiKey> {
  const key = await context.deps.db.inScope({ ...scopeOf(context), readOnly: true }, (tx) =>
    apiKeys.get(tx, homeOf(context), id),
  );
  if (key.userId !== context.person().userId && !managesAll(context)) throw new AppError('key.not-found');
  return key;
}

/** The id of a key, and with it its secret, follow from the request that asked for it: repeated, it is the same key. */
const subjectOf = (context: RequestContext, requestKey: string): string =>
  `${homeOf(context)}/${context.person().userId}/${requestKey}`;

export interface ShownKey {
  id: string;
  name: string;
  /** Shown once: only its hash is stored. */
  key: string;
  last4: string;
}

function expiryOf({ expires, expiresOn }: NewKey): apiKeys.InsertedKey['expires'] {
  if (expires === 'never') return null;
  return expires === 'date' ? { on: expiresOn ?? '' } : { days: Number(expires) };
}

/** Throws `permission.denied` for keys of the business without the permission, `request.invalid` for a foreign scope. */
export async function createKey(context: RequestContext, asked: NewKey): Promise<ShownKey> {
  const { kind, name, agent, scopes, networks, requestKey = crypto.randomUUID() } = asked;
  const { userId } = context.person();
  if (kind !== 'person' && !managesAll(context)) throw new AppError('permission.denied');
  const allowed = grantable(context, kind);
  const foreign = scopes.filter((scope) => !allowed.includes(scope));
  if (foreign.length > 0)
    throw new AppError('request.invalid', {
      fields: { scopes: `This key can’t have: ${foreign.join(', ')}.` },
    });
  const subject = subjectOf(context, requestKey);
  const id = await idFromKey('apiKey', subject);
  const written = writeKey(id, context.deps.keySecret(`create/${subject}`));
  await context.deps.db.inScope(scopeOf(context), async (tx) => {
    const { secretHash, last4 } = written;
    const key = { id, tenantId: homeOf(context), kind, name, networks, secretHash, last4, createdBy: userId };
    const owner = {
      userId: kind === 'person' ? userId : null,
      agent: kind === 'agent' ? (agent ?? null) : null,
    };
    await apiKeys.insert(tx, { ...key, ...owner, scopes: [...new Set(scopes)], expires: expiryOf(asked) });
  });
  return { id, name, key: written.key, last4: written.last4 };
}

/** Throws `key.not-found`, `permission.denied`, `key.ended`, `key.rotating`. */
export async function rotateKey(
  context: RequestContext,
  id: string,
  {
    overlapHours,
    requestKey = crypto.randomUUID(),
  }: { overlapHours: number; requestKey?: string | undefined },
): Promise<ShownKey & { previousUntil: string | null }> {
  const found = await visibleKey(context, id);
  if (found.state === 'revoked' || found.state === 'expired') throw new AppError('key.ended');
  if (!mayRotate(context, found)) throw new AppError('permission.denied');
  const subject = `${id}/${overlapHours}/${subjectOf(context, requestKey)}`;
  const { key, secretHash, last4 } = writeKey(id, context.deps.keySecret(`rotate/${subject}`));
  const by = context.actor();
  const run = createHash('sha256').update(subject).digest('hex').slice(0, 40);
  const input = { tenantId: found.tenantId, keyId: id, overlapHours, secretHash, last4, by, requestKey: run };
  const { previousUntil } = await context.deps.processes.startWithUpdate(
    rotateApiKeyContract,
    input,
    by,
    'keyRotated',
    null,
  );
  return { id, name: found.name, key, last4, previousUntil };
}

/** Throws `key.not-found`. */
export async function revokeKey(context: RequestContext, id: string): Promise<void> {
  await visibleKey(context, id);
  await context.deps.db.inScope(scopeOf(context), (tx) => apiKeys.revoke(tx, homeOf(context), id, null));
}
