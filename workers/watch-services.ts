import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import { PLATFORM_TENANT_ID } from '../db/domain/ids.ts';
import { workflowId, workflowType } from '../workflows/define.ts';
import { watchServicesContract } from '../workflows/watch-services.contract.ts';

const keyword = (name: string, value: string) => ({
  key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD),
  value,
});

/** Sees to it that the services are watched over: one run for the platform, whichever worker comes first starts it. */
export async function startWatching(client: Client): Promise<void> {
  const { name, queue } = watchServicesContract;
  await client.workflow.start(workflowType(name), {
    workflowId: workflowId(PLATFORM_TENANT_ID, name, 'all'),
    taskQueue: queue,
    args: [{ turn: 0 }],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    priority: { fairnessKey: PLATFORM_TENANT_ID },
    typedSearchAttributes: new TypedSearchAttributes([
      keyword('TenantId', PLATFORM_TENANT_ID),
      keyword('Process', name),
      keyword('Subject', PLATFORM_TENANT_ID),
      keyword('ActorId', 'release'),
      keyword('State', 'running'),
      { key: defineSearchAttributeKey('ChangedAt', SearchAttributeType.DATETIME), value: new Date() },
    ]),
  });
}
