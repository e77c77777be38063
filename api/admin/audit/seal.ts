import { z } from 'zod';
import { sealOverdueMs } from '../../../db/domain/audit/checkpoint.ts';
import { listNewest, sealState } from '../../../db/repos/audit/checkpoints.ts';
import type { Tx } from '../../../db/scope.ts';
import type { SealView } from '../../../templates/admin/audit/seal.tsx';
import { auditCopy } from '../../../templates/admin/audit/copy.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { AttentionItem } from '../../kit/contributions.ts';
import { defineRoute } from '../../kit/route.ts';
import { isoOf } from '../shared/query.ts';

async function read(context: RequestContext, tx: Tx): Promise<SealView & { waitingSince: Date | null }> {
  const { last, waiting, waitingSince, changed } = await sealState(tx);
  return {
    last: last && { number: last.number, sealedAt: last.sealedAt.toISOString() },
    waiting,
    waitingSince,
    overdue: waitingSince !== null && Date.now() - waitingSince.getTime() > sealOverdueMs,
    changed: changed.length,
    keyId: context.deps.auditSigner.keyId,
  };
}

/** How far sealing is, for the page of the log. */
export const readSeal = (context: RequestContext): Promise<SealView> =>
  context.deps.db.inScope(context.scope('platform'), (tx) => read(context, tx));

/** Sealing that stopped, or found changed events. */
export async function readSealAttention(context: RequestContext, tx: Tx): Promise<AttentionItem[]> {
  const { overdue, changed, waitingSince } = await read(context, tx);
  const { attention } = auditCopy.seal;
  const item = { href: paths.audit, button: attention.button, urgency: 'failed', tone: 'failed' } as const;
  if (changed > 0) return [{ ...item, sentence: attention.changed }];
  if (!overdue || !waitingSince) return [];
  return [{ ...item, sentence: attention.overdue, since: waitingSince.toISOString() }];
}

const checkpointItem = z.object({
  number: z.number().int(),
  sealedAt: z.string(),
  chains: z.number().int(),
  events: z.number().int(),
  hash: z.string(),
  keyId: z.string(),
  signature: z.string(),
});
const checkpointsShown = 50;

export const sealRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/audit/checkpoints',
    access: 'audit.verify',
    summary: 'How far the audit log is sealed, and the newest checkpoints',
    response: z.object({
      waiting: z.number().int(),
      waitingSince: z.string().nullable(),
      overdue: z.boolean(),
      changedChains: z.number().int(),
      checkpoints: z.array(checkpointItem),
    }),
    async handle(context) {
      return context.deps.db.inScope(context.scope('platform'), async (tx) => {
        const { waiting, waitingSince, overdue, changed } = await read(context, tx);
        const stored = await listNewest(tx, checkpointsShown);
        return {
          ...{ waiting, overdue, changedChains: changed },
          waitingSince: isoOf(waitingSince),
          checkpoints: stored.map(({ number, sealedAt, hash, signature, statement }) => ({
            ...{ number, hash, signature, sealedAt: sealedAt.toISOString() },
            ...{ chains: statement.chains, events: statement.events, keyId: statement.keyId },
          })),
        };
      });
    },
  }),
];
