import assert from 'node:assert/strict';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { AppError } from '../../../db/domain/errors.ts';
import { createProcesses, type Processes } from '../../../api/kit/processes/client.ts';
import { onboardTenantContract } from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import { planChoice, profileChoice, signUp } from '../../support/sign-up.ts';
import { timeSkippingEnvironment } from '../../support/time-skipping.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../../support/world.ts';
import { dayMs } from '../../../db/domain/time.ts';

const reasoned = {
  reason: 'The owner asked for more time',
  by: { type: 'user' as const, id: 'usr_support' },
};

describe('[ONB-4] onboarding over virtual days', function () {
  this.timeout(120_000);
  let environment: TestWorkflowEnvironment;
  let world: World;
  let worker: { stop(): Promise<void> };
  let processes: Processes;

  before(async () => {
    [environment, world] = await Promise.all([timeSkippingEnvironment(), openWorld()]);
    const namespace = environment.namespace ?? 'default';
    worker = await runWorker(world, {
      address: '',
      namespace,
      nativeConnection: environment.nativeConnection,
    });
    processes = createProcesses(clientFor(world, environment.connection as never, namespace));
  });

  after(async () => {
    await worker.stop();
    await environment.teardown();
    await world.close();
  });

  const reminders = async (email: string) =>
    (await world.mails(email)).filter(({ text }) => text.includes('/app/setup')).length;

  it('reminds after a day, three days and a week, then closes the account and undoes everything', async () => {
    const business = await signUp(world, processes);
    await business.submit(profileChoice);
    await business.submit(await planChoice(business));
    assert.equal((await world.charges(business.tenantId)).length, 1);
    const before = await reminders(business.email);
    for (const [days, expected] of [
      ['38 hours', 1],
      ['48 hours', 2],
      ['96 hours', 3],
    ] as const) {
      await environment.sleep(days);
      await eventually(
        () => reminders(business.email),
        (count) => count === before + expected,
      );
    }
    await environment.sleep('8 days');
    const progress = await eventually(business.progress, ({ state }) => state === 'stopped');
    assert.equal(progress.currentStep, null);
    const [tenant] = await eventually(
      () =>
        world.database.owner<{ status: string; name_key: string | null }>(
          'select status, name_key from tenants where id = $1',
          [business.tenantId],
        ),
      ([row]) => row?.status === 'abandoned',
    );
    assert.equal(tenant?.name_key, null, 'the name is free again');
    const people = await world.database.owner('select 1 from users where email = $1', [business.email]);
    const accounts = await world.database.owner('select 1 from auth.users where email = $1', [
      business.email,
    ]);
    assert.deepEqual([people.length, accounts.length], [0, 0], 'the address is free again');
    const [charge] = await world.charges(business.tenantId);
    assert.equal(charge?.refundedMinor, charge?.amountMinor, 'the money is given back');
    const [subscription] = await world.database.owner<{ status: string }>(
      'select status from subscriptions where tenant_id = $1',
      [business.tenantId],
    );
    assert.equal(subscription?.status, 'cancelled');
    const [invoice] = await world.database.owner<{ status: string }>(
      'select status from invoices where tenant_id = $1',
      [business.tenantId],
    );
    assert.equal(invoice?.status, 'void');
    const again = await signUp(world, processes, { businessName: business.input.businessName });
    assert.notEqual(again.tenantId, business.tenantId);
  });

  it('starts counting anew when the owner does something', async () => {
    const business = await signUp(world, processes);
    await environment.sleep('10 days');
    const before = await eventually(
      () => reminders(business.email),
      (count) => count >= 3,
    );
    await business.submit(profileChoice);
    await environment.sleep('10 days');
    await eventually(
      () => reminders(business.email),
      (count) => count === before + 3,
    );
    assert.notEqual((await business.progress()).state, 'stopped');
  });

  it('[WF-3] an outage parks the step after six hours; an administrator retries it, and the customer is charged once', async () => {
    const { charge } = world.deps.payments;
    let down = true;
    world.deps.payments.charge = (request) =>
      down ? Promise.reject(new AppError('payment.gateway-unavailable')) : charge(request);
    const business = await signUp(world, processes);
    await business.submit(profileChoice);
    const submitted = business.submit(await planChoice(business)).catch((error: unknown) => error);
    const stepOf = async () => (await business.progress()).steps.find(({ key }) => key === 'plan');
    await eventually(stepOf, (step) => step?.state === 'running');
    await environment.sleep('7 hours');
    const parked = await eventually(stepOf, (step) => step?.state === 'needsAttention');
    assert.deepEqual(
      [parked?.waitingFor, parked?.error?.code],
      ['administrator', 'payment.gateway-unavailable'],
    );
    assert.ok((await submitted) instanceof AppError);
    down = false;
    await processes.adminAction({ workflowId: business.id, runId: '' }, 'retryStep', {
      step: 'plan',
      ...reasoned,
    });
    await eventually(stepOf, (step) => step?.state === 'done');
    assert.equal((await world.charges(business.tenantId)).length, 1);
  });

  it('keeps the account open for as long as an administrator has extended it', async () => {
    const business = await signUp(world, processes);
    const { closesAt } = await processes.update(onboardTenantContract, business.id, 'extendDeadline', {
      days: 30,
      ...reasoned,
    });
    const startedMs = await environment.currentTimeMs();
    assert.ok(new Date(closesAt).getTime() > startedMs + 43 * dayMs);
    await environment.sleep('40 days');
    assert.notEqual((await business.progress()).state, 'stopped');
    await environment.sleep('5 days');
    await eventually(business.progress, ({ state }) => state === 'stopped');
    const events = await world.database.owner<{ body: { data: { reason: string } } }>(
      `select body from events where tenant_id = $1 and action = 'onboarding.extended'`,
      [business.tenantId],
    );
    assert.deepEqual(
      events.map(({ body }) => body.data.reason),
      [reasoned.reason],
    );
  });
});
