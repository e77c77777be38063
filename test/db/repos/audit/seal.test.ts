import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { verifyChain } from '../../../../db/audit-verify.ts';
import { verifyCheckpoints } from '../../../../db/audit/checkpoint-verify.ts';
import { auditSigner } from '../../../../db/audit/signing.ts';
import { sealState } from '../../../../db/repos/audit/checkpoints.ts';
import { sealChains } from '../../../../db/repos/audit/seal.ts';
import { plantTenant, scope, testDatabase, type TestDatabase } from '../../../support/database.ts';

const signer = auditSigner(randomBytes(32));

describe('[SEC-7] sealing the audit log', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let tenants: string[];
  beforeEach(async () => {
    database = await testDatabase();
    tenants = [];
    for (let n = 0; n < 3; n += 1) tenants.push((await plantTenant(database.db)).tenantId);
  });
  afterEach(() => database.close());

  const platform = <T>(work: Parameters<typeof database.db.inScope<T>>[1]) =>
    database.db.inScope(scope('platform'), work);
  const seal = (atLeast = 1, by = signer) =>
    platform((tx) => sealChains(tx, by, { atLeast, now: new Date() }));
  const verify = () => platform((tx) => verifyCheckpoints(tx, signer));
  const add = (tenantId: string, count = 1) =>
    database.db.inScope(scope({ tenantId }), async (tx) => {
      for (let n = 0; n < count; n += 1)
        tx.record({ action: 'mail.sent', targets: [{ type: 'mail', id: `m${n}` }] });
    });
  /** As a superuser who leaves no trace in the chain itself. */
  const tamper = async (...statements: string[]) => {
    for (const statement of statements)
      await database.owner(
        `set session_replication_role = replica; ${statement}; reset session_replication_role`,
      );
  };

  it('signs one checkpoint over every chain that moved, and none while nothing moves', async () => {
    const waiting = (await platform(sealState)).waiting;
    assert.ok(waiting > 0);
    const first = await seal();
    assert.deepEqual([first.sealed?.number, first.events, first.changed], [1, waiting, 0]);
    assert.equal((await seal()).sealed, null);
    await add(tenants[1] as string, 2);
    assert.deepEqual([(await seal(3)).sealed, (await platform(sealState)).waiting], [null, 2]);
    const second = await seal(2);
    assert.deepEqual([second.sealed?.number, second.events], [2, 2]);
    const [{ chains } = {}] = await database.owner<{ chains: number }>(
      `select (statement ->> 'chains')::int as chains from audit_checkpoints where number = 2`,
    );
    assert.equal(chains, 1);
    assert.deepEqual(await verify(), { checkpoints: 2, otherKeys: [], broken: null });
    assert.equal((await platform(sealState)).waitingSince, null);
  });

  it('finds a removed tail that the chain alone can’t show, and never seals over it', async () => {
    const victim = tenants[0] as string;
    await add(victim, 4);
    await seal();
    const [head] = await database.owner<{ seq: number }>(`select seq from event_heads where tenant_id = $1`, [
      victim,
    ]);
    const seq = Number(head?.seq);
    await tamper(
      `delete from events where tenant_id = '${victim}' and seq > ${seq - 2}`,
      `update event_heads set seq = ${seq - 2}, hash = (select hash from events where tenant_id = '${victim}' and seq = ${seq - 2}) where tenant_id = '${victim}'`,
    );
    assert.equal((await platform((tx) => verifyChain(tx, victim))).broken, null, 'the chain alone holds');
    assert.deepEqual((await verify()).broken, {
      number: 1,
      problem: `event ${seq} is missing`,
      event: { tenantId: victim, seq },
    });
    assert.deepEqual((await platform(sealState)).changed, [victim]);
    // The other end of the chain grows again, past the place that was sealed.
    await add(victim, 3);
    const again = await seal();
    assert.deepEqual([again.changed, again.sealed], [1, null]);
    await seal();
    const reported = await database.owner(`select 1 from events where action = 'audit.tampering-detected'`);
    assert.equal(reported.length, 1);
    assert.match((await verify()).broken?.problem ?? '', /was changed$/);
  });

  it('finds every checkpoint that was changed, removed or signed by another', async () => {
    await seal();
    await add(tenants[0] as string);
    await seal();
    await add(tenants[1] as string);
    await seal();
    const findings: string[] = [];
    const changes: readonly [sql: string, finding: RegExp][] = [
      [`delete from audit_checkpoints where number = 2`, /^2: checkpoint 2 is missing/],
      [`delete from audit_checkpoints where number = 1`, /^1: checkpoint 1 is missing/],
      [`update audit_checkpoints set statement = jsonb_set(statement, '{events}', '1') where number = 1`, /^1: the signature/],
      [`update audit_checkpoints set signature = (select signature from audit_checkpoints where number = 1) where number = 3`, /^3: the signature/],
      [`update audit_checkpoints set sealed_at = now() where number = 2`, /^2: the columns differ/],
      [`update audit_checkpoints set hash = '' where number = 2`, /^2: the columns differ/],
      [`update audit_checkpoint_chains set seq = seq - 1 where checkpoint = 2`, /^2: the sealed chains were changed/],
      [`delete from audit_checkpoint_chains where checkpoint = 3`, /^3: the sealed chains were changed/],
      // The current key is known without the table.
      [`update audit_keys set public_key = sha256('x')`, /^0: fine/],
      [`update events set hash = sha256('x') where (tenant_id, seq) in (select chain, seq from audit_checkpoint_chains where checkpoint = 2)`, /^2: event \d+ was changed/],
    ]; // prettier-ignore
    for (const [sql, finding] of changes) {
      await tamper(
        'create table kept_checkpoints as table audit_checkpoints',
        'create table kept_chains as table audit_checkpoint_chains',
        'create table kept_events as table events',
        sql,
      );
      const { broken } = await verify();
      const said = `${broken?.number ?? 0}: ${broken?.problem ?? 'fine'}`;
      if (!finding.test(said)) findings.push(`${sql}: ${said}`);
      await tamper(
        'delete from audit_checkpoints',
        'insert into audit_checkpoints table kept_checkpoints',
        'delete from audit_checkpoint_chains',
        'insert into audit_checkpoint_chains table kept_chains',
        'delete from events',
        'insert into events table kept_events',
        'drop table kept_checkpoints, kept_chains, kept_events',
      );
    }
    assert.deepEqual(findings, []);
    const other = auditSigner(randomBytes(32));
    await add(tenants[2] as string);
    await seal(1, other);
    assert.deepEqual(await verify(), { checkpoints: 4, otherKeys: [other.keyId], broken: null });
  });

  it('refuses changes: the platform has no right to them, and the owner is stopped', async () => {
    await seal();
    for (const table of ['audit_keys', 'audit_checkpoints', 'audit_checkpoint_chains']) {
      await assert.rejects(
        platform((tx) => tx.sql(table).del()),
        /permission denied/,
      );
      await assert.rejects(database.owner(`delete from ${table}`), /append-only/);
      await assert.rejects(database.owner(`truncate ${table} cascade`), /append-only/);
      await assert.rejects(
        database.db.inScope(scope({ tenantId: tenants[0] as string }), async (tx) => tx.sql(table)),
        /permission denied/,
      );
    }
  });
});
