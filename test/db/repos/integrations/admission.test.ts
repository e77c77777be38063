import assert from 'node:assert/strict';
import type { Tx } from '../../../../db/scope.ts';
import { markDisconnected } from '../../../../db/repos/integrations/connection-health.ts';
import * as gate from '../../../../db/repos/integrations/admission.ts';
import { plantTenant, scope, testDatabase, type TestDatabase } from '../../../support/database.ts';
import { plantConnection, plantServer } from './tool-world.ts';

const member = ['role:member'];

describe('[MCP-G] the question whether a call may be made', () => {
  let database: TestDatabase;
  let server: string;
  before(async () => {
    database = await testDatabase({ poolSize: 20 });
    ({ server } = await plantServer(database));
  });
  after(() => database.close());

  const within = <T>(tenantId: string, work: (tx: Tx) => Promise<T>) =>
    database.db.inScope(scope({ tenantId }), work);
  const admit = (tenantId: string, asked: Partial<Parameters<typeof gate.admitCall>[1]> = {}) =>
    within(tenantId, (tx) =>
      gate.admitCall(tx, {
        server,
        tool: 'list',
        grantees: member,
        perMinute: 60,
        burst: 5,
        test: false,
        ...asked,
      }),
    );
  const gaugesOf = (tenantId: string) =>
    database.owner<{ tokens: number; failures: number; open_until: Date | null }>(
      'select * from mcp_admissions where tenant_id = $1',
      [tenantId],
    );

  it('answers with all facts of server, tool, connection and grant, and takes a token', async () => {
    const { tenantId } = await plantConnection(database, server);
    const { connection, ...answer } = await admit(tenantId);
    assert.deepEqual(answer, {
      server: { status: 'available', kind: 'builtin', version: '1.0.0', offAt: null, launchKey: '' },
      tool: { risk: 'read', state: 'approved', pinnedHash: 'hash' },
      granted: true,
      breakerOpenUntil: null,
      access: 'full',
      waitMs: 0,
    });
    assert.match(connection?.id ?? '', /^con_/);
    assert.deepEqual({ ...connection, id: '' }, { id: '', status: 'connected', credentialVersion: 1 });
    const [gauge] = await gaugesOf(tenantId);
    assert.equal(gauge?.tokens, 4);
  });

  it('tells when the server or tool is unknown or the tenant has not connected it', async () => {
    const { tenantId } = await plantTenant(database.db);
    const nowhere = await admit(tenantId, { server: 'nowhere' });
    assert.deepEqual([nowhere.server, nowhere.tool, nowhere.connection], [null, null, null]);
    const untold = await admit(tenantId, { tool: 'untold' });
    assert.deepEqual([untold.server?.status, untold.tool], ['available', null]);
    const { connection, granted } = await admit(tenantId);
    assert.deepEqual([connection, granted], [null, false]);
    assert.deepEqual(await gaugesOf(tenantId), []);
  });

  it('takes no token from who may not call anyway', async () => {
    const { tenantId } = await plantConnection(database, server);
    assert.equal((await admit(tenantId, { tool: 'charge' })).granted, false);
    assert.equal((await admit(tenantId, { grantees: ['agent:bookkeeper'] })).granted, false);
    await within(tenantId, (tx) => markDisconnected(tx, server, 'connection.needs-reconnect'));
    const { granted, connection } = await admit(tenantId);
    assert.deepEqual([granted, connection?.status], [true, 'needsReconnect']);
    assert.deepEqual(await gaugesOf(tenantId), []);
  });

  it('takes no token at a server that is disabled, or whose announced end has passed', async () => {
    const { server: other } = await plantServer(database);
    const { tenantId } = await plantConnection(database, other);
    const statusAfter = async (values: string) => {
      await database.owner(`update mcp_servers set ${values} where name = $1`, [other]);
      return (await admit(tenantId, { server: other })).server?.status;
    };
    assert.equal(await statusAfter(`status = 'disabled'`), 'disabled');
    assert.equal(await statusAfter(`status = 'deprecated', off_at = now() - interval '1 second'`), 'off');
    assert.deepEqual(await gaugesOf(tenantId), []);
    assert.equal(await statusAfter(`off_at = now() + interval '1 day'`), 'deprecated');
    assert.equal((await gaugesOf(tenantId)).length, 1);
  });

  it('takes no token for a tool that is set aside', async () => {
    const { server: other } = await plantServer(database);
    const { tenantId } = await plantConnection(database, other);
    await database.owner(`update mcp_tools set state = 'quarantined' where server = $1`, [other]);
    assert.equal((await admit(tenantId, { server: other })).tool?.state, 'quarantined');
    assert.deepEqual(await gaugesOf(tenantId), []);
  });

  it('lets as many through as there are tokens, however many ask at once', async () => {
    const { tenantId } = await plantConnection(database, server);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => admit(tenantId, { perMinute: 1, burst: 7 })),
    );
    const waits = answers.map(({ waitMs }) => waitMs);
    assert.equal(waits.filter((ms) => ms === 0).length, 7);
    assert.ok(
      waits.every((ms) => ms === 0 || (ms > 55_000 && ms <= 60_000)),
      waits.join(),
    );
  });
});

describe('[MCP-G] a call that has been made', () => {
  let database: TestDatabase;
  let server: string;
  let tenantId: string;
  before(async () => {
    database = await testDatabase({ poolSize: 20 });
    ({ server } = await plantServer(database));
  });
  beforeEach(async () => {
    ({ tenantId } = await plantConnection(database, server));
  });
  after(() => database.close());

  let made = 0;
  const settle = (more: Partial<gate.CallResult>) =>
    database.db.inScope(scope({ tenantId }), (tx) =>
      gate.recordCall(tx, {
        server,
        tool: 'list',
        callKey: `call-${(made += 1)}`,
        attempt: 1,
        outcome: 'ok',
        ms: 12,
        bytesIn: 10,
        bytesOut: 20,
        breaker: 'ok',
        ...more,
      }),
    );
  const fail = (times: number) =>
    Promise.all(
      Array.from({ length: times }, () => settle({ outcome: 'tool.vendor-unavailable', breaker: 'failure' })),
    );
  const admit = async () =>
    database.db.inScope(scope({ tenantId }), (tx) =>
      gate.admitCall(tx, {
        server,
        tool: 'list',
        grantees: member,
        perMinute: 6_000,
        burst: 100,
        test: false,
      }),
    );
  const gauge = async () =>
    (
      await database.owner<{ failures: number; open_ms: number | null }>(
        `select failures, extract(epoch from open_until - now()) * 1000 as open_ms from mcp_admissions where tenant_id = $1`,
        [tenantId],
      )
    )[0];
  /** Moves the gauge back in time, as if so much had passed. */
  const pass = (ms: number) =>
    database.owner(
      `update mcp_admissions set open_until = open_until - $2::interval, trial_until = trial_until - $2::interval,
         refilled_at = refilled_at - $2::interval where tenant_id = $1`,
      [tenantId, `${ms} milliseconds`],
    );

  it('is written down once, with its event', async () => {
    await settle({ callKey: 'twice', vendorCode: 'card_declined', outcome: 'tool.vendor-failed' });
    await settle({ callKey: 'twice', vendorCode: 'card_declined', outcome: 'tool.vendor-failed' });
    await settle({ callKey: 'twice', attempt: 2, outcome: 'tool.not-allowed', breaker: 'none' });
    const calls = await database.owner<Record<string, unknown>>(
      `select tool, actor_type, actor_id, call_key, attempt, outcome, vendor_code, ms, bytes_in, bytes_out from mcp_calls
       where tenant_id = $1 order by attempt`,
      [tenantId],
    );
    const same = { tool: 'list', actor_type: 'user', actor_id: 'usr_tester', call_key: 'twice', ms: 12 };
    const size = { bytes_in: 10, bytes_out: 20 };
    assert.deepEqual(calls, [
      { ...same, ...size, attempt: 1, outcome: 'tool.vendor-failed', vendor_code: 'card_declined' },
      { ...same, ...size, attempt: 2, outcome: 'tool.not-allowed', vendor_code: null },
    ]);
    const events = await database.owner<{ outcome: string; target_id: string }>(
      `select outcome, target_id from events where tenant_id = $1 and action = 'tool.called' order by seq`,
      [tenantId],
    );
    assert.deepEqual(events, [
      { outcome: 'failure', target_id: `${server}/list` },
      { outcome: 'denied', target_id: `${server}/list` },
    ]);
  });

  it('opens the breaker after five failures in a row, not after four or mixed ones', async () => {
    await admit();
    await fail(4);
    await settle({});
    await fail(4);
    await settle({ breaker: 'none', outcome: 'tool.arguments-invalid' });
    assert.equal((await admit()).breakerOpenUntil, null);
    await fail(1);
    const { breakerOpenUntil, waitMs } = await admit();
    assert.ok(breakerOpenUntil && breakerOpenUntil.getTime() > Date.now() + 20_000);
    assert.equal(waitMs, 0);
  });

  it('lets one trial through when the time is over, and no second beside it', async () => {
    await admit();
    await fail(5);
    await pass(gate.openMs);
    const answers = await Promise.all(Array.from({ length: 12 }, () => admit()));
    assert.equal(answers.filter(({ breakerOpenUntil }) => breakerOpenUntil === null).length, 1);
    await settle({ breaker: 'none', outcome: 'tool.circuit-open' });
    assert.ok((await admit()).breakerOpenUntil);
    await settle({ breaker: 'none', outcome: 'tool.arguments-invalid' });
    assert.equal((await admit()).breakerOpenUntil, null, 'a trial that was not made blocks the others');
    await pass(gate.trialMs);
    assert.equal((await admit()).breakerOpenUntil, null, 'a trial that never settled blocks for ever');
    await settle({});
    assert.equal((await admit()).breakerOpenUntil, null);
    assert.deepEqual(await gauge(), { failures: 0, open_ms: null });
  });

  it('keeps it open twice as long after each failed trial, ten minutes at most', async () => {
    await admit();
    await fail(15);
    const openMs: number[] = [];
    for (let trial = 0; trial < 7; trial += 1) {
      openMs.push(Number((await gauge())?.open_ms));
      await pass(openMs.at(-1) ?? 0);
      await admit();
      await fail(3);
    }
    assert.deepEqual(
      openMs.map((ms) => Math.round(ms / 1_000)),
      [30, 60, 120, 240, 480, 600, 600],
    );
  });
});
