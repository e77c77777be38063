import assert from 'node:assert/strict';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createProcesses, type Processes } from '../../../api/kit/processes/client.ts';
import type { Actor } from '../../../db/domain/actor.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { newId } from '../../../db/domain/ids.ts';
import { workflowId } from '../../../workflows/define.ts';
import { onboardTenantContract } from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import {
  type NewRound,
  runBulkOperationContract as contract,
} from '../../../workflows/runs/run-bulk-operation.contract.ts';
import { bulkRequest, outcomesOf, plantSuperAdmin, projectWaiting } from '../../support/bulk.ts';
import { plantTenant } from '../../support/database.ts';
import { type SignedUp, signUp } from '../../support/sign-up.ts';
import { timeSkippingEnvironment } from '../../support/time-skipping.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../../support/world.ts';

const reason = 'Asked for at the weekly round';

describe('[TEN-5] bulk operations', function () {
  this.timeout(60_000);
  let environment: TestWorkflowEnvironment;
  let world: World;
  let worker: { stop(): Promise<void> };
  let processes: Processes;
  let by: Actor;

  before(async () => {
    [environment, world] = await Promise.all([timeSkippingEnvironment(), openWorld()]);
    const namespace = environment.namespace ?? 'default';
    worker = await runWorker(world, {
      ...{ address: '', namespace, nativeConnection: environment.nativeConnection },
    });
    processes = createProcesses(clientFor(world, environment.connection as never, namespace));
    by = await plantSuperAdmin(world);
  });
  after(async () => {
    await worker.stop();
    await environment.teardown();
    await world.close();
  });

  async function waiting(): Promise<SignedUp> {
    const business = await signUp(world, processes);
    await projectWaiting(world, business);
    return business;
  }
  async function people(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const id = newId('user');
      await world.database.owner(
        `insert into users (id, email, name, timezone, language) values ($1, $1 || '@example.com', 'Pat', 'UTC', 'en')`,
        [id],
      );
      ids.push(id);
    }
    return ids;
  }
  type Given = Parameters<typeof bulkRequest>[1];
  async function start(given: Given) {
    const input = bulkRequest(by, given);
    const { workflowId: id } = await processes.start(contract, input as never, by);
    return { id, operationId: input.operationId };
  }
  /** Lets time pass until a run has ended. */
  async function over(id: string): Promise<void> {
    while ((await processes.findProgress(id))?.open !== false) await environment.sleep('5 seconds');
    await processes.result(contract, id);
  }
  async function run(given: Given) {
    const started = await start(given);
    await over(started.id);
    return started.operationId;
  }
  async function round(operationId: string, kind: NewRound['kind'], number: number) {
    const { pacePerMinute } = bulkRequest(by, {
      operation: 'people.suspend',
      choice: { subject: 'people', ids: ['x'] },
    });
    const input = { kind, operationId, subject: 'people' as const, pacePerMinute, round: number, reason, by };
    await processes.startWithUpdate(contract, input, by, 'begun', null);
    await over(workflowId('ten_platform', contract.name, `${operationId}-${number}`));
  }
  const eventsOf = async (action: string, target?: string) => {
    const rows = await world.database.owner<{
      body: { data: Record<string, unknown>; targets: { id: string }[] };
    }>('select body from events where action = $1', [action]);
    return rows
      .map(({ body }) => body)
      .filter(({ targets }) => !target || targets.some(({ id }) => id === target));
  };
  const stateOf = async (operationId: string) =>
    (
      await world.database.owner<{ state: string }>('select state from bulk_operations where id = $1', [
        operationId,
      ])
    )[0]?.state;
  const statusOf = async (ids: readonly string[]) =>
    (
      await world.database.owner<{ status: string }>(
        'select status from users where id = any($1) order by id',
        [ids],
      )
    ).map(({ status }) => status);

  it('has an end for each: done, left out, refused, or unknown, which holds up no other', async () => {
    const [helped, gone, silent] = [await waiting(), await waiting(), await waiting()];
    const unlisted = await signUp(world, processes);
    await processes.cancel({ workflowId: gone.id, runId: '' });
    await processes.result(onboardTenantContract, gone.id);
    const real = world.deps.processes;
    const tries: string[] = [];
    world.deps.processes = {
      ...real,
      update(asked, id, update, input, key) {
        if (id !== silent.id) return real.update(asked, id, update, input, key);
        tries.push(key);
        return Promise.reject(new AppError('service.unavailable'));
      },
    };
    const stranger = newId('tenant');
    const ids = [...[helped, gone, silent, unlisted].map(({ tenantId }) => tenantId), stranger];
    const given = { operation: 'tenants.extend' as const, parameters: { days: 3 } };
    const operationId = await run({ ...given, choice: { subject: 'tenants', ids } });
    world.deps.processes = real;
    assert.deepEqual(await outcomesOf(world, operationId), {
      [helped.tenantId]: 'done',
      [gone.tenantId]: 'failed run.ended',
      [silent.tenantId]: 'unknown bulk.outcome-unknown',
      [unlisted.tenantId]: 'skipped setup.finished',
      [stranger]: 'skipped tenant.not-found',
    });
    // Every try carries the same key, so that one that arrived late would still be the only one.
    assert.ok(tries.length > 5);
    assert.equal(new Set(tries).size, 1);
    const recorded = await world.database.owner<{ body: { data: unknown } }>(
      `select body from events where tenant_id = $1 and action = 'onboarding.extended'`,
      [helped.tenantId],
    );
    assert.deepEqual(
      recorded.map(({ body }) => body.data),
      [{ days: 3, reason: 'Agreed in the weekly round' }],
    );
    const [ended] = await eventsOf('bulk-operation.ended', operationId);
    assert.deepEqual(ended?.data, { state: 'done', done: 1, skipped: 2, failed: 2, undone: 0 });
  });

  it('chooses by a filter what it finds at the start, and does nothing when that has changed', async () => {
    const ids = await people(3);
    const q = { subject: 'people' as const, filter: { q: ids[0] ?? '' } };
    const operationId = await run({ operation: 'people.suspend', choice: q, expected: 1 });
    assert.deepEqual(await outcomesOf(world, operationId), { [ids[0] ?? '']: 'done' });
    const stale = bulkRequest(by, { operation: 'people.suspend', choice: q, expected: 2 });
    await assert.rejects(
      processes.startWithUpdate(contract, stale as never, by, 'begun', null),
      (error: AppError) => error.code === 'bulk.list-changed',
    );
    assert.equal(await stateOf(stale.operationId), undefined);
    const none = { subject: 'people' as const, filter: { q: 'finds no one at all' } };
    const input = bulkRequest(by, { operation: 'people.suspend', choice: none });
    await assert.rejects(
      processes.startWithUpdate(contract, input as never, by, 'begun', null),
      (error: AppError) => error.code === 'bulk.nothing-chosen',
    );
  });

  it('keeps its pace, begins nothing while paused, and continues where it was', async () => {
    const ids = await people(6);
    const choice = { subject: 'people' as const, ids };
    const { id, operationId } = await start({ operation: 'people.suspend', choice, pacePerMinute: 2 });
    const doneNow = async () =>
      Object.values(await outcomesOf(world, operationId)).filter((one) => one === 'done').length;
    await eventually(doneNow, (count) => count === 1);
    await processes.update(contract, id, 'pause', { reason, by });
    await assert.rejects(
      processes.update(contract, id, 'pause', { reason, by }),
      (error: AppError) => error.code === 'bulk.not-running',
    );
    await environment.sleep('1 hour');
    assert.equal(await doneNow(), 1);
    assert.equal(await stateOf(operationId), 'paused');
    await processes.update(contract, id, 'resume', { reason, by });
    await environment.sleep('65 seconds');
    const after = await doneNow();
    assert.ok(after >= 3 && after <= 4, `${after} of 6 were done after a minute at two a minute`);
    await over(id);
    assert.equal(await doneNow(), 6);
    for (const action of ['started', 'paused', 'resumed', 'ended'])
      assert.equal((await eventsOf(`bulk-operation.${action}`, operationId)).length, 1, action);
  });

  for (const way of ['aborted', 'cancelled'] as const)
    it(`${way}, it leaves those without a turn as they are`, async () => {
      const ids = await people(4);
      const choice = { subject: 'people' as const, ids };
      const { id, operationId } = await start({ operation: 'people.suspend', choice, pacePerMinute: 1 });
      await eventually(
        () => outcomesOf(world, operationId),
        (outcomes) => Object.values(outcomes).includes('done'),
      );
      if (way === 'aborted') await processes.update(contract, id, 'abort', { reason, by });
      else await processes.cancel({ workflowId: id, runId: '' });
      await processes.result(contract, id);
      assert.deepEqual(Object.values(await outcomesOf(world, operationId)), [
        'done',
        ...Array.from({ length: 3 }, () => 'skipped bulk.aborted'),
      ]);
      assert.equal(await stateOf(operationId), 'aborted');
      assert.equal((await processes.findProgress(id))?.progress.state, 'stopped');
      assert.equal((await eventsOf('bulk-operation.aborted', operationId)).length, 1);
    });

  it('retries what failed only, and undoes what it did, except what was changed since', async () => {
    const owner = await plantTenant(world.database.db, { status: 'live' });
    const [first = '', second = ''] = await people(2);
    const ids = [first, second, owner.userId];
    const operationId = await run({ operation: 'people.suspend', choice: { subject: 'people', ids } });
    assert.deepEqual(await outcomesOf(world, operationId), {
      [first]: 'done',
      [second]: 'done',
      [owner.userId]: 'failed member.last-owner',
    });
    await world.database.owner(`update tenants set status = 'abandoned' where id = $1`, [owner.tenantId]);
    await round(operationId, 'retry', 1);
    assert.deepEqual(Object.values(await outcomesOf(world, operationId)), ['done', 'done', 'done']);
    for (const id of ids) assert.equal((await eventsOf('user.suspended', id)).length, 1);
    await world.database.owner(`update users set status = 'active' where id = $1`, [second]);
    await round(operationId, 'undo', 2);
    assert.deepEqual(await outcomesOf(world, operationId), {
      [first]: 'undone',
      [second]: 'kept bulk.changed-since',
      [owner.userId]: 'undone',
    });
    assert.deepEqual(await statusOf(ids), ['active', 'active', 'active']);
    assert.equal(await stateOf(operationId), 'undone');
    await assert.rejects(
      round(operationId, 'retry', 3),
      (error: AppError) => error.code === 'bulk.nothing-to-retry',
    );
  });

  it('does nothing for a person who has lost the permission, however the run was started', async () => {
    const [id = ''] = await people(1);
    const member = (await plantTenant(world.database.db)).userId;
    const stranger = { type: 'user' as const, id: member };
    const input = bulkRequest(stranger, {
      operation: 'people.suspend',
      choice: { subject: 'people', ids: [id] },
    });
    await assert.rejects(
      processes.startWithUpdate(contract, input as never, stranger, 'begun', null),
      (error: AppError) => error.code === 'permission.denied',
    );
    const lost = await plantSuperAdmin(world);
    const ids = await people(2);
    const slowly = bulkRequest(lost, {
      operation: 'people.suspend',
      choice: { subject: 'people', ids },
      pacePerMinute: 1,
    });
    const { workflowId: slow } = await processes.start(contract, slowly as never, lost);
    await eventually(
      () => outcomesOf(world, slowly.operationId),
      (outcomes) => Object.values(outcomes).includes('done'),
    );
    await world.database.owner('update users set platform_role = null where id = $1', [lost.id]);
    await over(slow);
    assert.deepEqual(Object.values(await outcomesOf(world, slowly.operationId)), [
      'done',
      'failed permission.denied',
    ]);
  });

  it('continues after its run was ended from outside', async () => {
    const ids = await people(3);
    const choice = { subject: 'people' as const, ids };
    const { id, operationId } = await start({ operation: 'people.suspend', choice, pacePerMinute: 1 });
    await eventually(
      () => outcomesOf(world, operationId),
      (outcomes) => Object.values(outcomes).includes('done'),
    );
    await processes.terminate({ workflowId: id, runId: '' }, reason);
    await round(operationId, 'continue', 1);
    assert.deepEqual(Object.values(await outcomesOf(world, operationId)), ['done', 'done', 'done']);
    for (const one of ids) assert.equal((await eventsOf('user.suspended', one)).length, 1);
  });
});
