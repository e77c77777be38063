import assert from 'node:assert/strict';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { catalogFindings } from './checks/catalog-findings.ts';
import { isBroken, plantTwoTenants } from './checks/isolation-findings.ts';
import { closedToPartners, tenantColumn, tenantTables } from './checks/tables.ts';

interface Policy {
  table: string;
  name: string;
  definition: string;
}

/** Every policy of the tenant tables with the statement that makes it again. */
async function policiesOf({ owner }: TestDatabase, tables: string[]): Promise<Policy[]> {
  return owner<Policy>(
    `select tablename as table, policyname as name,
            format('create policy %I on %I as %s for %s to %s %s %s', policyname, tablename, permissive, cmd,
                   array_to_string(roles, ','), 'using (' || qual || ')', 'with check (' || with_check || ')') as definition
     from pg_policies where tablename = any ($1) and policyname in ('app_tenant', 'platform_all', 'partner_read')`,
    [tables],
  );
}

/** A test that cannot fail proves nothing: breaks one protection after the other and expects both checks to notice. */
describe('[TEN-6] every protection of every table, broken once', function () {
  // Some eighty rounds; a busy machine needs its time.
  this.timeout(240_000);
  let database: TestDatabase;
  let tables: string[];
  before(async () => {
    database = await testDatabase();
    await plantTwoTenants(database);
    tables = await tenantTables(database.owner);
  });
  after(() => database.close());

  /** Red while broken in the matrix and in the catalog, green again afterwards. */
  async function mustBeSeen(table: string, breakIt: string, mendIt: string, inMatrix = true): Promise<void> {
    await database.owner(breakIt);
    try {
      if (inMatrix) assert.ok(await isBroken(database, table), `the matrix did not notice: ${breakIt}`);
      const catalog = await catalogFindings(database.owner);
      assert.notEqual(catalog.length, 0, `the catalog check did not notice: ${breakIt}`);
    } finally {
      await database.owner(mendIt);
    }
  }

  it('is noticed when a policy is dropped', async () => {
    const policies = await policiesOf(database, tables);
    assert.equal(policies.length, tables.length * 3);
    for (const { table, name, definition } of policies) {
      // Where partners may not read at all, whether their policy is there is seen in the catalog only.
      const inMatrix = name !== 'partner_read' || !closedToPartners.includes(table);
      await mustBeSeen(table, `drop policy ${name} on ${table}`, definition, inMatrix);
    }
  });

  it('is noticed when row-level security is switched off', async () => {
    for (const table of tables) {
      const statement = (verb: string) => `alter table ${table} ${verb} row level security`;
      await mustBeSeen(table, statement('disable'), statement('enable'));
    }
  });

  it('is noticed when row-level security no longer binds the owner', async () => {
    for (const table of tables) {
      const statement = (verb: string) => `alter table ${table} ${verb} row level security`;
      // The matrix logs in as other roles than the owner, so only the catalog can tell.
      await mustBeSeen(table, statement('no force'), statement('force'), false);
    }
  });

  it('is noticed when a policy lets everybody read, or lets everybody write', async () => {
    for (const table of tables) {
      const condition = `${tenantColumn(table)} = (select nullif(current_setting('app.tenant_id', true), ''))`;
      const [{ definition } = { definition: '' }] = (await policiesOf(database, [table])).filter(
        ({ name }) => name === 'app_tenant',
      );
      const mend = `drop policy app_tenant on ${table}; ${definition}`;
      for (const [using, check] of [
        ['true', condition],
        [condition, 'true'],
      ]) {
        const broken = `create policy app_tenant on ${table} to bizosaas_app using (${using}) with check (${check})`;
        // The app may not write to the ledger, so a ledger that would let it write is seen in the catalog only.
        const inMatrix = using === 'true' || !['events', 'event_heads'].includes(table);
        await mustBeSeen(table, `drop policy app_tenant on ${table}; ${broken}`, mend, inMatrix);
      }
    }
  });

  it('is whole again at the end', async () => {
    assert.deepEqual(await catalogFindings(database.owner), []);
    for (const table of tables) assert.equal(await isBroken(database, table), false, table);
  });
});
