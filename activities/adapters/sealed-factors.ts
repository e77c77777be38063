import { AppError } from '../../db/domain/errors.ts';
import type { Sealer } from '../ports.ts';

const factors = 'second-factors';
const passes = 'passes';

/** Seals secrets of second factors, each for its person, and short texts that a browser keeps for one purpose. */
export function sealedFactors(sealer: Sealer) {
  return {
    sealFactor: (userId: string, secret: string) => sealer.seal(factors, secret, userId),
    openFactor: (userId: string, stored: { keyId: string; sealed: Buffer }) =>
      sealer.open(factors, stored, userId),
    sealPass(purpose: string, text: string): string {
      const { keyId, sealed } = sealer.seal(passes, text, purpose);
      return `${keyId}.${sealed.toString('base64url')}`;
    },
    /** Null for what was changed, is for another purpose, or was sealed under another key. */
    openPass(purpose: string, value: string): string | null {
      const [keyId = '', sealed = ''] = value.split('.');
      try {
        return sealer.open(passes, { keyId, sealed: Buffer.from(sealed, 'base64url') }, purpose);
      } catch (error) {
        if (error instanceof AppError && error.code === 'secret.unreadable') return null;
        throw error;
      }
    },
  };
}
