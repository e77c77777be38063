import { writeFile } from 'node:fs/promises';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { plantTenant } from '../support/database.ts';
import type { World } from '../support/world.ts';
import { corpusFolder } from './corpus.ts';

/** What a scene needs to be played and recorded. */
export interface Stage {
  environment: TestWorkflowEnvironment;
  world: World;
  client: Client;
  /** Waits for the end of a run, however it ends. */
  over(id: string): Promise<void>;
  /** Writes the history of a run, the newest one where none is named. */
  save(name: string, id: string, runId?: string): Promise<void>;
}

export function stageOf(environment: TestWorkflowEnvironment, world: World, client: Client): Stage {
  return {
    ...{ environment, world, client },
    async over(id) {
      await client.workflow
        .getHandle(id)
        .result()
        .catch(() => undefined);
    },
    async save(name, id, runId) {
      const history = await client.workflow.getHandle(id, runId).fetchHistory();
      // The name of the recording machine has no effect on the workflow.
      const anonymous = (key: string, value: unknown) => (key === 'identity' ? 'recorder' : value);
      const stored = { workflowId: id, history: JSON.parse(historyToJSON(history), anonymous) as unknown };
      await writeFile(`${corpusFolder}${name}.json`, `${JSON.stringify(stored)}\n`);
      console.log(`${name}: ${history.events?.length} events`);
    },
  };
}

/** Why an administrator acts, wherever a reason is asked for. */
export const reason = 'Asked for on the phone';

/** A business with an owner, as a person of it acts. */
export async function business({ world }: Stage) {
  const { tenantId, userId } = await plantTenant(world.database.db, { status: 'live' });
  return { tenantId, actor: { type: 'user' as const, id: userId } };
}
