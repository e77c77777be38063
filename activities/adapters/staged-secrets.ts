import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/scope.ts';
import { stagedPrefix } from '../../db/repos/settings/secrets.ts';
import { sealedSecrets } from './sealed-secrets.ts';

/**
 * Stores a secret where it was entered, so that a process gets only its name. The process removes it; the code that
 * staged it does when no process took it over.
 */
export function stagedSecrets(db: Db, masterKey: Buffer) {
  const secrets = sealedSecrets(db, masterKey);
  return {
    async keepSecret(tenantId: string, value: Record<string, string>): Promise<string> {
      const name = `${stagedPrefix}${randomUUID()}`;
      await secrets.put(tenantId, name, JSON.stringify(value));
      return name;
    },
    dropSecret: (tenantId: string, name: string): Promise<void> => secrets.remove(tenantId, name),
  };
}
