import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/connect.ts';
import { sealedSecrets } from './sealed-secrets.ts';

/** Keeps what is secret where it was typed, so that a process is told only its name. The process removes it. */
export function waitingSecrets(db: Db, masterKey: Buffer) {
  const secrets = sealedSecrets(db, masterKey, (tenantId) => ({
    reach: { tenantId },
    by: { actor: { type: 'system', id: 'secrets' }, context: {} },
  }));
  return async (tenantId: string, value: Record<string, string>): Promise<string> => {
    const name = `waiting/${randomUUID()}`;
    await secrets.put(tenantId, name, JSON.stringify(value));
    return name;
  };
}
