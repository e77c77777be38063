import type { Client } from '@temporalio/client';
import { type Identity, type InputOf, type ProcessDeclaration, workflowType } from '../workflows/define.ts';
import { purgeOldRecordsContract } from '../workflows/audit/purge-old-records.contract.ts';
import { sealAuditLogContract } from '../workflows/audit/seal-audit-log.contract.ts';
import { remindApiKeysContract } from '../workflows/identity/remind-api-keys.contract.ts';
import { monitorServersContract } from '../workflows/integrations/monitor-servers.contract.ts';
import { startTemplatesContract } from '../workflows/runs/start-templates.contract.ts';
import { startOptions } from '../workflows/start-options.ts';

/** The platform starts these itself when it is released. */
const release = { id: 'release' };

/** One run for the platform: the first worker starts it, every other joins it. */
async function startOne<P extends ProcessDeclaration>(
  client: Client,
  contract: P & Identity<InputOf<P>>,
  input: InputOf<P>,
): Promise<void> {
  await client.workflow.start(workflowType(contract.name), {
    ...startOptions(contract, input, release, new Date()),
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  });
}

/** Ensures that the servers are monitored. */
export const startMonitoring = (client: Client): Promise<void> =>
  startOne(client, monitorServersContract, { turn: 0 });

/** Ensures that old records are purged. */
export const startPurging = (client: Client): Promise<void> =>
  startOne(client, purgeOldRecordsContract, { purgeRun: 0 });

/** Ensures that the audit log is sealed. */
export const startSealing = (client: Client): Promise<void> =>
  startOne(client, sealAuditLogContract, { turn: 0 });

/** Ensures that people are reminded of API keys that expire. */
export const startReminding = (client: Client): Promise<void> => startOne(client, remindApiKeysContract, {});

/** Ensures that events of the ledger start the templates that wait for them. */
export const startTemplateStarts = (client: Client): Promise<void> =>
  startOne(client, startTemplatesContract, { started: [] });
