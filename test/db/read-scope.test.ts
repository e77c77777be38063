import assert from 'node:assert/strict';
import type { Visibility, Scope, Tx } from '../../db/scope.ts';
import {
  plantTenant,
  scope,
  testDatabase,
  type PlantedTenant,
  type TestDatabase,
} from '../support/database.ts';

const tenantCount = 30;
const calls = 3_000;

describe('[TEN-6] a scope that only reads', () => {
  let database: TestDatabase;
  let planted: PlantedTenant[];
  before(async () => {
    database = await testDatabase({ poolSize: 2 });
    planted = [];
    for (let i = 0; i < tenantCount; i += 1) planted.push(await plantTenant(database.db));
  });
  after(() => database.close());

  const readOnly = (visibility: Visibility): Scope => ({ ...scope(visibility), readOnly: true });
  const tenantsIn = async (tx: Tx): Promise<string[]> =>
    ((await tx.sql('memberships').select('tenant_id')) as { tenant_id: string }[]).map(
      (row) => row.tenant_id,
    );

  it(`shows each tenant its own in ${calls} reads that share two connections, refused ones among them`, async () => {
    const counts = { seen: 0, foreign: 0, refused: 0 };
    const one = async (i: number): Promise<void> => {
      const { tenantId } = planted[i % tenantCount] as PlantedTenant;
      await database.db.inScope(readOnly({ tenantId }), async (tx) => {
        if (i % 7 === 0)
          await tx.sql.raw('select 1 / ?::integer', [0]).catch((error: { code: string }) => {
            assert.equal(error.code, '22012');
            counts.refused += 1;
          });
        const ids = await tenantsIn(tx);
        counts.seen += 1;
        if (ids.length !== 1 || ids[0] !== tenantId) counts.foreign += 1;
      });
    };
    for (let i = 0; i < calls; i += 50) await Promise.all(Array.from({ length: 50 }, (_, n) => one(i + n)));
    assert.deepEqual(counts, { seen: calls, foreign: 0, refused: Math.ceil(calls / 7) });
  });

  it('leaves no tenant behind for who comes next, nor for a partner', async () => {
    const { tenantId } = planted[0] as PlantedTenant;
    assert.deepEqual(await database.db.inScope(readOnly({ tenantId }), tenantsIn), [tenantId]);
    assert.deepEqual(await database.db.inScope(readOnly({ tenantId: '' }), tenantsIn), []);
    assert.deepEqual(await database.db.inScope(readOnly({ partnerId: tenantId }), tenantsIn), []);
    assert.equal((await database.db.inScope(readOnly('platform'), tenantsIn)).length, tenantCount);
  });

  it('changes nothing, whatever the visibility, and records no event', async () => {
    const { tenantId } = planted[0] as PlantedTenant;
    for (const visibility of [{ tenantId }, 'platform'] as const) {
      const change = database.db.inScope(readOnly(visibility), (tx) =>
        tx.sql('tenants').where({ id: tenantId }).update({ name: 'Changed' }),
      );
      await assert.rejects(change, { code: '25006' });
    }
    const recorded = database.db.inScope(readOnly({ tenantId }), async (tx) =>
      tx.record({ action: 'mail.sent', targets: [] }),
    );
    await assert.rejects(recorded, /cannot record events/);
  });

  it('lets the next change through on the connections it used', async () => {
    const { tenantId } = planted[1] as PlantedTenant;
    await Promise.all(
      Array.from({ length: 8 }, () => database.db.inScope(readOnly({ tenantId }), tenantsIn)),
    );
    const changed = await database.db.inScope(scope({ tenantId }), (tx) =>
      tx.sql('tenants').where({ id: tenantId }).update({ name: 'Changed' }),
    );
    assert.equal(changed, 1);
  });

  it('is over when it is over, as every scope is', async () => {
    const { tenantId } = planted[0] as PlantedTenant;
    for (const over of [readOnly({ tenantId }), scope({ tenantId })]) {
      const kept = await database.db.inScope(over, async (tx) => ({ tx }));
      await assert.rejects(tenantsIn(kept.tx), /this transaction is over/);
    }
  });

  it('recovers, as changes do, after a column was added while it ran', async () => {
    const { tenantId } = planted[0] as PlantedTenant;
    for (const [i, at] of [readOnly({ tenantId }), scope({ tenantId })].entries()) {
      const ask = () => database.db.inScope(at, (tx) => tx.sql('tenants').select());
      await ask();
      await database.owner(`alter table tenants add column added_${i} text`);
      for (let n = 0; n < 2; n += 1) await ask().catch(() => undefined);
      assert.equal(((await ask()) as unknown[]).length, 1);
    }
  });

  it('takes for an id only what can be one', async () => {
    const odd = { tenantId: `x'; set local role postgres; --` };
    await assert.rejects(database.db.inScope(scope(odd), tenantsIn), /letters, digits and underscores/);
    assert.deepEqual(await database.db.inScope(readOnly(odd), tenantsIn), []);
  });
});
