import { globalTables, ownerPolicies, tenantColumn, tenantTables, type Query } from './tables.ts';

interface Policy {
  table: string;
  name: string;
  roles: string[];
  command: string;
  permissive: string;
  using: string | null;
  check: string | null;
}

const setting = `( SELECT NULLIF(current_setting('app.tenant_id'::text, true), ''::text) AS "nullif")`;
const partner = `( SELECT NULLIF(current_setting('app.partner_id'::text, true), ''::text) AS "nullif")`;

async function policiesOf(query: Query): Promise<Policy[]> {
  return query<Policy>(
    `select tablename as table, policyname as name, roles::text[] as roles, cmd as command, permissive,
            qual as using, with_check as check
     from pg_policies where schemaname = 'public' order by tablename, policyname`,
  );
}

/** What the three policies of a tenant table must say, word for word as the catalog prints them. */
function expected(table: string): Omit<Policy, 'table' | 'permissive'>[] {
  const column = tenantColumn(table);
  const own = `(${column} = ${setting})`;
  const ofPartner =
    table === 'tenants'
      ? `(partner_id = ${partner})`
      : `(tenant_id IN ( SELECT tenants.id FROM tenants WHERE (tenants.partner_id = ${partner})))`;
  return [
    { name: 'app_tenant', roles: ['bizosaas_app'], command: 'ALL', using: own, check: own },
    { name: 'partner_read', roles: ['bizosaas_partner'], command: 'SELECT', using: ofPartner, check: null },
    { name: 'platform_all', roles: ['bizosaas_platform'], command: 'ALL', using: 'true', check: 'true' },
  ];
}

function words(expression: string | null): string | null {
  return expression?.replace(/\s+/g, ' ').replaceAll('( ', '(').replaceAll(' )', ')') ?? null;
}

/** Compares every policy with what it must say; one that is missing, different or too many is a finding. */
export async function policyFindings(query: Query): Promise<string[]> {
  const findings: string[] = [];
  const policies = await policiesOf(query);
  for (const table of await tenantTables(query)) {
    const found = policies.filter((policy) => policy.table === table);
    for (const want of expected(table)) {
      const policy = found.find(({ name }) => name === want.name);
      if (!policy) findings.push(`${table}: policy ${want.name} is missing`);
      else if (!same(policy, want))
        findings.push(`${table}: policy ${want.name} says ${JSON.stringify(policy)}`);
    }
    const known = new Set(expected(table).map(({ name }) => name));
    for (const { name } of found) {
      if (!known.has(name) && !(`${table}.${name}` in ownerPolicies)) {
        findings.push(`${table}: policy ${name} is one too many`);
      }
    }
  }
  return [...findings, ...userPolicyFindings(policies)];
}

function same(policy: Policy, want: Omit<Policy, 'table' | 'permissive'>): boolean {
  return (
    policy.permissive === 'PERMISSIVE' &&
    policy.command === want.command &&
    policy.roles.join() === want.roles.join() &&
    words(policy.using) === words(want.using) &&
    words(policy.check) === words(want.check)
  );
}

/** Users are visible through memberships; only the platform may grant or remove a platform role. */
function userPolicyFindings(policies: Policy[]): string[] {
  const member = `(EXISTS ( SELECT 1 FROM memberships m WHERE (m.user_id = users.id)))`;
  const noPlatformRole = `(platform_role IS NULL)`;
  const rules: Record<string, [string, string | null, string | null]> = {
    app_insert: ['INSERT', null, noPlatformRole],
    app_members: ['SELECT', member, null],
    app_update: ['UPDATE', `((platform_role IS NULL) AND ${member})`, noPlatformRole],
    partner_read: ['SELECT', member, null],
    platform_all: ['ALL', 'true', 'true'],
  };
  const found = policies.filter(({ table }) => table === 'users');
  const findings = Object.entries(rules).flatMap(([name, [command, using, check]]) => {
    const policy = found.find((candidate) => candidate.name === name);
    const holds =
      policy?.command === command &&
      words(policy.using) === words(using) &&
      words(policy.check) === words(check);
    return holds ? [] : [`users: policy ${name} says ${JSON.stringify(policy ?? null)}`];
  });
  const extra = found
    .filter(({ name }) => !(name in rules) && !(`users.${name}` in ownerPolicies))
    .map(({ name }) => `users: policy ${name} is one too many`);
  const elsewhere = policies
    .filter(({ table }) => table in globalTables && table !== 'users')
    .map(({ table, name }) => `${table}: policy ${name} on a global table`);
  return [...findings, ...extra, ...elsewhere];
}
