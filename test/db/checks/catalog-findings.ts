import { policyFindings } from './policy-findings.ts';
import { privilegeFindings } from './privilege-findings.ts';
import { globalTables, keysWithoutTenant, tenantColumn, tenantTables, type Query } from './tables.ts';

/** Everything in a database that breaks a rule of tenant isolation; empty when all rules hold. */
export async function catalogFindings(query: Query): Promise<string[]> {
  const checks = [
    staleExceptions,
    columnFindings,
    securityFindings,
    indexFindings,
    keyFindings,
    viewFindings,
    policyFindings,
    privilegeFindings,
  ];
  const findings: string[] = [];
  for (const check of checks) findings.push(...(await check(query)));
  return findings;
}

/** An exception for something that no longer exists would excuse the next thing of that name. */
async function staleExceptions(query: Query): Promise<string[]> {
  const tables = await query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  );
  const keys = await query<{ name: string }>(
    `select conname as name from pg_constraint where connamespace = 'public'::regnamespace`,
  );
  const gone = (known: Readonly<Record<string, string>>, found: { name: string }[]) =>
    Object.keys(known).filter((name) => !found.some((row) => row.name === name));
  return [...gone(globalTables, tables), ...gone(keysWithoutTenant, keys)].map(
    (name) => `${name}: an exception is written for it, but it is not there`,
  );
}

async function columnFindings(query: Query): Promise<string[]> {
  const columns = await query<{ table: string; column: string; required: boolean; type: string }>(
    `select c.relname as table, a.attname as column, a.attnotnull as required, format_type(a.atttypid, null) as type
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`,
  );
  const findings = (await tenantTables(query)).flatMap((table) => {
    const column = columns.find((one) => one.table === table && one.column === tenantColumn(table));
    if (!column) return [`${table}: has no ${tenantColumn(table)} and is not on the list of global tables`];
    if (!column.required) return [`${table}: ${column.column} may be null`];
    return column.type === 'text' ? [] : [`${table}: ${column.column} is ${column.type}`];
  });
  const strays = columns.filter(({ table, column }) => column === 'tenant_id' && table in globalTables);
  return [...findings, ...strays.map(({ table }) => `${table}: is listed as global and has a tenant_id`)];
}

async function securityFindings(query: Query): Promise<string[]> {
  const tables = [...(await tenantTables(query)), 'users'];
  const rows = await query<{ name: string; enabled: boolean; forced: boolean; owner: string }>(
    `select relname as name, relrowsecurity as enabled, relforcerowsecurity as forced, pg_get_userbyid(relowner) as owner
     from pg_class where relnamespace = 'public'::regnamespace and relname = any ($1)`,
    [tables],
  );
  return rows.flatMap(({ name, enabled, forced, owner }) => [
    ...(enabled ? [] : [`${name}: row-level security is off`]),
    ...(forced ? [] : [`${name}: row-level security is not forced`]),
    ...(owner.startsWith('bizosaas_') ? [`${name}: belongs to the login role ${owner}`] : []),
  ]);
}

/** Without an index that begins with the tenant, each policy reads the rows of everybody. */
async function indexFindings(query: Query): Promise<string[]> {
  const rows = await query<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column from pg_index i
     join pg_class c on c.oid = i.indrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where c.relnamespace = 'public'::regnamespace and i.indisvalid and i.indpred is null`,
  );
  return (await tenantTables(query)).flatMap((table) =>
    rows.some((row) => row.table === table && row.column === tenantColumn(table))
      ? []
      : [`${table}: no index begins with ${tenantColumn(table)}`],
  );
}

/** Keys are checked past row-level security: one without the tenant points into, or tells of, another tenant. */
async function keyFindings(query: Query): Promise<string[]> {
  const tables = await tenantTables(query);
  const keys = await query<{
    table: string;
    name: string;
    columns: string[];
    target: string | null;
    pairs: string[] | null;
  }>(
    `select c.relname as table, k.conname as name, k.confrelid::regclass::text as target,
            array(select attname::text from pg_attribute where attrelid = k.conrelid and attnum = any (k.conkey)) as columns,
            array(select f.attname || '=' || t.attname from unnest(k.conkey, k.confkey) as pair (f, t)
              join pg_attribute f on f.attrelid = k.conrelid and f.attnum = pair.f
              join pg_attribute t on t.attrelid = k.confrelid and t.attnum = pair.t) as pairs
     from pg_constraint k join pg_class c on c.oid = k.conrelid
     where k.connamespace = 'public'::regnamespace and k.contype in ('p', 'u', 'f')
     union all
     select c.relname, x.relname, '-', array(select attname::text from pg_attribute where attrelid = c.oid and attnum = any (i.indkey)), null
     from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
     where c.relnamespace = 'public'::regnamespace and i.indisunique
       and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)`,
  );
  return keys.flatMap(({ table, name, columns, target, pairs }) => {
    const foreign = target !== null && target !== '-' && target !== '0';
    if (!tables.includes(table)) {
      return foreign && tables.includes(target) ? [`${name}: a global table points at rows of tenants`] : [];
    }
    if (name in keysWithoutTenant) return [];
    if (!columns.includes(tenantColumn(table))) return [`${name}: does not contain the tenant`];
    if (!foreign || !tables.includes(target)) return [];
    const paired = `${tenantColumn(table)}=${tenantColumn(target)}`;
    return pairs?.includes(paired)
      ? []
      : [`${name}: the tenant is not compared with the tenant of ${target}`];
  });
}

/** Views run with the rights of who made them, and partitions and materialised views know no policies of their own. */
async function viewFindings(query: Query): Promise<string[]> {
  const rows = await query<{ name: string; kind: string; invoker: boolean; part: boolean; open: boolean }>(
    `select relname as name, relkind as kind, relispartition as part,
            coalesce('security_invoker=true' = any (reloptions), false) as invoker,
            has_table_privilege('bizosaas_app', oid, 'select') or has_table_privilege('bizosaas_partner', oid, 'select')
              or has_table_privilege('bizosaas_query_ro', oid, 'select') as open
     from pg_class where relnamespace = 'public'::regnamespace and (relkind in ('v', 'm', 'f') or relispartition)`,
  );
  return rows.flatMap(({ name, kind, invoker, part, open }) => {
    if (kind === 'v') return invoker ? [] : [`${name}: the view is not security_invoker`];
    if (!open) return [];
    return [
      `${name}: ${part ? 'a partition' : 'a materialised view or foreign table'} is open to a tenant's role`,
    ];
  });
}
