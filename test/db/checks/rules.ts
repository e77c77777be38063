/** What a capability declares about its tables beside the rule "every table is one tenant's". Reasons are sentences. */
export interface TableRules {
  /** Tables that hold nothing of one tenant, each with its reason. A table neither here nor protected is a finding. */
  globalTables?: Readonly<Record<string, string>>;
  /** Global tables the app may write, and how. */
  writableGlobals?: Readonly<Record<string, readonly string[]>>;
  /** Global tables that the app and partners may not even read. */
  platformOnly?: readonly string[];
  /** Global tables that partners read. */
  readByPartners?: readonly string[];
  /** Tables of tenants that partners may not even read: they hold what opens doors. */
  closedToPartners?: readonly string[];
  /** Keys of tenant tables that do not contain the tenant, and why no tenant learns anything from them. */
  keysWithoutTenant?: Readonly<Record<string, string>>;
  /** Policies for the owner of the tables, as whom security definer functions run. */
  ownerPolicies?: Readonly<Record<string, string>>;
  /** Security definer functions and who may call each. */
  definerFunctions?: Readonly<Record<string, readonly string[]>>;
}
