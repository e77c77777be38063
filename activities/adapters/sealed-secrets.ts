import type { Db, Scope } from '../../db/scope.ts';
import { AppError } from '../../db/domain/errors.ts';
import * as secrets from '../../db/repos/settings/secrets.ts';
import type { SecretStore } from '../ports.ts';
import { derive, openEnvelope, sealEnvelope } from './envelope.ts';

/** A value opens only at the place it was sealed for, so rows can't be swapped and an old version can't be put back. */
function placeOf(tenantId: string, name: string, version: number): string {
  return JSON.stringify(['secrets', tenantId, name, version]);
}

const bySystem = (tenantId: string): Scope => ({
  visibility: { tenantId },
  by: { actor: { type: 'system', id: 'secrets' }, context: {} },
});

/**
 * Secrets in the database: each is sealed under its own data key, the data key under a key of the tenant, and the
 * tenant key is derived from `masterKey`. `scopeOf` gives the acting scope, as secrets are also read outside
 * activities.
 */
export function sealedSecrets(
  db: Db,
  masterKey: Buffer,
  scopeOf: (tenantId: string) => Scope = bySystem,
): SecretStore {
  // Identifies the master key without revealing it, so that rows sealed under an earlier key are recognised.
  const keyId = derive(masterKey, 'secrets-key-id').toString('hex', 0, 8);
  const keyOf = (tenantId: string) => derive(masterKey, `secrets:${tenantId}`);
  return {
    async put(tenantId, name, value) {
      const seal = (version: number) =>
        sealEnvelope(keyOf(tenantId), value, placeOf(tenantId, name, version));
      const version = await db.inScope(scopeOf(tenantId), (tx) =>
        secrets.insertNext(tx, { tenantId, name, keyId, seal }),
      );
      return { version };
    },

    async get(tenantId, name) {
      const found = await db.inScope(scopeOf(tenantId), (tx) => secrets.findNewest(tx, tenantId, name));
      if (!found) return null;
      if (found.keyId !== keyId) {
        throw new AppError('secret.unreadable', {
          cause: new Error(`sealed under key ${found.keyId}, not ${keyId}`),
        });
      }
      try {
        return openEnvelope(keyOf(tenantId), found.sealed, placeOf(tenantId, name, found.version));
      } catch (error) {
        throw new AppError('secret.unreadable', { cause: error });
      }
    },

    async remove(tenantId, name) {
      await db.inScope(scopeOf(tenantId), (tx) => secrets.removeAll(tx, tenantId, name));
    },
  };
}
