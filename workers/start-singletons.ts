import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import { PLATFORM_TENANT_ID } from '../db/domain/ids.ts';
import {
  type Identity,
  type InputOf,
  type ProcessDeclaration,
  workflowId,
  workflowType,
} from '../workflows/define.ts';
import { purgeOldRecordsContract } from '../workflows/audit/purge-old-records.contract.ts';
import { monitorServersContract } from '../workflows/integrations/monitor-servers.contract.ts';

const keyword = (name: string, value: string) => ({
  key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD),
  value,
});

/** One run for the platform, whichever worker comes first starts it. */
async function startOne<P extends ProcessDeclaration>(
  client: Client,
  contract: P & Identity<InputOf<P>>,
  input: InputOf<P>,
): Promise<void> {
  const { name, queue } = contract;
  await client.workflow.start(workflowType(name), {
    workflowId: workflowId(PLATFORM_TENANT_ID, name, contract.key(input)),
    taskQueue: queue,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    priority: { fairnessKey: PLATFORM_TENANT_ID },
    typedSearchAttributes: new TypedSearchAttributes([
      keyword('TenantId', PLATFORM_TENANT_ID),
      keyword('Process', name),
      keyword('Subject', contract.subject(input)),
      keyword('ActorId', 'release'),
      keyword('State', 'running'),
      { key: defineSearchAttributeKey('ChangedAt', SearchAttributeType.DATETIME), value: new Date() },
    ]),
  });
}

/** Sees to it that the services are watched over. */
export const startMonitoring = (client: Client): Promise<void> =>
  startOne(client, monitorServersContract, { turn: 0 });

/** Sees to it that old rows are removed. */
export const startPurging = (client: Client): Promise<void> =>
  startOne(client, purgeOldRecordsContract, { round: 0 });
