import { allHandlersFinished, condition } from '@temporalio/workflow';
import type { InputOf, OutputOf } from '../define.ts';
import type { disconnectServerContract } from './disconnect-server.contract.ts';
import { denyPendingApprovals } from '../shared/deny-approvals.ts';
import { describeFailure } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { asked, db } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof disconnectServerContract;

/** Ends a connection. A service that does not forget our access does not keep it here. */
export async function disconnectServer(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { tenantId, server, actor } = input;
  const story = trackProgress<Contract>(['approvals', 'revoke', 'close']);
  let outcome: OutputOf<Contract> | null = null;
  handle<Contract>({
    disconnected: {
      summary: 'Answers when the connection has ended',
      async run() {
        await condition(() => outcome !== null);
        return outcome as OutputOf<Contract>;
      },
    },
  });

  await story.step('approvals', () => denyPendingApprovals({ tenantId, server, actor }));
  story.set('revoke', 'running');
  let revoked = false;
  try {
    revoked = await asked.revokeAccess({ tenantId, server });
    story.set('revoke', revoked ? 'done' : 'skipped');
  } catch (error) {
    story.set('revoke', 'skipped', { error: describeFailure(error) });
  }
  await story.step('close', () => db.closeConnection({ tenantId, server, actor }));
  outcome = { revoked };
  story.finish('done');
  await condition(allHandlersFinished);
  return outcome;
}
