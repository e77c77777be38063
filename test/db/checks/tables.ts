/** What the catalog of a database says, and which exceptions from the rules are written down, each with its reason. */
export type Query = <Row = Record<string, unknown>>(sql: string, params?: unknown[]) => Promise<Row[]>;

/** Tables that hold nothing of one tenant. A table that is neither here nor protected is a finding. */
export const globalTables: Readonly<Record<string, string>> = {
  migrations: 'names of the migrations that ran; only the owner reads it',
  partners: 'resellers stand above tenants; readable by name, written by the platform',
  plans: 'the price list, the same for everybody',
  invoice_counters: 'numbers without gaps run across all tenants; holds a number per series and nothing else',
  projections: 'how far the projection has read; only the platform touches it',
  rate_limits: 'counts tries of people who are not signed in yet; only the platform touches it',
  mcp_categories: 'how the registry of services is arranged, the same for everybody',
  mcp_servers: 'the registry of services, the same for everybody',
  mcp_tools: 'the tools of the services, the same for everybody',
  mcp_tool_versions: 'what each tool has said about itself, the same for everybody',
  mcp_oauth_clients: 'the registrations of the platform itself; only the platform touches it',
  mcp_probes: 'whether the services answered; says nothing of who uses them',
  purge_runs: 'when the platform removed old rows, and how many; only the platform touches it',
  saved_views:
    'how a person likes to see a list; belongs to the person, read by the platform for that person only',
  users: 'a person may belong to several tenants; has policies of its own that go through memberships',
};

/** Tables the app may write although they are global. */
export const writableGlobals: Readonly<Record<string, readonly string[]>> = {
  invoice_counters: ['INSERT', 'UPDATE'],
  users: ['INSERT', 'UPDATE'],
};

/** Global tables that the app and partners may not even read. */
export const platformOnly: readonly string[] = [
  'migrations',
  'projections',
  'rate_limits',
  'saved_views',
  'mcp_oauth_clients',
  'purge_runs',
];

/** Global tables that partners read. */
export const readByPartners: readonly string[] = [
  'users',
  'plans',
  'partners',
  'mcp_categories',
  'mcp_servers',
  'mcp_tools',
  'mcp_tool_versions',
  'mcp_probes',
];

/** Tables of tenants that partners may not even read: they hold what opens doors. */
export const closedToPartners: readonly string[] = [
  'invitations',
  'mcp_oauth_states',
  'secrets',
  'verification_tokens',
];

/** In `tenants` the tenant's id is the row's own id. */
export function tenantColumn(table: string): string {
  return table === 'tenants' ? 'id' : 'tenant_id';
}

/** Keys of tenant tables that do not contain the tenant, and why no tenant learns anything from them. */
export const keysWithoutTenant: Readonly<Record<string, string>> = {
  tenants_name_key_key: 'one business, one account: sign-up tells in public that a name is taken',
  tenants_partner_id_fkey: 'partners is a global table',
  memberships_user_id_fkey: 'users is a global table',
  verification_tokens_user_id_fkey: 'users is a global table',
  subscriptions_plan_key_fkey: 'plans is a global table',
  mcp_connections_server_fkey: 'mcp_servers is a global table',
  mcp_connections_webhook_key: 'a webhook key is 32 random bytes: no tenant can hit another one by chance',
};

/** Policies for the owner of the tables, as whom append_event runs. */
export const ownerPolicies: Readonly<Record<string, string>> = {
  'memberships.person_memberships': 'remove_person asks whether a person still belongs somewhere',
  'users.person_found': 'remove_person finds whom it removes',
  'users.person_removed': 'remove_person removes people who belong nowhere',
  'events.ledger_writer': 'append_event inserts into the ledger',
  'event_heads.ledger_head': 'append_event locks and moves the head of a chain',
};

/** Security definer functions and who may call each. */
export const definerFunctions: Readonly<Record<string, readonly string[]>> = {
  append_event: ['bizosaas_app', 'bizosaas_platform'],
  create_credential: ['bizosaas_app', 'bizosaas_platform'],
  remove_person: ['bizosaas_app', 'bizosaas_platform'],
};

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
