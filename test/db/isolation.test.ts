import assert from 'node:assert/strict';
import pg from 'pg';
import { newId } from '../../db/domain/ids.ts';
import { plantTenant, scope, testDatabase, type TestDatabase } from '../support/database.ts';
import { fixtures, userIdOf } from './checks/fixtures.ts';
import {
  appFindings,
  otherTenant,
  ownPartner,
  ownTenant,
  partnerFindings,
  plantTwoTenants,
  wideFindings,
} from './checks/isolation-findings.ts';
import { tenantTables } from './checks/tables.ts';

describe('[TEN-6] a tenant, no tenant and a malformed tenant against the rows of another', () => {
  let database: TestDatabase;
  let tables: string[];
  before(async () => {
    database = await testDatabase();
    await plantTwoTenants(database);
    tables = await tenantTables(database.owner);
  });
  after(() => database.close());

  it('has a fixture for every tenant table, and none for others', () => {
    assert.deepEqual(Object.keys(fixtures).sort(), tables);
  });

  it('reads nothing and writes nothing, in any table, by any statement', async () => {
    const { findings, tried } = await appFindings(database, tables);
    assert.deepEqual(findings, []);
    // 12 statements × 9 settings on each table.
    assert.equal(tried, tables.length * 12 * 9);
  });

  it('gives a partner the rows of its own tenants, and no write at all', async () => {
    const { findings, tried } = await partnerFindings(database, tables);
    assert.deepEqual(findings, []);
    assert.equal(tried, tables.length * 10 * 2 * 6);
  });

  it('gives the platform every row and the role of the query tool none', async () => {
    assert.deepEqual(await wideFindings(database, tables), []);
  });

  it('left the rows of the other tenant as they were', async () => {
    for (const table of tables) {
      const column = table === 'tenants' ? 'id' : 'tenant_id';
      const rows = await database.owner(`select 1 from ${table} where ${column} = $1`, [otherTenant]);
      assert.equal(rows.length, 1, table);
    }
  });

  it('refuses TRUNCATE, which would pass by the policies', async () => {
    await inTenant(database, ownTenant, async (run) => {
      for (const table of tables) assert.equal(await run(`truncate ${table} cascade`), '42501', table);
    });
  });
});

describe('[TEN-6] keys across tenants', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
    await plantTwoTenants(database);
  });
  after(() => database.close());

  it('let no row point at a row of another tenant, even by its right id', async () => {
    const { owner } = database;
    await owner(`update invoices set id = 'inv_theirs' where false`);
    await owner(
      `insert into subscriptions (id, tenant_id, plan_key, plan_version, gateway, timezone, anchor_at, interval, status,
         amount_minor, currency, period_start, period_end)
       select 'sub_theirs', $1, plan_key, plan_version, gateway, timezone, anchor_at, interval, 'cancelled', amount_minor,
         currency, period_start, period_end from subscriptions where tenant_id = $1`,
      [otherTenant],
    );
    const points: readonly [string, string][] = [
      ['invoice to subscription', `update invoices set subscription_id = 'sub_theirs'`],
      ['payment to invoice', `update payments set invoice_id = 'inv_theirs'`],
      ['step to run', `update run_steps set run_id = 'run_theirs'`],
    ];
    await owner(
      `insert into invoices (id, tenant_id, subscription_id, kind, number, status, subtotal_minor, total_minor, tax, currency,
         billed_to, period_start, period_end, issued_at, paid_at)
       select 'inv_theirs', tenant_id, subscription_id, kind, 'N-9', status, subtotal_minor, total_minor, tax, currency,
         billed_to, period_start, period_end, issued_at, paid_at from invoices where tenant_id = $1`,
      [otherTenant],
    );
    await owner(
      `insert into runs (tenant_id, run_id, workflow_id, process, subject, state, needs_attention, attempts, started_at, changed_at)
      select tenant_id, 'run_theirs', workflow_id, process, subject, state, needs_attention, attempts, started_at, changed_at
      from runs where tenant_id = $1`,
      [otherTenant],
    );
    await inTenant(database, ownTenant, async (run) => {
      for (const [what, sql] of points) assert.equal(await run(sql), '23503', what);
    });
  });
});

describe('[TEN-6] people, who may belong to several tenants', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
    await plantTwoTenants(database);
    await database.owner(
      `insert into users (id, email, name, platform_role, timezone, language)
       values ('usr_admin', 'admin@example.com', 'Ada', 'superAdmin', 'UTC', 'en')`,
    );
    await database.owner(
      `insert into memberships (tenant_id, user_id, role) values ($1, 'usr_admin', 'member')`,
      [ownTenant],
    );
  });
  after(() => database.close());

  it('are seen by the tenants they belong to', async () => {
    const { rows } = await inTenant(database, ownTenant, (_, client) =>
      client.query('select id from users order by id'),
    );
    assert.deepEqual(rows, [{ id: userIdOf(ownTenant, 'base') }, { id: 'usr_admin' }]);
    const none = await inTenant(database, null, (_, client) => client.query('select id from users'));
    assert.equal(none.rowCount, 0);
  });

  it('are not changed, removed or raised by a tenant they do not belong to', async () => {
    await inTenant(database, ownTenant, async (run) => {
      const theirs = userIdOf(otherTenant, 'base');
      assert.equal(await run(`update users set name = 'x' where id = '${theirs}'`), 0);
      assert.equal(await run(`delete from users where id = '${theirs}'`), '42501');
      assert.equal(await run(`update users set platform_role = 'superAdmin'`), '42501');
    });
  });

  it('who work for the platform are not touched by a tenant at all', async () => {
    await inTenant(database, ownTenant, async (run) => {
      assert.equal(await run(`update users set platform_role = null where id = 'usr_admin'`), 0);
      assert.equal(await run(`update users set email = 'evil@example.com' where id = 'usr_admin'`), 0);
      const insert = `insert into users (id, email, name, platform_role, timezone, language)`;
      assert.equal(
        await run(`${insert} values ('u', 'e@example.com', 'n', 'superAdmin', 'UTC', 'en')`),
        '42501',
      );
    });
  });

  it('keep their credentials out of reach of every role but the platform', async () => {
    for (const url of [database.urls.app, database.urls.partner, database.urls.queryRo]) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        for (const table of ['users', 'sessions', 'accounts', 'second_factors', 'impersonations']) {
          await assert.rejects(client.query(`select * from auth.${table}`), { code: '42501' });
        }
      } finally {
        await client.end();
      }
    }
  });

  it('and their tenants are shown to a partner only when they are its own', async () => {
    const ids = await database.db.inScope(scope({ partnerId: ownPartner }), async (tx) => {
      const rows = (await tx.sql('users').select('id').orderBy('id')) as { id: string }[];
      return rows.map(({ id }) => id);
    });
    assert.deepEqual(ids, [userIdOf(ownTenant, 'base'), 'usr_admin']);
  });
});

describe('[TEN-6] a scope', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  it('that records for another tenant leaves nothing', async () => {
    const { db, owner } = database;
    const [one, two] = [await plantTenant(db), await plantTenant(db)];
    const before = await owner('select 1 from events');
    const targets = [{ type: 'tenant', id: two.tenantId }] as const;
    const work = db.inScope(scope({ tenantId: one.tenantId }), async (tx) => {
      tx.record({ action: 'tenant.updated', targets, tenantId: two.tenantId });
    });
    await assert.rejects(work, { code: '42501' });
    assert.equal((await owner('select 1 from events')).length, before.length);
  });

  it('of a partner records nothing, since it may write nothing', async () => {
    const work = database.db.inScope(scope({ partnerId: newId('partner') }), async (tx) => {
      tx.record({ action: 'tenant.updated', targets: [] });
    });
    await assert.rejects(work, { code: '42501' });
  });

  it('of the query role cannot name a tenant: set_config is closed to it', async () => {
    const client = new pg.Client({ connectionString: database.urls.queryRo });
    await client.connect();
    try {
      await assert.rejects(client.query(`select set_config('app.tenant_id', 'ten_x', true)`), {
        code: '42501',
      });
    } finally {
      await client.end();
    }
  });
});

type Run = (sql: string) => Promise<number | string>;

/** Runs statements as the app inside a tenant, each undone: the rows it touched, or the SQLSTATE that refused it. */
async function inTenant<T>(
  { urls }: TestDatabase,
  tenantId: string | null,
  use: (run: Run, client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: urls.app });
  await client.connect();
  try {
    await client.query('begin');
    if (tenantId) await client.query(`select set_config('app.tenant_id', $1, true)`, [tenantId]);
    const run: Run = async (sql) => {
      await client.query('savepoint here');
      try {
        return (await client.query(sql)).rowCount ?? 0;
      } catch (error) {
        return (error as { code: string }).code;
      } finally {
        await client.query('rollback to here');
      }
    };
    return await use(run, client);
  } finally {
    await client.end();
  }
}
