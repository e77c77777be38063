import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createProcesses, type Processes } from '../../../api/kit/processes/client.ts';
import type { Actor } from '../../../db/domain/actor.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { newId } from '../../../db/domain/ids.ts';
import { onboardTenantContract } from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import { type Help, helpTenantsContract } from '../../../workflows/tenants/help-tenants.contract.ts';
import { plantSuperAdmin, projectWaiting } from '../../support/help-tenants.ts';
import { type SignedUp, signUp } from '../../support/sign-up.ts';
import { timeSkippingEnvironment } from '../../support/time-skipping.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../../support/world.ts';

const reason = 'Asked for at the weekly round';

describe('[TEN-5] help for many tenants', function () {
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
  const start = async (tenantIds: string[], help: Help = { kind: 'remind' }) => {
    const input = { help, reason, tenantIds, by, requestKey: randomUUID() };
    return (await processes.start(helpTenantsContract, input, by)).workflowId;
  };
  const resultsOf = async (id: string) => {
    const { results } = await processes.result(helpTenantsContract, id);
    return new Map(
      results.map(({ id: tenantId, outcome, code }) => [tenantId, `${outcome} ${code ?? ''}`.trim()]),
    );
  };
  const eventsOf = (tenantId: string, action: string) =>
    world.database.owner<{ body: { data: unknown } }>(
      'select body from events where tenant_id = $1 and action = $2',
      [tenantId, action],
    );

  it('has an end for each: helped, left out, refused, or unknown, which holds up no other', async () => {
    const [helped, gone, silent] = [await waiting(), await waiting(), await waiting()];
    const unlisted = await signUp(world, processes);
    await processes.cancel({ workflowId: gone.id, runId: '' });
    await processes.result(onboardTenantContract, gone.id);
    const real = world.deps.processes;
    const tries: string[] = [];
    world.deps.processes = {
      update(contract, id, update, input, key) {
        if (id !== silent.id) return real.update(contract, id, update, input, key);
        tries.push(key);
        return Promise.reject(new AppError('service.unavailable'));
      },
    };
    const stranger = newId('tenant');
    const ids = [helped, gone, silent, unlisted].map(({ tenantId }) => tenantId);
    const id = await start([...ids, stranger], { kind: 'extend', days: 3 });
    await eventually(
      () => Promise.resolve(tries.length),
      (count) => count > 0,
    );
    await environment.sleep('6 minutes');
    const results = await resultsOf(id);
    world.deps.processes = real;
    assert.deepEqual(Object.fromEntries(results), {
      [helped.tenantId]: 'done',
      [gone.tenantId]: 'refused run.ended',
      [silent.tenantId]: 'unknown help.outcome-unknown',
      [unlisted.tenantId]: 'skipped setup.finished',
      [stranger]: 'refused tenant.not-found',
    });
    // Every try carries the same key, so that one that arrived late would still be the only one.
    assert.ok(tries.length > 5);
    assert.deepEqual([...new Set(tries)], [id]);
    const recorded = await eventsOf(helped.tenantId, 'onboarding.extended');
    assert.deepEqual(
      recorded.map(({ body }) => body.data),
      [{ days: 3, reason }],
    );
    const whole = await eventsOf('ten_platform', 'tenants.helped');
    assert.deepEqual(
      whole.map(({ body }) => body.data),
      [{ kind: 'extend', days: 3, reason, done: 1, skipped: 1, refused: 2, unknown: 1 }],
    );
  });

  it('cancelled, it ends with those it is at and leaves the others as they are', async () => {
    const businesses: SignedUp[] = [];
    for (let n = 0; n < 7; n += 1) businesses.push(await waiting());
    const real = world.deps.processes;
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    let begun = 0;
    world.deps.processes = {
      async update(...asked) {
        begun += 1;
        await gate;
        return real.update(...asked);
      },
    };
    const id = await start(businesses.map(({ tenantId }) => tenantId));
    await eventually(
      () => Promise.resolve(begun),
      (count) => count === 5,
    );
    await processes.cancel({ workflowId: id, runId: '' });
    open();
    const results = [...(await resultsOf(id)).values()];
    world.deps.processes = real;
    assert.deepEqual(results.sort(), [
      ...Array.from({ length: 5 }, () => 'done'),
      ...Array.from({ length: 2 }, () => 'skipped help.stopped'),
    ]);
    assert.equal((await processes.findProgress(id))?.progress.state, 'stopped');
  });

  it('does nothing for a person who has lost the permission, however the run was started', async () => {
    const business = await waiting();
    const { by: owner } = business;
    const input = { help: { kind: 'remind' as const }, reason, tenantIds: [business.tenantId], by: owner };
    const { workflowId } = await processes.start(helpTenantsContract, { ...input, requestKey: '1' }, owner);
    await assert.rejects(
      processes.result(helpTenantsContract, workflowId),
      (error: AppError) => error.code === 'permission.denied',
    );
    assert.deepEqual(await eventsOf(business.tenantId, 'onboarding.reminded'), []);
  });
});
