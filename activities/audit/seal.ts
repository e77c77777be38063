import { sealChains } from '../../db/repos/audit/seal.ts';
import { actingIn } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';

const sealer = { type: 'system', id: 'seal-audit-log' } as const;

/** Sealing the audit log. */
export function sealActivities(deps: Deps) {
  return {
    /**
     * Signs the next checkpoint if at least so many events wait for it. Returns its number, null where none was made,
     * and how many chains were changed since they were sealed. Each try looks at the chains anew, so one whose answer
     * was lost is harmless.
     */
    async sealChains(request: { atLeast: number }): Promise<{ number: number | null; changed: number }> {
      const { sealed, changed } = await deps.db.inScope(actingIn('platform', sealer), (tx) =>
        sealChains(tx, deps.auditSigner, { atLeast: request.atLeast, now: deps.clock.now() }),
      );
      // Logs are usually kept elsewhere: there, the hash is a witness that the database can't change.
      if (sealed) deps.log.info({ checkpoint: sealed.number, hash: sealed.hash }, 'audit log sealed');
      if (changed > 0) deps.log.error({ chains: changed }, 'sealed events of the audit log were changed');
      return { number: sealed?.number ?? null, changed };
    },
  };
}
