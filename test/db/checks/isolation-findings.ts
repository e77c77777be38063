import pg from 'pg';
import type { DatabaseUrls } from '../../../workers/runtime/config.ts';
import { fixtures, insertOf, plantRows } from './fixtures.ts';
import { closedToPartners, tenantColumn, type Query } from './tables.ts';

export const ownTenant = 'ten_aaaaaaaaaa';
export const otherTenant = 'ten_bbbbbbbbbb';
export const ownPartner = 'par_aaaaaaaaaa';

/** What a broken or hostile caller might name as the tenant. */
export const malformedTenants = [
  '',
  ' ',
  'null',
  '%',
  `${otherTenant} `,
  otherTenant.toUpperCase(),
  `'${otherTenant}'`,
];

export interface Target {
  urls: DatabaseUrls;
  owner: Query;
}

/** Two tenants with a row in every table; the first belongs to a partner. */
export async function plantTwoTenants({ owner }: Target): Promise<void> {
  await plantRows(owner, ownTenant, ownPartner);
  await plantRows(owner, otherTenant, null);
}

type Outcome = { rows: number } | { code: string };
type Session = (sql: string, params?: unknown[]) => Promise<Outcome>;

/** Runs each statement in a transaction of its own with the setting a scope makes, and takes it back. */
function sessionOf(client: pg.Client, setting: string, value: string | null): Session {
  return async (sql, params = []) => {
    await client.query('begin');
    try {
      if (value !== null) await client.query('select set_config($1, $2, true)', [setting, value]);
      return { rows: (await client.query(sql, params)).rowCount ?? 0 };
    } catch (error) {
      return { code: (error as { code?: string }).code ?? String(error) };
    } finally {
      await client.query('rollback');
    }
  };
}

interface Attack {
  name: string;
  sql: string;
  params: unknown[];
}

/** Everything a role could try on the rows of a tenant it does not belong to. `mine` is whose rows it would use. */
export function attacksOn(table: string, mine: string, theirs: string): Attack[] {
  const fixture = fixtures[table];
  if (!fixture) throw new Error(`${table} has no fixture: add one to test/db/checks/fixtures.ts`);
  const column = tenantColumn(table);
  const fresh = insertOf(table, fixture(theirs, 'fresh'));
  const existing = insertOf(table, fixture(theirs, 'base'));
  const columns = Object.keys(fixture(theirs, 'base'));
  const copy = (from: string, to: string, into: string): Attack => ({
    name: into,
    sql: `insert into ${table} (${columns.join(', ')}) select ${columns.map((name) => (name === column ? '$1' : name)).join(', ')}
          from ${table} where ${column} = $2 and $3::text is not null`,
    params: [to, from, 'copy'],
  });
  return [
    { name: 'select', sql: `select * from ${table} where ${column} = $1`, params: [theirs] },
    {
      name: 'select through a function',
      sql: `select * from ${table} where ${column} || '' like $1`,
      params: [theirs],
    },
    { name: 'insert', ...fresh },
    {
      name: 'update',
      sql: `update ${table} set ${column} = ${column} where ${column} = $1`,
      params: [theirs],
    },
    { name: 'delete', sql: `delete from ${table} where ${column} = $1`, params: [theirs] },
    { name: 'upsert', sql: `${existing.sql} on conflict do nothing`, params: existing.params },
    {
      name: 'upsert with update',
      sql: `${existing.sql} on conflict (${keyOf(table)}) do update set ${column} = excluded.${column}`,
      params: existing.params,
    },
    {
      name: 'move to them',
      sql: `update ${table} set ${column} = $2 where ${column} = $1`,
      params: [mine, theirs],
    },
    {
      name: 'move from them',
      sql: `update ${table} set ${column} = $1 where ${column} = $2`,
      params: [mine, theirs],
    },
    copy(mine, theirs, 'copy to them'),
    copy(theirs, mine, 'copy from them'),
    { name: 'lock', sql: `select 1 from ${table} where ${column} = $1 for update`, params: [theirs] },
  ];
}

const primaryKeys: Readonly<Record<string, string>> = {
  tenants: 'id',
  memberships: 'tenant_id, user_id',
  events: 'tenant_id, seq',
  event_heads: 'tenant_id',
  onboarding_choices: 'tenant_id, step',
  secrets: 'tenant_id, name, version',
  runs: 'tenant_id, run_id',
  run_steps: 'tenant_id, run_id, step',
  mcp_grants: 'tenant_id, server, tool, grantee',
  mcp_oauth_states: 'tenant_id, state_hash',
  mcp_webhook_deliveries: 'tenant_id, server, delivery_id',
  mcp_admissions: 'tenant_id, server',
  mcp_call_rollups: 'tenant_id, day, server, tool',
  tenant_settings: 'tenant_id, key',
  invoice_lines: 'tenant_id, invoice_id, position',
  billing_clocks: 'tenant_id',
  billing_profiles: 'tenant_id',
  dunning_assignments: 'tenant_id',
  approval_decisions: 'tenant_id, approval_id, user_id',
  workflow_template_versions: 'tenant_id, template_id, version',
};
function keyOf(table: string): string {
  return primaryKeys[table] ?? 'tenant_id, id';
}

/** Refused by a policy or for want of a right; both are SQLSTATE 42501. Nothing else counts as a refusal. */
function harmless(outcome: Outcome): boolean {
  return 'rows' in outcome ? outcome.rows === 0 : outcome.code === '42501';
}

/** Tries every attack as the app; a row read or written in another tenant, and a right that is lost, is a finding. */
export async function appFindings(
  { urls }: Target,
  tables: readonly string[],
  untilFirst = false,
): Promise<{ findings: string[]; tried: number }> {
  return withClient(urls.app, async (client) => {
    const findings: string[] = [];
    let tried = 0;
    for (const value of [ownTenant, null, ...malformedTenants]) {
      const session = sessionOf(client, 'app.tenant_id', value);
      const who = value === ownTenant ? 'another tenant' : `tenant ${JSON.stringify(value)}`;
      for (const table of tables) {
        for (const { name, sql, params } of attacksOn(table, ownTenant, otherTenant)) {
          // Without a tenant there is nothing of one's own to move or copy; that it is nothing is what is checked.
          const outcome = await session(sql, params);
          tried += 1;
          if (!harmless(outcome))
            findings.push(`${table}: ${name} as ${who} gave ${JSON.stringify(outcome)}`);
        }
        const all = await session(`select * from ${table}`);
        const expected = value === ownTenant ? 1 : 0;
        if (!('rows' in all) || all.rows !== expected) {
          findings.push(`${table}: ${who} sees ${JSON.stringify(all)} instead of ${expected}`);
        }
        if (untilFirst && findings.length > 0) return { findings, tried };
      }
    }
    findings.push(...(await ownRowFindings(client, tables)));
    return { findings, tried };
  });
}

const readOnly = new Set(['events', 'event_heads']);
/** Rows that are added and never changed. */
const appendOnly = new Set(['ledger_entries', 'mrr_movements']);
/** One row for each tenant, so that there is no second. */
const onePerTenant = new Set(['tenants', 'billing_clocks', 'billing_profiles', 'dunning_assignments']);

/** What a tenant may do with its own rows must work, and a key that another tenant uses must be free for it. */
async function ownRowFindings(client: pg.Client, tables: readonly string[]): Promise<string[]> {
  const session = sessionOf(client, 'app.tenant_id', ownTenant);
  const findings: string[] = [];
  for (const table of tables.filter((name) => !readOnly.has(name))) {
    const column = tenantColumn(table);
    const updated = await session(`update ${table} set ${column} = ${column}`);
    if (!appendOnly.has(table) && (!('rows' in updated) || updated.rows !== 1))
      findings.push(`${table}: own update gave ${JSON.stringify(updated)}`);
    if (onePerTenant.has(table)) continue;
    const { sql, params } = insertOf(table, fixtures[table]?.(ownTenant, 'own') ?? {});
    const inserted = await session(sql, params);
    if (!('rows' in inserted) || inserted.rows !== 1)
      findings.push(`${table}: own insert gave ${JSON.stringify(inserted)}`);
  }
  return findings;
}

/** A partner reads its own tenants, no others, and writes nothing. */
export async function partnerFindings(
  { urls }: Target,
  tables: readonly string[],
  untilFirst = false,
): Promise<{ findings: string[]; tried: number }> {
  return withClient(urls.partner, async (client) => {
    const findings: string[] = [];
    let tried = 0;
    for (const value of [ownPartner, null, '', '%', 'par_other', otherTenant]) {
      const session = sessionOf(client, 'app.partner_id', value);
      for (const table of tables) {
        const all = await session(`select * from ${table}`);
        const closed = closedToPartners.includes(table);
        const expected = closed ? 'a refusal' : value === ownPartner ? 1 : 0;
        const holds = 'rows' in all ? all.rows === expected : closed && all.code === '42501';
        if (!holds) {
          findings.push(
            `${table}: partner ${JSON.stringify(value)} sees ${JSON.stringify(all)} instead of ${expected}`,
          );
        }
        if (untilFirst && findings.length > 0) return { findings, tried };
        const attacks = [
          ...attacksOn(table, ownTenant, otherTenant),
          ...attacksOn(table, otherTenant, ownTenant),
        ];
        for (const { name, sql, params } of attacks.filter((attack) => !attack.name.startsWith('select'))) {
          const outcome = await session(sql, params);
          tried += 1;
          const refused = 'code' in outcome && outcome.code === '42501';
          if (!refused) findings.push(`${table}: ${name} as a partner gave ${JSON.stringify(outcome)}`);
        }
      }
    }
    return { findings, tried };
  });
}

/** The platform reads every tenant; the role of the query tool reads none. */
export async function wideFindings({ urls }: Target, tables: readonly string[]): Promise<string[]> {
  const platform = await withClient(urls.platform, async (client) => {
    const session = sessionOf(client, 'app.tenant_id', null);
    const findings: string[] = [];
    for (const table of tables) {
      const all = await session(`select * from ${table}`);
      if (!('rows' in all) || all.rows !== 2)
        findings.push(`${table}: the platform sees ${JSON.stringify(all)}`);
    }
    return findings;
  });
  const query = await withClient(urls.queryRo, async (client) => {
    const findings: string[] = [];
    const session = sessionOf(client, 'app.tenant_id', null);
    for (const table of tables) {
      const all = await session(`select * from ${table}`);
      if (!('code' in all) || all.code !== '42501')
        findings.push(`${table}: the query role sees ${JSON.stringify(all)}`);
    }
    return findings;
  });
  return [...platform, ...query];
}

/** Whether anything at all is found for a table: the cheap checks first, and no more once something is found. */
export async function isBroken(target: Target, table: string): Promise<boolean> {
  if ((await wideFindings(target, [table])).length > 0) return true;
  if ((await partnerFindings(target, [table], true)).findings.length > 0) return true;
  return (await appFindings(target, [table], true)).findings.length > 0;
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
