import assert from 'node:assert/strict';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { catalogFindings } from './checks/catalog-findings.ts';
import { globalTables, tenantTables } from './checks/tables.ts';

describe('[TEN-6] the catalog of the database', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  it('protects every table that holds rows of tenants, and breaks none of the rules', async () => {
    assert.deepEqual(await catalogFindings(database.owner), []);
  });

  it('has both kinds of tables, so that the check above looked at something', async () => {
    assert.ok((await tenantTables(database.owner)).length >= 14);
    assert.ok(Object.values(globalTables).every((reason) => reason.length > 20));
  });
});

/** Each row breaks one rule; the check must name what is broken. */
const mistakes: readonly [what: string, sql: string, finding: RegExp][] = [
  ['a table without tenant_id', 'create table notes (id text primary key)', /notes: has no tenant_id/],
  [
    'a tenant_id that may be null',
    'alter table runs drop constraint runs_pkey cascade; alter table runs alter tenant_id drop not null',
    /runs: tenant_id may be null/,
  ],
  [
    'security that is not forced',
    'alter table invoices no force row level security',
    /invoices: .* not forced/,
  ],
  [
    'a second policy that opens everything',
    'create policy extra on mails to bizosaas_app using (true)',
    /mails: policy extra is one too many/,
  ],
  ['a policy on a global table', 'create policy extra on plans using (true)', /plans: policy extra/],
  [
    'a unique key without the tenant',
    'create unique index on invoices (number)',
    /invoices_number_idx: does not contain the tenant/,
  ],
  [
    'a foreign key without the tenant',
    'alter table payments add unique (tenant_id, id, status); alter table runs add unique (tenant_id, run_id, subject); alter table mails add constraint to_user foreign key (user_id) references users (id)',
    /to_user: does not contain the tenant/,
  ],
  [
    'a foreign key that pairs the tenant with something else',
    'alter table mails add constraint crossed foreign key (id, tenant_id) references invoices (tenant_id, id)',
    /crossed: the tenant is not compared/,
  ],
  [
    'a global table that points at tenants',
    'alter table projections add constraint up foreign key (name) references tenants (id)',
    /up: a global table points/,
  ],
  [
    'a table without an index for its policy',
    'create table notes (tenant_id text not null, id text primary key)',
    /notes: no index begins with tenant_id/,
  ],
  [
    'a view with the rights of its maker',
    'create view all_mails as select * from mails',
    /all_mails: the view is not security_invoker/,
  ],
  [
    'a materialised view',
    'create materialized view sums as select count(*) from invoices; grant select on sums to bizosaas_app',
    /sums: a materialised view/,
  ],
  [
    'a partition that is open',
    'create table parts (tenant_id text not null) partition by list (tenant_id); create table part_a partition of parts default; grant select on part_a to bizosaas_partner',
    /part_a: a partition/,
  ],
  ['TRUNCATE', 'grant truncate on mails to bizosaas_app', /mails: bizosaas_app may TRUNCATE/],
  ['REFERENCES', 'grant references on tenants to bizosaas_app', /tenants: bizosaas_app may REFERENCES/],
  ['TRIGGER', 'grant trigger on tenants to bizosaas_platform', /tenants: bizosaas_platform may TRIGGER/],
  ['a right of everybody', 'grant select on secrets to public', /secrets: PUBLIC may SELECT/],
  [
    'a right on one column',
    'grant update (status) on invoices to bizosaas_partner',
    /invoices: bizosaas_partner may UPDATE of column status/,
  ],
  [
    'a partner that writes',
    'grant insert on mails to bizosaas_partner',
    /mails: bizosaas_partner may INSERT/,
  ],
  ['a ledger the app may write', 'grant update on events to bizosaas_app', /events: bizosaas_app may UPDATE/],
  [
    'a price list the app may write',
    'grant update on plans to bizosaas_app',
    /plans: bizosaas_app may UPDATE/,
  ],
  [
    'a query role with a table',
    'grant select on tenants to bizosaas_query_ro',
    /tenants: bizosaas_query_ro may SELECT/,
  ],
  [
    'set_config for everybody',
    'grant execute on function set_config to public',
    /set_config: public may call it/,
  ],
  [
    'set_config for the query role',
    'grant execute on function set_config to bizosaas_query_ro',
    /set_config: bizosaas_query_ro/,
  ],
  [
    'an unlisted definer function',
    'create function sneak() returns int language sql security definer as $$ select 1 $$',
    /sneak: runs as its owner/,
  ],
  [
    'a definer function with a free search_path',
    'alter function append_event reset search_path',
    /append_event: search_path is not fixed/,
  ],
  [
    'a definer function everybody may call',
    'grant execute on function append_event to public',
    /append_event: may be called by .*PUBLIC/,
  ],
  [
    'an app that reads credentials',
    'grant usage on schema auth to bizosaas_app; grant select on auth.accounts to bizosaas_app',
    /auth\.accounts: bizosaas_app/,
  ],
  [
    'an app that creates tables',
    'grant create on schema public to bizosaas_app',
    /public: bizosaas_app may create/,
  ],
  [
    'a table owned by a login role',
    'grant create on schema public to bizosaas_app; alter table mails owner to bizosaas_app',
    /mails: belongs to the login role/,
  ],
  [
    'a ledger without its trigger',
    'alter table events disable trigger events_append_only',
    /events_append_only is missing or off/,
  ],
];

describe('[TEN-6] the check of the catalog', () => {
  for (const [what, sql, finding] of mistakes) {
    it(`finds ${what}`, async () => {
      const { owner, close } = await testDatabase();
      try {
        await owner(sql);
        const findings = await catalogFindings(owner);
        assert.ok(
          findings.some((line) => finding.test(line)),
          findings.join('\n') || 'nothing was found',
        );
      } finally {
        await close();
      }
    });
  }
});
