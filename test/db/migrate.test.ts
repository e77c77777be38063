import assert from 'node:assert/strict';
import pg from 'pg';
import { migrations } from '../../db/migrations/index.ts';
import { verifyChains } from '../../db/audit-verify.ts';
import { connectDb } from '../../db/connect.ts';
import { capabilities } from '../../db/domain/capabilities.ts';
import { loginRoles } from '../../db/migrations/run.ts';
import * as users from '../../db/repos/people/users.ts';
import { emptyDatabase, migrate, plantTenant, roleUrls, scope, testDatabase } from '../support/database.ts';

const names = migrations.map(({ name }) => name);

async function columnsOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const sql = `select count(*)::int as n from information_schema.columns where table_schema in ('public', 'auth')`;
    return ((await client.query(sql)).rows as { n: number }[])[0]?.n ?? 0;
  } finally {
    await client.end();
  }
}

describe('migrations', () => {
  it('run once: the second run finds nothing to do', async () => {
    const { urls, close } = await emptyDatabase();
    try {
      assert.deepEqual(await migrate(urls), names);
      const before = await columnsOf(urls.owner);
      assert.deepEqual(await migrate(urls), []);
      assert.equal(await columnsOf(urls.owner), before);
    } finally {
      await close();
    }
  });

  it('run once in all when six processes start them together on an empty database', async () => {
    const { urls, close } = await emptyDatabase();
    try {
      const runs = await Promise.all(Array.from({ length: 6 }, () => migrate(urls)));
      assert.deepEqual(runs.flat().sort(), [...names].sort());
    } finally {
      await close();
    }
  });

  it('may run for two databases of one server at the same time, which share the login roles', async () => {
    const both = await Promise.all([emptyDatabase(), emptyDatabase()]);
    try {
      for (let round = 0; round < 5; round += 1) {
        await Promise.all(both.flatMap(({ urls }) => [migrate(urls), migrate(urls)]));
      }
    } finally {
      await Promise.all(both.map(({ close }) => close()));
    }
  });

  it('need no superuser: an owner that may create roles is enough, and everything works for it', async () => {
    const [existing, empty] = [await testDatabase(), await emptyDatabase()];
    const owner = `plain_owner_${process.pid}`;
    const url = new URL(empty.urls.owner);
    const { password } = url;
    const name = url.pathname.slice(1);
    url.username = owner;
    const urls = roleUrls(url.href);
    const db = connectDb(urls);
    try {
      await existing.owner(`create role ${owner} login createrole password '${password}'`);
      await existing.owner(`grant ${loginRoles.join(', ')} to ${owner} with admin option`);
      await existing.owner(`alter database ${name} owner to ${owner}`);
      assert.deepEqual(await migrate(urls), names);
      assert.deepEqual(await migrate(urls), []);
      const planted = await plantTenant(db);
      const verdicts = await db.inScope(scope('platform'), (tx) => verifyChains(tx));
      assert.deepEqual(verdicts, [{ tenantId: planted.tenantId, events: 3, broken: null }]);
      // What a migration changes in rows, it changes as an owner whom their security binds.
      const waiting = await plantTenant(db, { confirmed: false });
      const client = new pg.Client({ connectionString: urls.owner });
      await client.connect();
      await client.query(migrations.find(({ name }) => name.endsWith('_confirmed_addresses'))?.up ?? '');
      await client.end();
      const found = await db.inScope(scope('platform'), (tx) => users.find(tx, waiting.userId));
      assert.ok(found?.emailVerifiedAt, 'no one is locked out by the upgrade');
      await db.inScope(scope(planted), (tx) => users.removeMembersOfAbandoned(tx, planted.tenantId));
      assert.equal(await db.inScope(scope('platform'), (tx) => users.find(tx, planted.userId)), null);
    } finally {
      await db.close();
      await empty.close();
      await existing.owner(`drop role ${owner}`);
      await existing.close();
    }
  });

  it('leave a database of another version as it is, and say so in one sentence', async () => {
    const { urls, close } = await emptyDatabase();
    try {
      await migrate(urls);
      const client = new pg.Client({ connectionString: urls.owner });
      await client.connect();
      await client.query(`insert into migrations (name) values ('0003_of_another_line')`);
      await client.query(`delete from migrations where name = '0014_audit_purge_runs'`);
      await client.end();
      const before = await columnsOf(urls.owner);
      await assert.rejects(
        migrate(urls),
        /another version of BizOSaaS.*0003_of_another_line.*Nothing was changed/,
      );
      assert.equal(await columnsOf(urls.owner), before);
    } finally {
      await close();
    }
  });

  it('have names in order that say which capability they belong to', () => {
    assert.deepEqual([...names].sort(), names);
    const shape = new RegExp(`^\\d{4}_(${capabilities.join('|')})_[a-z_]+$`);
    names.forEach((name, index) => {
      assert.ok(name.startsWith(String(index + 1).padStart(4, '0')), name);
      assert.match(name, shape);
    });
  });
});

describe('the test database', () => {
  it('is a copy of its own', async () => {
    const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
    try {
      await plantTenant(one.db, { name: 'Only in one' });
      assert.equal((await one.owner('select id from tenants')).length, 1);
      assert.equal((await two.owner('select id from tenants')).length, 0);
    } finally {
      await Promise.all([one.close(), two.close()]);
    }
  });
});
