import { AppError } from '../../db/domain/errors.ts';
import type { Sealer } from '../ports.ts';

const purpose = 'form-drafts';

/** Seals what a person typed into a text for a cookie, which opens only for the same owner. */
export function sealedDrafts(sealer: Sealer) {
  return {
    sealDraft(owner: string, text: string): string {
      const { keyId, sealed } = sealer.seal(purpose, text, owner);
      return `${keyId}.${sealed.toString('base64url')}`;
    },
    /** Null for what is another's, was changed, or was sealed under another key. */
    openDraft(owner: string, value: string): string | null {
      const [keyId = '', sealed = ''] = value.split('.');
      try {
        return sealer.open(purpose, { keyId, sealed: Buffer.from(sealed, 'base64url') }, owner);
      } catch (error) {
        if (error instanceof AppError && error.code === 'secret.unreadable') return null;
        throw error;
      }
    },
  };
}
