import type { InputOf, OutputOf } from '../define.ts';
import type { disconnectServerContract } from './disconnect-server.contract.ts';
import { denyPendingApprovals } from '../shared/deny-approvals.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { db, interactive } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof disconnectServerContract;

const reason = 'The server was disconnected.';

/** Ends a connection, even when the vendor does not revoke our access. */
export async function disconnectServer(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { tenantId, server, actor } = input;
  const progress = trackProgress<Contract>(['approvals', 'revoke', 'close']);
  const disconnected = earlyAnswer<OutputOf<Contract>>();
  handle<Contract>({ disconnected: disconnected.handler('Answers when the connection has ended') });

  await progress.step('approvals', () => denyPendingApprovals({ tenantId, server, reason, actor }));
  progress.set('revoke', 'running');
  let revoked = false;
  try {
    revoked = await interactive.revokeAccess({ tenantId, server });
    progress.set('revoke', revoked ? 'done' : 'skipped');
  } catch (error) {
    progress.set('revoke', 'skipped', { error: describeFailure(error) });
  }
  await progress.step('close', () => db.closeConnection({ tenantId, server, actor }));
  disconnected.resolve({ revoked });
  await finish(progress, 'done');
  return { revoked };
}
