import { AppError } from '../../db/domain/errors.ts';
import type { Sealer } from '../ports.ts';
import { derive, openEnvelope, sealEnvelope } from './envelope.ts';

/** Seals single column values under keys derived from the master key by purpose. */
export function createSealer(masterKey: Buffer): Sealer {
  const keyId = derive(masterKey, 'secrets-key-id').toString('hex', 0, 8);
  const keyOf = (purpose: string) => derive(masterKey, `sealed:${purpose}`);
  return {
    seal: (purpose, value, place) => ({ keyId, sealed: sealEnvelope(keyOf(purpose), value, place) }),
    open(purpose, stored, place) {
      try {
        if (stored.keyId !== keyId) throw new Error(`sealed under key ${stored.keyId}, not ${keyId}`);
        return openEnvelope(keyOf(purpose), stored.sealed, place);
      } catch (error) {
        throw new AppError('secret.unreadable', { cause: error });
      }
    },
  };
}
