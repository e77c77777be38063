import type { TableRules } from './rules.ts';
import { auditTables } from './tables/audit.ts';
import { billingTables } from './tables/billing.ts';
import { identityTables } from './tables/identity.ts';
import { integrationsTables } from './tables/integrations.ts';
import { peopleTables } from './tables/people.ts';
import { runsTables } from './tables/runs.ts';
import { settingsTables } from './tables/settings.ts';
import { tenantsTables } from './tables/tenants.ts';

/** What the catalog of a database says, and which exceptions from the rules are written down, each with its reason. */
export type Query = <Row = Record<string, unknown>>(sql: string, params?: unknown[]) => Promise<Row[]>;

const rules: readonly TableRules[] = [
  {
    globalTables: { migrations: 'names of the migrations that ran; only the owner reads it' },
    platformOnly: ['migrations'],
  },
  auditTables,
  billingTables,
  identityTables,
  integrationsTables,
  peopleTables,
  runsTables,
  settingsTables,
  tenantsTables,
];

const named = <T>(
  of: (rules: TableRules) => Readonly<Record<string, T>> | undefined,
): Readonly<Record<string, T>> => Object.assign({}, ...rules.map(of)) as Record<string, T>;

export const globalTables = named((of) => of.globalTables);
export const writableGlobals = named((of) => of.writableGlobals);
export const platformOnly = rules.flatMap((of) => of.platformOnly ?? []);
export const readByPartners = rules.flatMap((of) => of.readByPartners ?? []);
export const closedToPartners = rules.flatMap((of) => of.closedToPartners ?? []);
export const keysWithoutTenant = named((of) => of.keysWithoutTenant);
export const ownerPolicies = named((of) => of.ownerPolicies);
export const definerFunctions = named((of) => of.definerFunctions);

/** In `tenants` the tenant's id is the row's own id. */
export function tenantColumn(table: string): string {
  return table === 'tenants' ? 'id' : 'tenant_id';
}

export const loginRoleNames = [
  'bizosaas_app',
  'bizosaas_platform',
  'bizosaas_partner',
  'bizosaas_query_ro',
] as const;

/** Every table with rows of tenants, by the catalog, not by a list that could be forgotten. */
export async function tenantTables(query: Query): Promise<string[]> {
  const rows = await query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
     order by relname`,
  );
  return rows.map(({ name }) => name).filter((name) => !(name in globalTables));
}
