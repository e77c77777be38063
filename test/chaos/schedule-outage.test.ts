import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { createProcesses } from '../../api/kit/processes/client.ts';
import { newId } from '../../db/domain/ids.ts';
import type { ScheduleSetup } from '../../db/domain/runs/schedules/setup.ts';
import { confirmEmailContract } from '../../workflows/identity/confirm-email.contract.ts';
import { openConnection } from '../../workers/runtime/connection.ts';
import { stoppableTemporal } from '../support/platform.ts';
import { eventually } from '../support/world.ts';

const everyS = 10;
/** Three starts are missed at least. */
const outageMs = 35_000;

describe('[WF-7] a schedule of every ten seconds in an outage', function () {
  this.timeout(180_000);

  it('makes up for what its catch-up window says, each planned time once, and leaves out the rest', async () => {
    const temporal = await stoppableTemporal();
    const connection = await openConnection({ address: temporal.address });
    const client = new Client({ connection, namespace: temporal.namespace });
    const { schedules } = createProcesses(client);
    const plan = async (catchUpS: number) => {
      const id = newId('schedule');
      const setup: ScheduleSetup = {
        when: { kind: 'interval', everyS, timezone: 'UTC' },
        overlap: 'allowAll',
        jitterS: 0,
        catchUpS,
      };
      const input = { tenantId: newId('tenant'), userId: newId('user') };
      const actor = { id: 'test' };
      await schedules.create(id, confirmEmailContract, input, { actor, setup, note: '' });
      return id;
    };
    try {
      const [patient, strict] = [await plan(600), await plan(10)];
      // One that has never started anything begins after the outage and has missed nothing.
      for (const id of [patient, strict])
        await eventually(
          () => schedules.describe(id).catch(() => null),
          (found) => (found?.recent.length ?? 0) > 0,
          60_000,
        );
      const stoppedAt = Date.now();
      // The outage is what is tested: nothing tells its end but the time.
      await temporal.stop();
      await sleep(outageMs);
      const startedAt = Date.now();
      await temporal.start();
      const after = (id: string) =>
        eventually(
          () => schedules.describe(id).catch(() => null),
          (found) => found?.recent.some(({ plannedAt }) => Date.parse(plannedAt) > startedAt) ?? false,
          90_000,
        );
      const whole = await after(patient);
      const planned = (whole?.recent ?? [])
        .map(({ plannedAt }) => Date.parse(plannedAt))
        .sort((a, b) => a - b);
      const missedTimes = planned.filter((at) => at > stoppedAt && at < startedAt);
      assert.ok(missedTimes.length >= 3, JSON.stringify(planned));
      const gaps = planned.slice(1).map((at, index) => at - (planned[index] ?? 0));
      assert.deepEqual(
        gaps,
        gaps.map(() => everyS * 1_000),
      );
      assert.equal(whole?.counts.missed, 0);

      const part = await after(strict);
      assert.ok((part?.counts.missed ?? 0) >= 1, JSON.stringify(part?.counts));
      const ids = (part?.recent ?? []).map(({ runId }) => runId);
      assert.equal(new Set(ids).size, ids.length);
    } finally {
      await connection.close();
      await temporal.stop();
    }
  });
});
