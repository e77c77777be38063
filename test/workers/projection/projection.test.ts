import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { openConnection } from '../../../workers/runtime/connection.ts';
import { defaultDataConverter, defaultPayloadConverter } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { Logger } from 'pino';
import { createProcesses, type Processes } from '../../../api/kit/processes/client.ts';
import { newId } from '../../../db/domain/ids.ts';
import * as runs from '../../../db/repos/runs/runs.ts';
import { followRuns } from '../../../workers/projection/follow.ts';
import { projectionScope, rebuild } from '../../../workers/projection/project.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { ownTemporal } from '../../support/platform.ts';
import { planChoice, profileChoice, quickChoices, signUp, type SignedUp } from '../../support/sign-up.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../../support/world.ts';

interface RunRow {
  run_id: string;
  workflow_id: string;
  process: string;
  subject: string;
  state: string;
  current_step: string | null;
  needs_attention: boolean;
  next_kind: string | null;
  closed_at: Date | null;
}

describe('[WF-1] the projection of runs', function () {
  this.timeout(60_000);
  let world: World;
  let client: Client;
  let processes: Processes;
  const stops: (() => Promise<unknown>)[] = [];
  const complaints: unknown[] = [];
  const log = { info() {}, warn: (complaint: unknown) => complaints.push(complaint) } as unknown as Logger;

  before(async () => {
    const temporal = await ownTemporal();
    world = await openWorld(temporal);
    stops.push(() => world.close());
    const connection = await openConnection({ address: temporal.address });
    stops.push(() => connection.close());
    client = clientFor(world, connection, temporal.namespace);
    processes = createProcesses(client);
    const worker = await runWorker(world, temporal);
    stops.push(() => worker.stop());
    for (const _ of [1, 2]) {
      const follower = followRuns(client, world.database.db, log);
      stops.push(() => follower.stop());
    }
  });
  after(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  const rowOf = async ({ tenantId }: SignedUp): Promise<RunRow | undefined> => {
    const found = await world.database.owner<RunRow>(
      `select * from runs where tenant_id = $1 and process = 'onboard-tenant'`,
      [tenantId],
    );
    assert.ok(found.length < 2, 'one run, one row');
    return found[0];
  };
  const follows = (business: SignedUp, holds: (row: RunRow) => boolean) =>
    eventually(
      () => rowOf(business),
      (row) => row !== undefined && holds(row),
    ) as Promise<RunRow>;
  const stepsOf = async ({ tenantId }: SignedUp) =>
    Object.fromEntries(
      (
        await world.database.owner<{ step: string; state: string }>(
          `select s.step, s.state from run_steps s join runs r on r.tenant_id = s.tenant_id and r.run_id = s.run_id
           where s.tenant_id = $1 and r.process = 'onboard-tenant' order by s.position`,
          [tenantId],
        )
      ).map(({ step, state }) => [step, state]),
    );
  const target = ({ workflow_id, run_id }: RunRow) => ({ workflowId: workflow_id, runId: run_id });

  it('follows a run from its start to its end, with two followers at once', async () => {
    const business = await signUp(world, processes);
    const started = await follows(business, ({ current_step }) => current_step === 'profile');
    assert.deepEqual(
      [started.state, started.process, started.subject],
      ['waiting', 'onboard-tenant', business.tenantId],
    );
    assert.equal(started.next_kind, 'reminder');
    await business.submit(profileChoice);
    await follows(business, ({ current_step }) => current_step === 'plan');
    const { account, profile, plan, tools } = await stepsOf(business);
    assert.deepEqual([account, profile, plan, tools], ['done', 'done', 'waiting', 'upcoming']);

    await assert.rejects(business.submit(await planChoice(business, { number: '4000000000009995' })));
    await eventually(
      () =>
        world.database.owner<{ error_code: string }>(
          `select error_code from run_steps where tenant_id = $1 and step = 'plan'`,
          [business.tenantId],
        ),
      ([row]) => row?.error_code === 'payment.declined',
    );
    for (const choice of [await planChoice(business), ...quickChoices]) await business.submit(choice);
    const ended = await follows(business, ({ state }) => state === 'done');
    assert.ok(ended.closed_at);
    assert.deepEqual([ended.current_step, ended.needs_attention, ended.next_kind], [null, false, null]);
    assert.ok(Object.values(await stepsOf(business)).every((state) => state === 'done'));
    assert.deepEqual(complaints, [], 'neither follower was in the way of the other');
  });

  it('shows runs that were cancelled or terminated as stopped', async () => {
    const [cancelled, terminated] = await Promise.all([signUp(world, processes), signUp(world, processes)]);
    for (const business of [cancelled, terminated])
      await follows(business, ({ state }) => state === 'waiting');
    await processes.cancel(target(await follows(cancelled, () => true)));
    await processes.terminate(target(await follows(terminated, () => true)), 'a test');
    for (const business of [cancelled, terminated]) {
      const row = await follows(business, ({ closed_at }) => closed_at !== null);
      assert.deepEqual([row.state, row.current_step], ['stopped', null]);
    }
  });

  it('never lets an older saying overwrite a newer one', async () => {
    const business = await signUp(world, processes);
    await follows(business, ({ state }) => state === 'waiting');
    const { db } = world.database;
    const read = async () =>
      db.inScope(projectionScope, async (tx) => {
        const { tenantName: _name, ...run } = await runs.get(tx, (await rowOf(business))?.run_id ?? '');
        return run;
      });
    const newer = await read();
    const before = await stepsOf(business);
    const older = { ...newer, state: 'failed' as const, changedAt: new Date(newer.changedAt.getTime() - 1) };
    await db.inScope(projectionScope, (tx) => runs.upsert(tx, older, []));
    assert.deepEqual(await read(), newer);
    assert.deepEqual(await stepsOf(business), before);
  });

  it('is the same again after it was dropped and built from Temporal alone', async () => {
    const everything = () =>
      Promise.all([
        world.database.owner('select * from runs order by tenant_id, run_id'),
        world.database.owner('select * from run_steps order by tenant_id, run_id, position'),
      ]);
    // What changed last has been read by then.
    await sleep(2_500);
    const [rows, steps] = await everything();
    assert.ok(rows.length >= 4 && steps.length >= 36);
    // A run that Temporal no longer knows is no run.
    await world.database.db.inScope(projectionScope, (tx) =>
      runs.upsert(tx, { ...strayRun, tenantId: newId('tenant') }, []),
    );
    await world.database.owner(`update runs set state = 'failed', current_step = 'nonsense'`);
    await rebuild(client, world.database.db);
    const [rowsAgain, stepsAgain] = await everything();
    const mine = (found: unknown[]) =>
      (found as { tenant_id: string }[]).filter(({ tenant_id }) => known.has(tenant_id));
    const known = new Set((rows as { tenant_id: string }[]).map(({ tenant_id }) => tenant_id));
    assert.deepEqual(mine(rowsAgain), rows);
    assert.deepEqual(mine(stepsAgain), steps);
    assert.ok(!rowsAgain.some((row) => (row as { run_id: string }).run_id === strayRun.runId));
  });
});

describe('[WF-1] a follower whose Temporal was away', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  it('still reads what shows late, and leaves a projection alone that is being built', async () => {
    const changedAtMs = Date.now() - 15_000;
    await database.db.inScope(projectionScope, (tx) => runs.putCursor(tx, new Date(changedAtMs - 1_000)));
    const tenantId = newId('tenant');
    let calls = 0;
    // Away at first, then back with nothing to show yet, then with the run of before the outage.
    const late = (query: string) => {
      calls += 1;
      if (calls === 1) throw new Error('away');
      const since = Date.parse(/ChangedAt >= '([^']+)'/.exec(query)?.[1] ?? '');
      return calls > 2 && since <= changedAtMs ? [visible(tenantId, new Date(changedAtMs))] : [];
    };
    const temporal = {
      options: { namespace: 'bizosaas', loadedDataConverter: defaultDataConverter },
      workflowService: {
        listWorkflowExecutions: async ({ query }: { query: string }) => ({ executions: late(query) }),
      },
    } as unknown as Client;
    const follower = followRuns(temporal, database.db, { warn() {}, info() {} } as unknown as Logger);
    const found = () => database.owner('select 1 from runs where tenant_id = $1', [tenantId]);
    try {
      await eventually(found, ({ length }) => length === 1);
    } finally {
      await follower.stop();
    }

    await database.db.inScope(projectionScope, (tx) => runs.removeAll(tx));
    await database.db.inScope(projectionScope, (tx) => runs.moveCursor(tx, new Date()));
    assert.equal(await database.db.inScope(projectionScope, (tx) => runs.findCursor(tx)), null);
  });
});

/** A line of Temporal's list, as its server sends it. */
function visible(tenantId: string, startedAt: Date) {
  const keyword = (value: string) => ({
    ...defaultPayloadConverter.toPayload(value),
    metadata: keywordMetadata,
  });
  return {
    execution: { workflowId: 'late', runId: newId('event') },
    type: { name: 'onboardTenant' },
    status: 1,
    startTime: msToTs(startedAt.getTime()),
    historyLength: { toNumber: () => 1 },
    searchAttributes: {
      indexedFields: { TenantId: keyword(tenantId), Process: keyword('onboard-tenant') },
    },
  };
}
const keywordMetadata = { encoding: Buffer.from('json/plain'), type: Buffer.from('Keyword') };

const strayRun = {
  runId: 'a-stray-run',
  workflowId: 'stray',
  process: 'onboard-tenant',
  subject: 'stray',
  actorId: null,
  version: null,
  state: 'running' as const,
  currentStep: null,
  needsAttention: false,
  attempts: 1,
  nextKind: null,
  nextAt: null,
  startedAt: new Date(0),
  closedAt: null,
  changedAt: new Date(0),
};
