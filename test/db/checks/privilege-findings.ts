import {
  closedToPartners,
  definerFunctions,
  loginRoleNames,
  platformOnly,
  readByPartners,
  tenantTables,
  writableGlobals,
  type Query,
} from './tables.ts';

/** Rights that are too many: on tables, functions, schemas, and of the roles themselves. */
export async function privilegeFindings(query: Query): Promise<string[]> {
  const checks = [tableFindings, functionFindings, roleFindings, schemaFindings, ledgerFindings];
  const findings: string[] = [];
  for (const check of checks) findings.push(...(await check(query)));
  return findings;
}

const readOnlyToAll = new Set(['events', 'event_heads']);
const appendedByPlatform = new Set(['audit_keys', 'audit_checkpoints', 'audit_checkpoint_chains']);

function allowedOn(table: string, role: string, isTenantTable: boolean): readonly string[] {
  if (role === 'bizosaas_query_ro') return [];
  if (role === 'bizosaas_partner' && closedToPartners.includes(table)) return [];
  if (role === 'bizosaas_partner') return isTenantTable || readByPartners.includes(table) ? ['SELECT'] : [];
  const all = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
  if (readOnlyToAll.has(table)) return ['SELECT'];
  if (table === 'migrations') return [];
  if (role === 'bizosaas_platform') return appendedByPlatform.has(table) ? ['SELECT', 'INSERT'] : all;
  if (isTenantTable) return all;
  return platformOnly.includes(table) ? [] : ['SELECT', ...(writableGlobals[table] ?? [])];
}

/** TRUNCATE ignores policies, REFERENCES and TRIGGER let a role reach into tables it does not own. */
async function tableFindings(query: Query): Promise<string[]> {
  const tables = await tenantTables(query);
  const rights = await query<{ table: string; role: string; right: string }>(
    `select c.relname as table, coalesce(pg_get_userbyid(nullif(acl.grantee, 0)), 'PUBLIC') as role,
            acl.privilege_type as right
     from pg_class c cross join lateral aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) acl
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
       and acl.grantee is distinct from c.relowner
     union all
     select c.relname, coalesce(pg_get_userbyid(nullif(acl.grantee, 0)), 'PUBLIC'), acl.privilege_type || ' of column ' || a.attname
     from pg_attribute a join pg_class c on c.oid = a.attrelid cross join lateral aclexplode(a.attacl) acl
     where c.relnamespace = 'public'::regnamespace and a.attacl is not null`,
  );
  return rights
    .filter(
      ({ table, role, right }) =>
        !allowedOn(table, role, tables.includes(table)).includes(right) || role === 'PUBLIC',
    )
    .map(({ table, role, right }) => `${table}: ${role} may ${right}`);
}

async function functionFindings(query: Query): Promise<string[]> {
  const functions = await query<{ name: string; path: string | null; callers: string[] }>(
    `select p.proname as name, (select substr(s, 13) from unnest(p.proconfig) s where s like 'search_path=%') as path,
            array(select coalesce(pg_get_userbyid(nullif(acl.grantee, 0)), 'PUBLIC')::text
                  from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl
                  where acl.grantee is distinct from p.proowner order by 1) as callers
     from pg_proc p where p.prosecdef and p.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`,
  );
  const findings = functions.flatMap(({ name, path, callers }) => {
    const allowed = definerFunctions[name];
    if (!allowed) return [`${name}: runs as its owner and is not on the list`];
    const fixed = /^pg_catalog(, public)?, pg_temp$/.test(path ?? '');
    return [
      ...(fixed ? [] : [`${name}: search_path is ${path ?? 'not fixed'}`]),
      ...(callers.join() === [...allowed].sort().join()
        ? []
        : [`${name}: may be called by ${callers.join(', ')}`]),
    ];
  });
  const settable = await query<{ role: string; may: boolean }>(
    `select role, has_function_privilege(role, 'pg_catalog.set_config(text, text, boolean)', 'execute') as may
     from unnest(array['public', 'bizosaas_query_ro']) role`,
  );
  return [
    ...findings,
    ...settable.filter(({ may }) => may).map(({ role }) => `set_config: ${role} may call it`),
  ];
}

async function roleFindings(query: Query): Promise<string[]> {
  const roles = await query<{ name: string; strong: boolean; member: boolean }>(
    `select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as strong,
            exists (select 1 from pg_auth_members m where m.member = r.oid) as member
     from pg_roles r where rolname like 'bizosaas\\_%'`,
  );
  const missing = loginRoleNames.filter((name) => !roles.some((role) => role.name === name));
  return [
    ...missing.map((name) => `${name}: the role is missing`),
    ...roles
      .filter(({ strong }) => strong)
      .map(({ name }) => `${name}: has an attribute that passes by policies`),
    ...roles.filter(({ member }) => member).map(({ name }) => `${name}: is a member of another role`),
  ];
}

async function schemaFindings(query: Query): Promise<string[]> {
  const rows = await query<{ role: string; schema: string; may_use: boolean; may_create: boolean }>(
    `select role, nspname as schema, has_schema_privilege(role, s.oid, 'usage') as may_use,
            has_schema_privilege(role, s.oid, 'create') as may_create
     from unnest($1::text[]) role cross join pg_namespace s where nspname in ('public', 'auth')`,
    [loginRoleNames],
  );
  const auth = await query<{ role: string; table: string }>(
    `select role, relname as table from unnest(array['bizosaas_app', 'bizosaas_partner', 'bizosaas_query_ro']) role
     cross join pg_class where relnamespace = 'auth'::regnamespace and relkind = 'r'
       and has_table_privilege(role, oid, 'select, insert, update, delete, truncate, references, trigger')`,
  );
  return [
    ...rows
      .filter(({ may_create }) => may_create)
      .map(({ role, schema }) => `${schema}: ${role} may create in it`),
    ...rows
      .filter(({ role, schema, may_use }) => schema === 'auth' && may_use && role !== 'bizosaas_platform')
      .map(({ role }) => `auth: ${role} may enter the schema of credentials`),
    ...auth.map(({ role, table }) => `auth.${table}: ${role} has a right on it`),
  ];
}

/** The triggers that refuse changes of the ledger must be there and fire for everybody. */
async function ledgerFindings(query: Query): Promise<string[]> {
  const triggers = await query<{ table: string; name: string; enabled: string }>(
    `select tgrelid::regclass::text as table, tgname as name, tgenabled as enabled from pg_trigger where not tgisinternal`,
  );
  const isOn = (table: string, name: string) =>
    triggers.some((one) => one.table === table && one.name === name && 'OA'.includes(one.enabled));
  return ['events', ...appendedByPlatform].flatMap((table) =>
    [`${table}_append_only`, `${table}_no_truncate`]
      .filter((name) => !isOn(table, name))
      .map((name) => `${table}: the trigger ${name} is missing or off`),
  );
}
