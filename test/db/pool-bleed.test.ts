import assert from 'node:assert/strict';
import type { Visibility } from '../../db/scope.ts';
import * as choices from '../../db/repos/onboarding/choices.ts';
import {
  plantTenant,
  scope,
  testDatabase,
  type PlantedTenant,
  type TestDatabase,
} from '../support/database.ts';

const tenantCount = 50;
const calls = 4_000;
const seed = 20_260_301;

/** A small generator with a seed, so that a failing order can be run again. */
function randomOf(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const planned = new Error('planned');

describe('[TEN-6] two connections shared by fifty tenants', () => {
  let database: TestDatabase;
  let planted: PlantedTenant[];
  before(async () => {
    database = await testDatabase({ poolSize: 2 });
    planted = [];
    for (let i = 0; i < tenantCount; i += 1) planted.push(await plantTenant(database.db));
    for (const { tenantId } of planted) {
      await database.db.inScope(scope({ tenantId }), (tx) =>
        choices.save(tx, tenantId, 'tools', { tools: ['slack'] }),
      );
    }
  });
  after(() => database.close());

  it(`show no foreign row in ${calls} interleaved transactions, failed ones among them`, async () => {
    const random = randomOf(seed);
    const counts = { read: 0, thrown: 0, refused: 0, foreign: 0 };
    const one = async (): Promise<void> => {
      const { tenantId } = planted[random(tenantCount)] as PlantedTenant;
      const fate = random(10);
      try {
        await database.db.inScope(scope({ tenantId }), async (tx) => {
          if (fate === 0) await tx.sql.raw('select 1 / 0');
          const rows = (await tx.sql('onboarding_choices').select('tenant_id')) as { tenant_id: string }[];
          const heads = (await tx.sql('events').distinct('tenant_id')) as { tenant_id: string }[];
          const seen = [...rows, ...heads].map((row) => row.tenant_id);
          counts.foreign += seen.filter((id) => id !== tenantId).length;
          if (rows.length !== 1 || heads.length !== 1) counts.foreign += 1;
          counts.read += 1;
          if (fate === 1) throw planned;
          // What a caller forgets to undo must not outlive its transaction either.
          if (fate === 2) await tx.sql.raw(`set local app.tenant_id = 'ten_left_behind'`);
        });
      } catch (error) {
        if (error === planned) counts.thrown += 1;
        else if ((error as { code?: string }).code === '22012') counts.refused += 1;
        else throw error;
      }
    };
    const lane = async (share: number): Promise<void> => {
      for (let i = 0; i < share; i += 1) await one();
    };
    await Promise.all(Array.from({ length: 20 }, () => lane(calls / 20)));
    assert.equal(counts.foreign, 0);
    assert.equal(counts.read + counts.refused, calls);
    assert.ok(counts.thrown > calls / 20 && counts.refused > calls / 20, JSON.stringify(counts));
  });

  it('carry no tenant from one transaction to the next, nor to a partner', async () => {
    const seenBy = async (visibility: Visibility): Promise<number> =>
      database.db.inScope(
        scope(visibility),
        async (tx) => ((await tx.sql('memberships').select('user_id')) as unknown[]).length,
      );
    for (const { tenantId } of planted.slice(0, 10)) {
      assert.equal(await seenBy({ tenantId }), 1);
      assert.equal(await seenBy({ tenantId: '' }), 0);
      assert.equal(await seenBy({ tenantId: 'ten_nobody' }), 0);
      assert.equal(await seenBy({ partnerId: tenantId }), 0);
    }
  });
});
