import { dayMs, hourMs } from '../time.ts';

/**
 * How long rows are kept that aren’t needed forever. What a rule does to its table is in db/repos/audit/retention.ts.
 */
export interface RetentionRule {
  key: string;
  /** Schema-qualified where it is not `public`. */
  table: string;
  title: string;
  /** Which rows, as shown to people; also tells from when the days are counted. */
  what: string;
  days: number;
  /** What remains of them. */
  leaves: string;
}

/** In the order in which they are applied: calls are summed before anything is removed. */
export const retentionRules = [
  {
    key: 'calls',
    table: 'mcp_calls',
    title: 'Tool calls',
    what: 'Each call of a tool',
    days: 35,
    leaves: 'Daily totals by tenant and tool',
  },
  {
    key: 'callDays',
    table: 'mcp_call_rollups',
    title: 'Daily tool call totals',
    what: 'Calls, errors and durations per day',
    days: 760,
    leaves: 'Nothing',
  },
  {
    key: 'approvals',
    table: 'approvals',
    title: 'Open approvals',
    what: 'Requests that weren’t decided or used in time',
    days: 0,
    leaves: 'The request, marked as expired',
  },
  {
    key: 'endedApprovals',
    table: 'approvals',
    title: 'Closed approvals',
    what: 'Requests that were used, declined, withdrawn or expired',
    days: 400,
    leaves: 'Their audit log entries',
  },
  {
    // Vendors resend for days; a manual resend is possible even after thirty.
    key: 'deliveries',
    table: 'mcp_webhook_deliveries',
    title: 'Webhook deliveries',
    what: 'Deliveries already received, so that none counts twice',
    days: 90,
    leaves: 'Their audit log entries',
  },
  {
    key: 'probes',
    table: 'mcp_probes',
    title: 'Health checks',
    what: 'Whether a server responded, and how fast',
    days: 60,
    leaves: 'Nothing',
  },
  {
    key: 'toolVersions',
    table: 'mcp_tool_versions',
    title: 'Unapproved tool versions',
    what: 'Definitions that a tool no longer has',
    days: 90,
    leaves: 'Approved versions',
  },
  {
    key: 'oauthStates',
    table: 'mcp_oauth_states',
    title: 'OAuth states',
    what: 'OAuth sign-ins, after they expired',
    days: 1,
    leaves: 'Nothing',
  },
  {
    key: 'waitingSecrets',
    table: 'secrets',
    title: 'Unused credentials',
    what: 'Credentials entered for a connection that was never completed',
    days: 2,
    leaves: 'An audit log entry',
  },
  {
    key: 'replacedSecrets',
    table: 'secrets',
    title: 'Replaced credentials',
    what: 'Earlier versions of a secret',
    days: 7,
    leaves: 'The newest version',
  },
  {
    key: 'sessions',
    table: 'auth.sessions',
    title: 'Ended sessions',
    what: 'Sign-ins, after they expired',
    days: 30,
    leaves: 'Their audit log entries',
  },
  {
    key: 'providerStates',
    table: 'auth.provider_states',
    title: 'Sign-ins at a provider',
    what: 'That a way back from a provider was used, after it expired',
    days: 1,
    leaves: 'Nothing',
  },
  {
    key: 'passwordResets',
    table: 'auth.password_resets',
    title: 'Password links',
    what: 'Links for a forgotten password, after they expired',
    days: 1,
    leaves: 'Their audit log entries',
  },
  {
    key: 'links',
    table: 'verification_tokens',
    title: 'Email links',
    what: 'Verification links, after they expired',
    days: 30,
    leaves: 'Nothing',
  },
  {
    key: 'invitations',
    table: 'invitations',
    title: 'Ended invitations',
    what: 'Invitations that were accepted, revoked or expired',
    days: 400,
    leaves: 'Their audit log entries',
  },
  {
    key: 'mails',
    table: 'mails',
    title: 'Sent emails',
    what: 'That an email was sent; its text is never stored',
    days: 400,
    leaves: 'Their audit log entries',
  },
  {
    // A tenant has one onboarding run forever, and the funnel counts them all.
    key: 'runs',
    table: 'runs',
    title: 'Ended runs',
    what: 'Runs in lists; tenant onboarding runs are kept',
    days: 180,
    leaves: 'Their audit log entries',
  },
  {
    key: 'templateDrafts',
    table: 'workflow_template_versions',
    title: 'Drafts of workflow templates',
    what: 'Versions that were never published and that a newer one replaced',
    days: 180,
    leaves: 'Published versions and the newest draft',
  },
  {
    key: 'rounds',
    table: 'purge_runs',
    title: 'Purge history',
    what: 'When old records were removed, and how many',
    days: 400,
    leaves: 'One audit log entry each',
  },
  {
    key: 'bulkOperations',
    table: 'bulk_operations',
    title: 'Bulk operations',
    what: 'Bulk operations that have ended, with the result for each item',
    days: 400,
    leaves: 'Their audit log entries',
  },
] as const satisfies readonly RetentionRule[];
export type RetentionKey = (typeof retentionRules)[number]['key'];

const noun = 'kept as long as what it describes';
const byTenant = 'belongs to the tenant and is removed with it';

/** Every other table, and why its rows stay. A table that is neither here nor under a rule fails the tests. */
export const keptForGood: Readonly<Record<string, string>> = {
  events: 'the audit log is kept in full',
  event_heads: 'one row per chain of the audit log',
  audit_keys: 'checkpoints refer to them',
  audit_checkpoints: 'they prove the audit log, which is kept in full',
  audit_checkpoint_chains: 'they prove the audit log, which is kept in full',
  invoices: 'required by law',
  payments: 'required by law',
  invoice_lines: 'required by law',
  credit_notes: 'required by law',
  billing_profiles: 'one per tenant',
  tax_rates: 'one per country',
  ledger_entries: 'required by law',
  mrr_movements: 'the history of the revenue',
  plan_versions: 'subscriptions refer to them',
  exchange_rates: 'one per currency',
  dunning_policies: 'overdue invoices refer to them',
  dunning_assignments: byTenant,
  dunning_cases: 'why a customer was restricted or cancelled, beside the invoice',
  billing_clocks: 'one per tenant of the sandbox',
  subscriptions: 'invoices refer to them',
  invoice_counters: 'one row per number series',
  plans: noun,
  tenant_freezes: 'few; each says who stopped a business, and why',
  platform_freezes: 'few; each says who stopped everything, and why',
  partners: noun,
  partner_links: 'few; a revoked one still says who made it',
  tenants: noun,
  users: noun,
  memberships: noun,
  onboarding_choices: byTenant,
  saved_views: 'belongs to the person and is removed with them',
  mcp_categories: noun,
  mcp_servers: noun,
  mcp_tools: noun,
  mcp_oauth_clients: 'one row per server',
  mcp_connections: byTenant,
  mcp_grants: byTenant,
  mcp_admissions: 'one row per server of a tenant',
  approval_decisions: 'removed with its request',
  workflow_templates: byTenant,
  run_steps: 'removed with its run',
  bulk_operation_items: 'removed with the operation',
  projections: 'one row',
  run_sums: 'sums without people, few a day',
  run_sum_days: 'one row a day',
  migrations: 'one row per migration',
  rate_limits: 'removed by the rate limiter within an hour',
  'auth.users': 'removed with the person',
  'auth.accounts': 'removed with the person',
  'auth.second_factors': 'removed with the person',
  'auth.backup_codes': 'removed with the second factor',
  'auth.pictures': 'removed with the person',
  'auth.providers': 'one row per provider',
  'auth.provider_links': 'removed with the person or the provider',
  api_keys: 'a revoked one still says who used it',
  'auth.impersonations': 'their certificates prove who looked at what',
  custom_roles: byTenant,
  tenant_settings: byTenant,
  partner_settings: noun,
  platform_settings: 'one row per setting',
};

/** Few people work at this hour of UTC, in Europe or America. */
const quietHourUtc = 3;

/** The next quiet hour after `nowMs`; epoch milliseconds. */
export function nextQuietMs(nowMs: number): number {
  const today = Math.floor(nowMs / dayMs) * dayMs + quietHourUtc * hourMs;
  return today > nowMs ? today : today + dayMs;
}

/** Rows created before this are expired. `nowMs` is in epoch milliseconds. */
export function cutoffOf(rule: Pick<RetentionRule, 'days'>, nowMs: number): Date {
  return new Date(nowMs - rule.days * dayMs);
}
