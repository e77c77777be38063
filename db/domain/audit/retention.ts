import { dayMs, hourMs } from '../time.ts';

/** How long rows stay that nobody needs for ever. What a rule does to its table is in db/repos/audit/retention.ts. */
export interface RetentionRule {
  key: string;
  /** Schema-qualified where it is not `public`. */
  table: string;
  title: string;
  /** Which rows, in words; said of the moment from which the days are counted. */
  what: string;
  days: number;
  /** What is left of them. */
  leaves: string;
}

/** In the order in which they are followed: calls are summed before anything else is done. */
export const retentionRules = [
  {
    key: 'calls',
    table: 'mcp_calls',
    title: 'Tool calls',
    what: 'Each use of a tool',
    days: 35,
    leaves: 'Their sums of each day, tenant and tool',
  },
  {
    key: 'callDays',
    table: 'mcp_call_rollups',
    title: 'Daily sums of tool calls',
    what: 'Calls, errors and times of a day',
    days: 760,
    leaves: 'Nothing',
  },
  {
    key: 'approvals',
    table: 'approvals',
    title: 'Approvals without an answer',
    what: 'Requests nobody decided or used in time',
    days: 0,
    leaves: 'The request, marked as expired',
  },
  {
    key: 'endedApprovals',
    table: 'approvals',
    title: 'Ended approvals',
    what: 'Requests that were used, denied or expired',
    days: 400,
    leaves: 'Their entries in the audit log',
  },
  {
    // Services send again for days; by hand some still do so after thirty.
    key: 'deliveries',
    table: 'mcp_webhook_deliveries',
    title: 'Notices of services',
    what: 'Which notices were taken in, so that none counts twice',
    days: 90,
    leaves: 'Their entries in the audit log',
  },
  {
    key: 'probes',
    table: 'mcp_probes',
    title: 'Checks of services',
    what: 'Whether a service answered, and how fast',
    days: 60,
    leaves: 'Nothing',
  },
  {
    key: 'toolVersions',
    table: 'mcp_tool_versions',
    title: 'Tool versions nobody approved',
    what: 'What a tool once said of itself and no longer says',
    days: 90,
    leaves: 'Every version that was approved',
  },
  {
    key: 'oauthStates',
    table: 'mcp_oauth_states',
    title: 'Ways back from a service',
    what: 'Unfinished or finished agreements, after they expired',
    days: 1,
    leaves: 'Nothing',
  },
  {
    key: 'waitingSecrets',
    table: 'secrets',
    title: 'Credentials nobody took over',
    what: 'What was typed in for a connection that never came to its end',
    days: 2,
    leaves: 'An entry in the audit log',
  },
  {
    key: 'replacedSecrets',
    table: 'secrets',
    title: 'Replaced credentials',
    what: 'Versions of a secret before the newest one',
    days: 7,
    leaves: 'The newest version',
  },
  {
    key: 'sessions',
    table: 'auth.sessions',
    title: 'Ended sessions',
    what: 'Sign-ins, after they expired',
    days: 30,
    leaves: 'Their entries in the audit log',
  },
  {
    key: 'verifications',
    table: 'auth.verifications',
    title: 'Codes of the sign-in',
    what: 'One-time codes, after they expired',
    days: 1,
    leaves: 'Nothing',
  },
  {
    key: 'links',
    table: 'verification_tokens',
    title: 'Links by e-mail',
    what: 'Links to confirm an address, after they expired',
    days: 30,
    leaves: 'Nothing',
  },
  {
    key: 'invitations',
    table: 'invitations',
    title: 'Ended invitations',
    what: 'Invitations that were accepted, withdrawn or expired',
    days: 400,
    leaves: 'Their entries in the audit log',
  },
  {
    key: 'mails',
    table: 'mails',
    title: 'Sent e-mails',
    what: 'That a mail went out; its text is never kept',
    days: 400,
    leaves: 'Their entries in the audit log',
  },
  {
    // The set-up of a tenant is one run for ever, and the funnel counts them all.
    key: 'runs',
    table: 'runs',
    title: 'Ended runs',
    what: 'How a process went, in the lists; set-ups of tenants stay',
    days: 180,
    leaves: 'Their entries in the audit log',
  },
  {
    key: 'rounds',
    table: 'purge_runs',
    title: 'These rounds',
    what: 'When old records were removed, and how many',
    days: 400,
    leaves: 'An entry in the audit log for each',
  },
] as const satisfies readonly RetentionRule[];
export type RetentionKey = (typeof retentionRules)[number]['key'];

const noun = 'lives as long as what it describes';
const byTenant = 'belongs to the tenant and goes with it';

/** Every other table, and why its rows stay. A table that is neither here nor under a rule fails the tests. */
export const keptForGood: Readonly<Record<string, string>> = {
  events: 'the audit log is never thinned out',
  event_heads: 'one row for each chain of the audit log',
  invoices: 'the law asks for them',
  payments: 'the law asks for them',
  subscriptions: 'invoices point at them',
  invoice_counters: 'one row for each series of numbers',
  plans: noun,
  partners: noun,
  tenants: noun,
  users: noun,
  memberships: noun,
  onboarding_choices: byTenant,
  saved_views: 'belongs to the person and goes with them',
  mcp_categories: noun,
  mcp_servers: noun,
  mcp_tools: noun,
  mcp_oauth_clients: 'one row for each service',
  mcp_connections: byTenant,
  mcp_grants: byTenant,
  mcp_admissions: 'one row for each service of a tenant',
  run_steps: 'goes with its run',
  projections: 'one row',
  migrations: 'one row for each change of the database',
  rate_limits: 'removed by the limiter itself within an hour',
  'auth.users': 'goes with the person',
  'auth.accounts': 'goes with the person',
};

/** Few people work at this hour of UTC, in Europe and America alike. */
const quietHourUtc = 3;

/** The next quiet hour after a moment; both in milliseconds. */
export function nextQuietMs(nowMs: number): number {
  const today = Math.floor(nowMs / dayMs) * dayMs + quietHourUtc * hourMs;
  return today > nowMs ? today : today + dayMs;
}

/** Rows that were created before this are old; milliseconds. */
export function cutoffOf(rule: Pick<RetentionRule, 'days'>, nowMs: number): Date {
  return new Date(nowMs - rule.days * dayMs);
}
