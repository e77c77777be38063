import assert from 'node:assert/strict';
import { sessionReader, tokenHash } from '../../../db/auth/sessions.ts';
import { plantTenant, testDatabase, type PlantedTenant, type TestDatabase } from '../../support/database.ts';

describe('[USR-1] sessions read in the same moment', () => {
  let database: TestDatabase;
  let planted: PlantedTenant[];
  const tokenOf = ({ userId }: PlantedTenant): string => `token of ${userId}`;
  before(async () => {
    database = await testDatabase();
    planted = await Promise.all(Array.from({ length: 12 }, () => plantTenant(database.db)));
    for (const [i, one] of planted.entries())
      await database.owner(
        `insert into auth.sessions (id, token_hash, user_id, expires_at)
         values ($1, $2, $3, now() + $4::interval)`,
        [`ses_${i}`, tokenHash(tokenOf(one)), one.userId, i === 0 ? '-1 second' : '1 hour'],
      );
  });
  after(() => database.close());

  it('belong to one person each, and to no one when expired or unknown', async () => {
    const read = sessionReader(database.db);
    const twice = [...planted, ...planted];
    const [unknown, ...found] = await Promise.all([
      read('no such token'),
      ...twice.map((one) => read(tokenOf(one))),
    ]);
    assert.equal(unknown, null);
    for (const [i, one] of twice.entries()) {
      const principal = found[i];
      if (one === planted[0]) assert.equal(principal, null);
      else assert.deepEqual([principal?.userId, principal?.tenant?.id], [one.userId, one.tenantId]);
    }
  });

  it('are over at once when they are ended', async () => {
    const read = sessionReader(database.db);
    const [, one] = planted as [PlantedTenant, PlantedTenant];
    assert.equal((await read(tokenOf(one)))?.userId, one.userId);
    await database.owner('update auth.sessions set ended_at = now() where token_hash = $1', [
      tokenHash(tokenOf(one)),
    ]);
    assert.equal(await read(tokenOf(one)), null);
  });
});
