import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { tokenizeSandboxCard } from '../../activities/adapters/sandbox-cards.ts';
import { type Platform, startPlatform } from '../support/api.ts';
import { liveSubscription, testCards } from '../support/billing.ts';
import { kill, spawnWorker, workerIsThere } from '../support/worker-process.ts';
import { eventually } from '../support/world.ts';
import { type Gate, startChargeGate } from './gates.ts';

describe('[BIL-4] an overdue invoice while the worker is killed', function () {
  this.timeout(300_000);
  let platform: Platform;
  let gate: Gate;
  const workers: ChildProcess[] = [];
  const start = () => {
    const { world } = platform;
    const config = { ...world.config, paymentSandboxUrl: gate.url };
    const worker = spawnWorker({ ...world, config });
    workers.push(worker);
    return worker;
  };

  before(async () => {
    platform = await startPlatform({ worker: false });
    gate = await startChargeGate(platform.world.sandboxUrl);
  });
  after(async () => {
    for (const worker of workers) if (worker.exitCode === null && !worker.signalCode) await kill(worker);
    await gate.close();
    await platform.stop();
  });

  it('is charged once, though the worker fell after the gateway took the money and before it said so', async () => {
    const { world, processes } = platform;
    const first = start();
    await workerIsThere(processes);
    const one = await liveSubscription(world, processes, '2027-02-26T10:00:00Z', {
      ...{ interval: 'year', card: 'stolenCard' },
    });
    await one.at('2027-03-26T10:00:00Z');
    const outcome = async () =>
      (
        await one.rows<{ outcome: string | null }>('select outcome from dunning_cases where tenant_id = $1')
      )[0];
    await eventually(outcome, (found) => found !== undefined, 30_000);
    const { sprung } = gate.arm(one.tenantId, 'after', () => kill(first));
    const entered = { number: testCards.good, expMonth: 12, expYear: 2040, cvc: '123' };
    const card = JSON.stringify(await tokenizeSandboxCard(world.sandboxUrl)(entered));
    await world.database.owner('update subscriptions set payment_method = $2 where tenant_id = $1', [
      one.tenantId,
      card,
    ]);
    await one.tell();
    await sprung;
    assert.deepEqual(await outcome(), { outcome: null });
    start();
    await eventually(outcome, (found) => found?.outcome === 'paid', 120_000);
    const charges = await world.deps.payments.listCharges({ customerRef: one.tenantId });
    assert.equal(charges.length, 1);
    const tries = await one.rows<{ status: string }>(
      'select status from payments where tenant_id = $1 order by status',
    );
    assert.deepEqual(
      tries.map(({ status }) => status),
      ['failed', 'succeeded'],
    );
  });
});
