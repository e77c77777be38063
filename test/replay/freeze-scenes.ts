import type { Processes } from '../../api/kit/processes/client.ts';
import { newId } from '../../db/domain/ids.ts';
import * as freezes from '../../db/repos/tenants/freezes.ts';
import { callToolContract } from '../../workflows/integrations/call-tool.contract.ts';
import { freezeWorkContract } from '../../workflows/tenants/freeze-work.contract.ts';
import { connectTenant, json, standIn, stubVendor } from '../support/tools.ts';
import { eventually } from '../support/world.ts';
import { business, reason, type Stage } from './stage.ts';

/** A freeze, and the tool calls it held: one is done after the thaw, one is skipped by the next one. */
export async function freezing(stage: Stage, processes: Processes): Promise<void> {
  const { world, over, save } = stage;
  const { db, owner } = world.database;
  const vendor = await stubVendor();
  standIn(world, 'stripe', vendor.url);
  vendor.answer((_request, response) =>
    json(response, 200, { id: 'cus_1', name: 'Ada', email: 'ada@example.com', created: 1_700_000_000 }),
  );
  const { tenantId, actor } = await business(stage);
  await connectTenant(world.deps, tenantId, 'stripe', { apiKey: 'rk_test_recorded' });
  const scope = { visibility: 'platform', by: { actor, context: {} } } as const;
  for (const policy of ['run', 'skip'] as const) {
    const id = newId('freeze');
    const freeze = { id, reach: 'tenant', tenantId, reason, workflowId: id } as const;
    await db.inScope(scope, (tx) => freezes.freeze(tx, freeze));
    const held = await processes.start(
      freezeWorkContract,
      { freezeId: id, reach: 'tenant', tenantId },
      actor,
    );
    const args = { name: 'Ada', email: 'ada@example.com' };
    const about = { server: 'stripe', tool: 'stripe_create_customer', arguments: args };
    const call = await processes.start(
      callToolContract,
      { tenantId, callId: newId('call'), actor, ...about },
      actor,
    );
    await eventually(
      () => owner('select 1 from mcp_calls where workflow_id = $1', [call.workflowId]),
      ({ length }) => length > 0,
    );
    const thawing = { policy, keepHours: 0 };
    await db.inScope(scope, (tx) => freezes.thaw(tx, { reach: 'tenant', tenantId, reason, thawing }));
    await over(call.workflowId);
    await save(`call-tool-held-${policy}`, call.workflowId);
    await over(held.workflowId);
    if (policy === 'run') await save('freeze-work', held.workflowId);
  }
  await vendor.close();
}
