import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { sealedSecrets } from '../../../activities/adapters/sealed-secrets.ts';
import type { SecretStore } from '../../../activities/ports.ts';
import type { AppError } from '../../../db/domain/errors.ts';
import { plantTenant, scope, type TestDatabase, testDatabase } from '../../support/database.ts';

const canary = 'canary-5f0c1b';
const unreadable = (error: AppError) => error.code === 'secret.unreadable';

describe('sealed secrets', () => {
  const masterKey = randomBytes(32);
  let database: TestDatabase;
  let store: SecretStore;
  let mine = '';
  let other = '';

  const open = (key: Buffer) => sealedSecrets(database.db, key, (tenantId) => scope({ tenantId }));
  const rows = () =>
    database.owner<{ name: string; sealed: Buffer; key_id: string }>('select * from secrets');

  before(async () => {
    database = await testDatabase();
    store = open(masterKey);
    mine = (await plantTenant(database.db)).tenantId;
    other = (await plantTenant(database.db)).tenantId;
  });
  after(() => database.close());
  beforeEach(() => database.owner('delete from secrets'));

  it('gives back the newest version, and null where there is none', async () => {
    assert.equal(await store.get(mine, 'token'), null);
    assert.deepEqual(await store.put(mine, 'token', 'one'), { version: 1 });
    assert.deepEqual(await store.put(mine, 'token', 'two — ü 日本'), { version: 2 });
    assert.deepEqual(await store.put(mine, 'empty', ''), { version: 1 });
    assert.equal(await store.get(mine, 'token'), 'two — ü 日本');
    assert.equal(await store.get(mine, 'empty'), '');
    assert.equal(await open(masterKey).get(mine, 'token'), 'two — ü 日本', 'also after a restart');
  });

  it('numbers versions without a gap when many write at once', async () => {
    const written = await Promise.all(
      Array.from({ length: 12 }, (_, i) => store.put(mine, 'busy', `value ${i}`)),
    );
    const versions = written.map(({ version }) => version).sort((a, b) => a - b);
    assert.deepEqual(
      versions,
      Array.from({ length: 12 }, (_, i) => i + 1),
    );
    const last = written.findIndex(({ version }) => version === 12);
    assert.equal(await store.get(mine, 'busy'), `value ${last}`);
  });

  it('seals the same value differently each time, and stores nothing of it readably', async () => {
    await store.put(mine, 'a', canary);
    await store.put(mine, 'a', canary);
    const stored = await rows();
    assert.equal(new Set(stored.map(({ sealed }) => sealed.toString('hex'))).size, 2);
    const ledger = JSON.stringify(await database.owner('select * from events'));
    assert.match(ledger, /secret\.stored/);
    for (const text of [...stored.map(({ sealed }) => sealed.toString('latin1')), ledger]) {
      assert.ok(!text.includes(canary));
    }
  });

  it('records name and version of what was stored, in the same transaction', async () => {
    const { db } = database;
    const count = async () =>
      (
        await database.owner<{ body: unknown }>(
          `select * from events where body::text like '%secret.stored%'`,
        )
      ).length;
    const before = await count();
    await store.put(mine, 'noted', canary);
    assert.equal(await count(), before + 1);
    const failing = {
      ...db,
      inScope: (async (at, work) =>
        db.inScope(at, async (tx) => {
          await work(tx);
          throw new Error('cut off');
        })) as typeof db.inScope,
    };
    const cutOff = sealedSecrets(failing, masterKey, (tenantId) => scope({ tenantId }));
    await assert.rejects(cutOff.put(mine, 'noted', 'later'), /cut off/);
    assert.equal(await count(), before + 1);
    assert.equal(await store.get(mine, 'noted'), canary);
  });

  it('shows one tenant nothing of another', async () => {
    await store.put(mine, 'token', canary);
    assert.equal(await store.get(other, 'token'), null);
  });

  it('does not open what was moved to another tenant, name or version', async () => {
    const moves = [
      [`update secrets set tenant_id = $1`, other, 'token'],
      [`update secrets set name = $1`, mine, 'renamed'],
      [`update secrets set version = version + $1::int`, mine, 'token'],
    ] as const;
    for (const [sql, tenantId, name] of moves) {
      await database.owner('delete from secrets');
      await store.put(mine, 'token', canary);
      const to = sql.includes('tenant_id') ? other : sql.includes('name =') ? 'renamed' : 1;
      await database.owner(sql, [to]);
      await assert.rejects(store.get(tenantId, name), unreadable, sql);
    }
  });

  it('does not open a row that holds the sealed value of another', async () => {
    await store.put(mine, 'a', 'one');
    await store.put(mine, 'b', 'two');
    const [a] = (await rows()).filter(({ name }) => name === 'a');
    await database.owner(`update secrets set sealed = $1 where name = 'b'`, [a?.sealed]);
    await assert.rejects(store.get(mine, 'b'), unreadable);
  });

  it('does not open half of one envelope with half of another', async () => {
    await store.put(mine, 'a', 'one');
    await store.put(mine, 'b', 'two');
    const [a, b] = (await rows()).sort((x, y) => x.name.localeCompare(y.name));
    const mixed = Buffer.concat([
      a?.sealed.subarray(0, 60) ?? Buffer.of(),
      b?.sealed.subarray(60) ?? Buffer.of(),
    ]);
    for (const name of ['a', 'b']) {
      await database.owner('update secrets set sealed = $1 where name = $2', [mixed, name]);
      await assert.rejects(store.get(mine, name), unreadable);
    }
  });

  it('does not open anything of which one bit was changed, or the end is missing', async () => {
    await store.put(mine, 'token', canary);
    const sealed = (await rows())[0]?.sealed ?? Buffer.of();
    const damaged = Array.from(sealed, (_, at) => {
      const copy = Buffer.from(sealed);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy;
    });
    for (const bytes of [
      ...damaged,
      sealed.subarray(0, -1),
      sealed.subarray(0, 60),
      sealed.subarray(0, 5),
      Buffer.of(),
    ]) {
      await database.owner('update secrets set sealed = $1', [bytes]);
      await assert.rejects(store.get(mine, 'token'), unreadable);
    }
  });

  it('does not open what was sealed under another master key, and says under which', async () => {
    await store.put(mine, 'token', canary);
    const keyId = (await rows())[0]?.key_id ?? '';
    await assert.rejects(open(randomBytes(32)).get(mine, 'token'), (error: AppError) => {
      assert.ok(unreadable(error));
      return String(error.cause).includes(keyId) && !error.message.includes(keyId);
    });
  });
});
