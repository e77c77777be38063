import assert from 'node:assert/strict';
import { verifyChain, verifyChains } from '../../db/audit-verify.ts';
import { eventActions, type EventBody } from '../../db/domain/event.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { chainHash, leafHash } from '../../db/ledger.ts';
import * as choices from '../../db/repos/onboarding/choices.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import {
  plantTenant,
  scope,
  testDatabase,
  type PlantedTenant,
  type TestDatabase,
} from '../support/database.ts';

interface Stored {
  seq: string;
  body: EventBody;
  leaf_hash: Buffer;
  prev_hash: Buffer;
  hash: Buffer;
}

describe('[SEC-7] the ledger of events', () => {
  let database: TestDatabase;
  let planted: PlantedTenant;
  before(async () => {
    database = await testDatabase();
    planted = await plantTenant(database.db);
  });
  after(() => database.close());

  const stored = (tenantId: string) =>
    database.owner<Stored>('select * from events where tenant_id = $1 order by seq', [tenantId]);

  it('has one event for each change, in order, with who did it and from where', async () => {
    const events = await stored(planted.tenantId);
    assert.deepEqual(
      events.map(({ seq, body }) => [Number(seq), body.action]),
      [
        [1, 'tenant.created'],
        [2, 'user.created'],
        [3, 'membership.created'],
      ],
    );
    for (const { body } of events) {
      assert.deepEqual(body.actor, { type: 'user', id: planted.userId });
      assert.deepEqual(body.context, { requestId: 'test' });
      assert.ok(body.action in eventActions);
      assert.equal(body.impersonatorId, null);
    }
  });

  it('keeps nothing of a transaction that fails, neither the change nor its event', async () => {
    const { tenantId } = await plantTenant(database.db);
    const before = await stored(tenantId);
    const failing = database.db.inScope(scope({ tenantId }), async (tx) => {
      await tenants.update(tx, tenantId, { country: 'ES' });
      throw new Error('after the change');
    });
    await assert.rejects(failing, /after the change/);
    assert.deepEqual(await stored(tenantId), before);
    const [row] = await database.owner('select country from tenants where id = $1', [tenantId]);
    assert.deepEqual(row, { country: null });
  });

  it('keeps nothing of a change whose event is refused', async () => {
    const { tenantId } = await plantTenant(database.db);
    const failing = database.db.inScope(scope({ tenantId }), async (tx) => {
      await tenants.update(tx, tenantId, { country: 'ES' });
      tx.record({ action: 'tenant.updated', targets: [], data: { amount: Number.NaN } });
    });
    await assert.rejects(failing, TypeError);
    const [row] = await database.owner('select country from tenants where id = $1', [tenantId]);
    assert.deepEqual(row, { country: null });
  });

  it('chains each event to the one before, computed alike in the database and outside', async () => {
    let previous: Buffer = Buffer.alloc(0);
    for (const { seq, body, leaf_hash, prev_hash, hash } of await stored(planted.tenantId)) {
      assert.deepEqual(leaf_hash, leafHash(body));
      assert.deepEqual(prev_hash, previous);
      assert.deepEqual(hash, chainHash(previous, Number(seq), leaf_hash));
      previous = hash;
    }
  });

  it('holds under 16 writers of one tenant and 16 of others, without gap or fork', async () => {
    const hot = await plantTenant(database.db);
    const others = await Promise.all(Array.from({ length: 4 }, () => plantTenant(database.db)));
    const writer = async (tenantId: string, lane: number): Promise<void> => {
      for (let i = 0; i < 25; i += 1) {
        const work = database.db.inScope(scope({ tenantId }), async (tx) => {
          await choices.save(tx, tenantId, 'tools', { tools: ['slack'] });
          tx.record({ action: 'mail.sent', targets: [{ type: 'mail', id: `${lane}-${i}` }] });
          if (i % 5 === 4) throw new Error('planned');
        });
        await work.catch((error: Error) => assert.equal(error.message, 'planned'));
      }
    };
    const lanes = Array.from({ length: 32 }, (_, lane) => {
      const tenant = lane < 16 ? hot : others[lane % 4];
      return writer(tenant?.tenantId ?? '', lane);
    });
    await Promise.all(lanes);
    const verdicts = await database.db.inScope(scope('platform'), (tx) => verifyChains(tx));
    assert.deepEqual(
      verdicts.filter(({ broken }) => broken),
      [],
    );
    const events = await stored(hot.tenantId);
    assert.equal(events.length, 3 + 16 * 20 * 2);
    assert.deepEqual(
      events.map(({ seq }) => Number(seq)),
      events.map((_, index) => index + 1),
    );
    // Each transaction's two events stand side by side: its chain is locked from its first event to its commit.
    for (let i = 3; i < events.length; i += 2) {
      assert.deepEqual(
        [events[i]?.body.action, events[i + 1]?.body.action],
        ['onboarding.step-completed', 'mail.sent'],
      );
    }
  });

  it('verifies while events are being written', async () => {
    const { tenantId } = await plantTenant(database.db);
    let writing = true;
    const write = async (): Promise<void> => {
      while (writing) {
        await database.db.inScope(scope({ tenantId }), (tx) =>
          choices.save(tx, tenantId, 'tools', { tools: [] }),
        );
      }
    };
    const writers = [write(), write()];
    for (let i = 0; i < 100; i += 1) {
      const verdict = await database.db.inScope(scope({ tenantId }), (tx) => verifyChain(tx, tenantId));
      assert.equal(verdict.broken, null);
    }
    writing = false;
    await Promise.all(writers);
  });

  it('verifies a chain longer than one batch', async () => {
    const { tenantId } = await plantTenant(database.db);
    let written = 0;
    const record = async (count: number): Promise<void> => {
      for (const end = written + count; written < end;) {
        // A transaction that moves one head very often gets slow; nothing in the product does that.
        const until = Math.min(written + 250, end);
        await database.db.inScope(scope({ tenantId }), async (tx) => {
          while (written < until) {
            tx.record({ action: 'mail.sent', targets: [{ type: 'mail', id: `${written}` }] });
            written += 1;
          }
        });
      }
    };
    await record(4_997);
    const verdict = () => database.db.inScope(scope({ tenantId }), (tx) => verifyChain(tx, tenantId));
    assert.deepEqual(await verdict(), { tenantId, events: 5_000, broken: null });
    await record(1);
    assert.deepEqual(await verdict(), { tenantId, events: 5_001, broken: null });
    const ids = (await stored(tenantId)).slice(3, 5_000).map(({ body }) => body.targets[0]?.id);
    assert.deepEqual(
      ids,
      ids.map((_, index) => `${index}`),
    );
  }).timeout(60_000);

  it('cannot be changed, by the app for want of a right, by the owner because it is append-only', async () => {
    const { tenantId } = planted;
    for (const sql of [
      `update events set action = 'tenant.updated'`,
      'delete from events',
      'truncate events',
      'delete from event_heads',
      `insert into events select * from events`,
      `update event_heads set seq = 0`,
    ]) {
      const attempt = database.db.inScope(scope({ tenantId }), (tx) => tx.sql.raw(sql));
      await assert.rejects(attempt, { code: '42501' }, sql);
      const onPlatform = database.db.inScope(scope('platform'), (tx) => tx.sql.raw(sql));
      await assert.rejects(onPlatform, { code: '42501' }, `platform: ${sql}`);
      if (/events\b/.test(sql) && !sql.startsWith('insert')) {
        await assert.rejects(database.owner(sql), /append-only/, `owner: ${sql}`);
      }
    }
  });

  it('takes no event from the app for another tenant, nor one without a tenant', async () => {
    const other = await plantTenant(database.db);
    const body = { id: 'evt_x', tenantId: other.tenantId, occurredAt: new Date().toISOString() };
    const append = (visibility: { tenantId: string }, event: object) =>
      database.db.inScope(scope(visibility), (tx) =>
        tx.sql.raw('select append_event(?, ?)', [JSON.stringify(event), Buffer.alloc(32)]),
      );
    await assert.rejects(append(planted, body), { code: '42501' });
    await assert.rejects(append({ tenantId: '' }, body), { code: '42501' });
    await assert.rejects(append({ tenantId: '' }, { ...body, tenantId: null }), { code: '23502' });
  });

  it('keeps what belongs to no tenant in the chain of the platform', async () => {
    await database.db.inScope(scope('platform', 'usr_admin'), async (tx) => {
      tx.record({ action: 'session.opened', targets: [{ type: 'session', id: 'ses_1' }] });
      tx.record({ action: 'run.triggered', targets: [], tenantId: planted.tenantId });
    });
    assert.equal((await stored(PLATFORM_TENANT_ID)).at(-1)?.body.action, 'session.opened');
    assert.equal((await stored(planted.tenantId)).at(-1)?.body.action, 'run.triggered');
  });
});
