import assert from 'node:assert/strict';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Client } from '@temporalio/client';
import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import type { Progress } from '../../../db/domain/progress.ts';
import { retentionRules } from '../../../db/domain/audit/retention.ts';
import { startPurging } from '../../../workers/start-singletons.ts';
import { workflowId } from '../../../workflows/define.ts';
import { plantTenant } from '../../support/database.ts';
import { timeSkippingEnvironment } from '../../support/time-skipping.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../../support/world.ts';

const id = workflowId(PLATFORM_TENANT_ID, 'purge-old-records', 'all');

describe('[MCP-R3] [SEC-7] the nightly removal of old records', function () {
  this.timeout(120_000);
  let environment: TestWorkflowEnvironment;
  let world: World;
  let worker: { stop(): Promise<void> };
  let client: Client;
  let tenantId: string;

  const startWorker = () => {
    const namespace = environment.namespace ?? 'default';
    return runWorker(world, { address: '', namespace, nativeConnection: environment.nativeConnection });
  };

  before(async () => {
    [environment, world] = await Promise.all([timeSkippingEnvironment(), openWorld()]);
    client = clientFor(world, environment.connection as never, environment.namespace ?? 'default');
    ({ tenantId } = await plantTenant(world.database.db));
    worker = await startWorker();
  });
  after(async () => {
    await client.workflow
      .getHandle(id)
      .terminate('the test is over')
      .catch(() => undefined);
    await worker.stop();
    await environment.teardown();
    await world.close();
  });

  /** By the clock of the server, which only jumps ahead. */
  const plant = (count: number) =>
    world.database.owner(
      `insert into mcp_calls (id, tenant_id, server, tool, actor_type, actor_id, call_key, attempt, outcome, ms, bytes_in,
                              bytes_out, at)
       select 'cal_' || gen_random_uuid(), $1, 'notion', 'list', 'user', 'usr_x', 'k', 1, 'ok', 10, 1, 1,
              now() - interval '40 days' from generate_series(1, $2::int)`,
      [tenantId, count],
    );
  const rounds = () =>
    world.database.owner<{
      key: string;
      ended_at: Date | null;
      removed: Record<string, number>;
      failed: string[];
    }>('select key, ended_at, removed, failed from purge_runs order by started_at');
  const nights = (count: number) =>
    eventually(rounds, (rows) => rows.filter(({ ended_at: ended }) => ended).length === count, 60_000);
  const events = () =>
    world.database.owner<{ body: { data: Record<string, unknown>; context: Record<string, string> } }>(
      `select body from events where action = 'records.purged' order by seq`,
    );
  const figures = async () => {
    const [row] = await world.database.owner<{ left: number; summed: number }>(
      `select (select count(*)::int from mcp_calls) as left, (select coalesce(sum(calls), 0)::int from mcp_call_rollups) as summed`,
    );
    return row;
  };
  const progress = async () =>
    (await client.workflow.getHandle(id).describe()).memo?.['progress'] as Progress | undefined;

  it('waits for the night, removes in parts, and says on its page and in one event what it was', async () => {
    await plant(1_203);
    await startPurging(client);
    await eventually(progress, (known) => known?.state === 'waiting');
    assert.deepEqual(await rounds(), [], 'nothing happens by day');
    assert.match((await progress())?.next?.at ?? '', /T03:00:00\.000Z$/);
    await environment.sleep('1 day');
    const [night] = await nights(1);
    assert.equal(night?.removed['calls'], 1_203);
    assert.deepEqual(
      Object.keys(night?.removed ?? {}).sort(),
      retentionRules.map(({ key }) => key as string).sort(),
    );
    assert.deepEqual(await figures(), { left: 0, summed: 1_203 });
    const after = await eventually(progress, (known) => known?.state === 'waiting');
    const noteOf = (key: string) => after?.steps.find((step) => step.key === key)?.note;
    assert.deepEqual(
      [noteOf('calls'), noteOf('mails')],
      [1_203, 0].map((count) => ({ kind: 'removed', count, more: false })),
    );
    const [event, ...more] = await events();
    assert.deepEqual([event?.body.data, more], [{ calls: 1_203 }, []]);
    assert.equal(event?.body.context['workflowId'], id);
  });

  it('is one run, however many workers start it', async () => {
    const { runId } = await client.workflow.getHandle(id).describe();
    await startPurging(client);
    assert.equal((await client.workflow.getHandle(id).describe()).runId, runId);
  });

  it('continues with the other rules when one fails, and retries that one the next night', async () => {
    await plant(10);
    await world.database.owner('alter table mcp_webhook_deliveries rename to away');
    await environment.sleep('1 day');
    // It is tried for six hours, which pass here as soon as nothing else is under way.
    await eventually(
      progress,
      (known) => known?.steps.some(({ key, attempts }) => key === 'deliveries' && attempts > 1) ?? false,
      30_000,
    );
    for (
      let waits = 0;
      waits < 60 && (await rounds()).filter(({ ended_at: ended }) => ended).length < 2;
      waits += 1
    ) {
      await environment.sleep('10 minutes');
    }
    const [, failed] = await nights(2);
    assert.deepEqual([failed?.failed, failed?.removed['calls']], [['deliveries'], 10]);
    assert.ok('rounds' in (failed?.removed ?? {}), 'rules after it were followed');
    assert.equal((await events()).at(-1)?.body.data['failed'], 'deliveries');
    await world.database.owner('alter table away rename to mcp_webhook_deliveries');
    await environment.sleep('1 day');
    const [, , next] = await nights(3);
    assert.deepEqual([next?.failed, next?.removed['deliveries']], [[], 0]);
  });

  it('continues as new before its history grows long', async () => {
    const first = await client.workflow.getHandle(id).describe();
    let length = 0;
    for (let night = 4; night < 60; night += 1) {
      await environment.sleep('1 day');
      await nights(night);
      const now = await eventually(
        () => client.workflow.getHandle(id).describe(),
        ({ runId, memo }) => runId !== first.runId || (memo?.['progress'] as Progress).state === 'waiting',
      );
      if (now.runId !== first.runId) {
        assert.ok(length > 2_000 && length < 3_500, `${length} events`);
        const keys = (await rounds()).map(({ key }) => key);
        assert.equal(new Set(keys).size, keys.length);
        return;
      }
      length = now.historyLength;
    }
    assert.fail(`no new run after ${length} events`);
  });
});
