import type { Tx } from '../../scope.ts';
import type { RetentionKey } from '../../domain/audit/retention.ts';
import { retentionRules } from '../../domain/audit/retention.ts';
import { rollUpCalls } from '../integrations/call-rollups.ts';
import { expireApprovals } from '../approvals/approvals.ts';
import { isOnboarding } from '../onboarding/runs.ts';
import * as secrets from '../settings/secrets.ts';

export interface RuleResult {
  /** Rows created before this moment are expired. */
  before: Date;
  /** Maximum number of rows. */
  limit: number;
}
type Thin = (tx: Tx, thinning: RuleResult) => Promise<number>;

/** Rows that are locked wait for the next purge run. */
function thin(table: string, old: string): Thin {
  const statement = `delete from ${table} where ctid = any(array(
    select ctid from ${table} where ${old} limit :limit for update skip locked))`;
  return async (tx, { before, limit }) => {
    const { rowCount } = await tx.sql.raw<{ rowCount: number | null }>(statement, { before, limit });
    return rowCount ?? 0;
  };
}

const tableOf = Object.fromEntries(retentionRules.map(({ key, table }) => [key, table])) as Record<
  RetentionKey,
  string
>;

/** Which rows of a rule's table are expired. */
const oldRows = {
  callDays: 'day < cast(:before as timestamptz)',
  endedApprovals: `expires_at < :before and status in ('used', 'declined', 'expired', 'withdrawn')`,
  deliveries: 'received_at < :before',
  probes: 'at < :before',
  toolVersions: `first_seen_at < :before and approved_at is null and not exists (
    select 1 from mcp_tools t where t.server = mcp_tool_versions.server and t.name = mcp_tool_versions.tool
      and mcp_tool_versions.hash in (t.live_hash, t.pinned_hash))`,
  oauthStates: 'expires_at < :before',
  replacedSecrets: `created_at < :before and exists (
    select 1 from secrets newer where newer.tenant_id = secrets.tenant_id and newer.name = secrets.name
      and newer.version > secrets.version)`,
  sessions: 'expires_at < :before',
  providerStates: 'expires_at < :before',
  passwordResets: 'expires_at < :before',
  links: 'expires_at < :before',
  invitations: `expires_at < :before and status <> 'pending'`,
  // The email about a connection that is still lost would be sent again.
  mails: `created_at < :before and not exists (
    select 1 from mcp_connections c where c.tenant_id = mails.tenant_id and c.status = 'needsReconnect'
      and mails.key like 'connection-lost/' || c.id || '/%')`,
  // The funnel counts every onboarding there ever was.
  runs: `closed_at < :before and not (${isOnboarding('runs')})`,
  templateDrafts: `created_at < :before and published_at is null and exists (
    select 1 from workflow_template_versions newer where newer.tenant_id = workflow_template_versions.tenant_id
      and newer.template_id = workflow_template_versions.template_id
      and newer.version > workflow_template_versions.version)`,
  rounds: 'ended_at < :before',
  bulkOperations: 'ended_at < :before',
} as const satisfies Partial<Record<RetentionKey, string>>;

const byRule = {
  ...(Object.fromEntries(
    Object.entries(oldRows).map(([key, old]) => [key, thin(tableOf[key as RetentionKey], old)]),
  ) as Record<keyof typeof oldRows, Thin>),
  calls: rollUpCalls,
  approvals: (tx, { before, limit }) => expireApprovals(tx, { before, limit }),
  waitingSecrets: secrets.removeStaged,
} satisfies Record<RetentionKey, Thin>;

/** Applies one rule once. Returns the number of rows; fewer than the limit means that none are left for now. */
export function applyRule(tx: Tx, key: RetentionKey, thinning: RuleResult): Promise<number> {
  return byRule[key](tx, thinning);
}
