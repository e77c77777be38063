import type { Tx } from '../../scope.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { idFromKey } from '../../domain/ids.ts';
import type { ConnectionStatus } from '../../domain/integrations/connection.ts';
import type { RiskClass } from '../../domain/integrations/risk.ts';
import type { ServerRecord, ServerStatus } from '../../domain/integrations/servers.ts';
import type { ToolState } from '../../domain/integrations/tools.ts';
import type { AccessLevel } from '../../domain/billing/subscriptions.ts';
import { accessSql } from '../billing/access.ts';
import { tenantOf } from '../shared/scope.ts';
import { minuteMs } from '../../domain/time.ts';
import { first, one } from '../shared/rows.ts';

/** Consecutive failures of a service after which its breaker opens. */
export const failuresToOpen = 5;
/** How long it stays open at first; each failed trial doubles that, up to the longest. */
export const openMs = 30_000;
export const longestOpenMs = 600_000;
/** How long the one trial after that may take before another is allowed. */
export const trialMs = minuteMs;

/** All that decides whether a call may be made, as it stood at one moment of the database. */
export interface Admission {
  /** `off` also when its announced end has passed. */
  server: {
    status: ServerStatus;
    kind: ServerRecord['kind'];
    version: string;
    offAt: Date | null;
    /** Another for whatever else would be run, reached or asked for; empty for our own servers. */
    launchKey: string;
  } | null;
  tool: { risk: RiskClass; state: ToolState; pinnedHash: string | null } | null;
  connection: { id: string; status: ConnectionStatus; credentialVersion: number } | null;
  granted: boolean;
  /** What unpaid invoices leave to the tenant. */
  access: AccessLevel;
  /** Set when the breaker refused this call: until when. */
  breakerOpenUntil: Date | null;
  /** Above 0: no token was left, and one will be after so many milliseconds. */
  waitMs: number;
}

interface AdmissionRow {
  serverStatus: ServerStatus | null;
  kind: ServerRecord['kind'];
  version: string;
  offAt: Date | null;
  launchKey: string;
  risk: RiskClass | null;
  state: ToolState;
  pinnedHash: string | null;
  connectionId: string | null;
  connectionStatus: ConnectionStatus;
  credentialVersion: number;
  granted: boolean;
  access: AccessLevel;
  waitMs: number | null;
  blockedUntil: Date | null;
}

/** What the registry, the connection and the grants say; always one row, with nulls for what is not there. */
const facts = `
  select case when s.status = 'deprecated' and s.off_at <= now() then 'off' else s.status end as server_status,
         s.kind, s.version, s.off_at,
         coalesce(md5(s.launch::text || s.credential_fields::text), '') as launch_key,
         t.risk, t.state, t.pinned_hash,
         ${accessSql(':tenantId')} as access,
         c.id as connection_id, c.status as connection_status, c.credential_version,
         exists (select 1 from mcp_grants g
                 where g.tenant_id = :tenantId and g.server = :server and g.tool = :tool
                   and g.grantee = any (cast(:grantees as text[]))) as granted
  from (values (1)) as one (row)
  left join mcp_servers s on s.name = :server
  left join mcp_tools t on t.server = s.name and t.name = :tool
  left join mcp_connections c on c.tenant_id = :tenantId and c.server = s.name`;

/** The facts again when nothing in them forbids the call; no row when something does. */
const admissible = `
  select * from facts
  where server_status in ('available', 'deprecated') and state = 'approved' and access = 'full'
    and (connection_status = 'connected' and granted
         or cast(:test as boolean) and connection_status in ('connected', 'needsReconnect'))`;

/** Once the row is locked: whether the breaker refuses the call, and the tokens there are by now. */
const gauge = `
  select at,
         not cast(:test as boolean)
           and coalesce(greatest(g.open_until, g.trial_until) > at, false) as blocked,
         least(:burst, g.tokens + :perMinute / 60.0
           * greatest(0, extract(epoch from at - g.refilled_at))) as available
  from (select clock_timestamp() as at offset 0) as clock`;

/** The values after this call; it is the one trial where the breaker has been open. */
const afterCall = `
  select case when not blocked and available >= 1 then available - 1 else available end,
         greatest(g.refilled_at, at),
         case when blocked then -1
              when available >= 1 then 0
              else greatest(1, ceil((1 - available) * 60000 / :perMinute)) end,
         case when not blocked and available >= 1 and g.open_until is not null
              then at + cast(:trial as interval) else g.trial_until end
  from (${gauge}) as gauge`;

/** Takes a token. The row is locked while it changes, so each caller reads what holds after all callers before it. */
const taken = `
  insert into mcp_admissions as g (tenant_id, server, tokens, refilled_at)
  select :tenantId, :server, cast(:burst as float8) - 1, clock_timestamp() from admissible
  on conflict (tenant_id, server) do update set (tokens, refilled_at, wait_ms, trial_until) = (${afterCall})
  returning wait_ms, greatest(open_until, trial_until) as blocked_until`;

const admit = `
  with facts as (${facts}), admissible as (${admissible}), taken as (${taken})
  select facts.*, taken.wait_ms, taken.blocked_until from facts left join taken on true`;

/**
 * Everything the gateway asks before a call, in one statement. A token is taken from the bucket only when nothing else
 * stands in the way; the bucket holds `burst` tokens and gains `perMinute` each minute. A `test` of the connection needs
 * no grant, and goes ahead also where the connection is lost or the breaker is open: whether that still holds is the question.
 */
export async function admitCall(
  tx: Tx,
  call: {
    server: string;
    tool: string;
    grantees: readonly string[];
    perMinute: number;
    burst: number;
    test: boolean;
  },
): Promise<Admission> {
  const values = { ...call, tenantId: tenantOf(tx), trial: `${trialMs} milliseconds` };
  const row = await one<AdmissionRow>(tx.sql.raw(admit, values));
  const { serverStatus: status, kind, version, offAt, launchKey } = row;
  const { risk, state, pinnedHash, waitMs } = row;
  return {
    server: status && { status, kind, version, offAt, launchKey },
    tool: risk && { risk, state, pinnedHash },
    connection: row.connectionId
      ? { id: row.connectionId, status: row.connectionStatus, credentialVersion: row.credentialVersion }
      : null,
    granted: row.granted,
    access: row.access,
    breakerOpenUntil: waitMs === -1 ? row.blockedUntil : null,
    waitMs: Math.max(0, waitMs ?? 0),
  };
}

export interface CallResult {
  server: string;
  tool: string;
  /** The same for every attempt of one call. */
  callKey: string;
  /** How often it was asked for again after a freeze held it; attempts are counted anew each time. */
  round?: number | undefined;
  attempt: number;
  outcome: 'ok' | ErrorCode;
  /** What the service called the problem. */
  vendorCode?: string | null;
  ms: number;
  bytesIn: number;
  bytesOut: number;
  /** `ok`: the service answered, be it with a refusal. `failure`: it did not. `none`: the call says nothing about it. */
  breaker: 'ok' | 'failure' | 'none';
}

/** The line of the call; no row when this attempt has one already. */
const recorded = `
  insert into mcp_calls (id, tenant_id, server, tool, actor_type, actor_id, workflow_id, call_key, attempt, outcome,
                         vendor_code, ms, bytes_in, bytes_out)
  values (:id, :tenantId, :server, :tool, :actorType, :actorId, :workflowId, :callKey, :attempt, :outcome,
          :vendorCode, :ms, :bytesIn, :bytesOut)
  on conflict (tenant_id, id) do nothing
  returning id`;

/** Whether the call failed while the breaker was open: it was under way when that happened, and counts for nothing. */
const late = `
  select at, coalesce(g.open_until > at, false) and :breaker = 'failure' as late
  from (select clock_timestamp() as at offset 0) as clock`;

/** Failures in a row, until when the breaker is open, and its trial. Only a failed trial makes it stay open longer. */
const afterResult = `
  select case :breaker when 'ok' then 0
                       when 'failure' then g.failures + (not late)::int
                       else g.failures end,
         case when :breaker = 'ok' then null
              when :breaker = 'none' or late or g.failures + 1 < :failuresToOpen then g.open_until
              else at + least(cast(:longest as interval), cast(:open as interval)
                     * power(2, least(10, g.failures + 1 - :failuresToOpen))) end,
         case when late then g.trial_until end
  from (${late}) as result`;

/** Leaves the row alone, and unlocked, where the result changes nothing of it. */
const breaker = `
  update mcp_admissions g set (failures, open_until, trial_until) = (${afterResult})
  from recorded
  where g.tenant_id = :tenantId and g.server = :server
    and case :breaker when 'failure' then true
                      when 'ok' then g.failures > 0 or g.open_until is not null
                      else :unmade and g.trial_until is not null end`;

const record = `
  with recorded as (${recorded}), breaker as (${breaker})
  select id from recorded`;

const denials: ReadonlySet<string> = new Set<ErrorCode>([
  'tenant.frozen',
  'tool.not-enabled',
  'tool.not-allowed',
  'approval.required',
  'approval.invalid',
]);

/** Calls that were admitted and then not made; had one been the trial of a breaker, the next may be it. */
const unmade: ReadonlySet<string> = new Set<ErrorCode>([
  'tool.arguments-invalid',
  'approval.required',
  'approval.invalid',
  'tenant.frozen',
]);

/** Names one attempt of a call. */
const attemptKey = ({ callKey, round = 0, attempt }: Pick<CallResult, 'callKey' | 'round' | 'attempt'>) =>
  `${callKey}${round > 0 ? `~${round}` : ''}\n${attempt}`;

/** Writes down how one attempt of a call went, once, and what that says about the service. */
export async function recordCall(tx: Tx, call: CallResult): Promise<void> {
  const { actor, context } = tx.scope.by;
  const values = {
    ...call,
    id: await idFromKey('call', attemptKey(call)),
    tenantId: tenantOf(tx),
    actorType: actor.type,
    actorId: actor.id,
    workflowId: context.workflowId ?? null,
    vendorCode: call.vendorCode ?? null,
    unmade: unmade.has(call.outcome),
    failuresToOpen,
    open: `${openMs} milliseconds`,
    longest: `${longestOpenMs} milliseconds`,
  };
  const isNew = (await first(tx.sql.raw(record, values))) !== null;
  if (!isNew) return;
  const { server, tool, outcome, ms, attempt, vendorCode = null } = call;
  const failed = denials.has(outcome) ? 'denied' : 'failure';
  tx.record({
    action: 'tool.called',
    outcome: outcome === 'ok' ? 'success' : failed,
    targets: [{ type: 'tool', id: `${server}/${tool}` }],
    data: { server, tool, result: outcome, vendorCode, ms, attempt },
  });
}

/** Whether an attempt of a call has been written down. */
export async function isRecorded(
  tx: Tx,
  attempt: Pick<CallResult, 'callKey' | 'round' | 'attempt'>,
): Promise<boolean> {
  const id = await idFromKey('call', attemptKey(attempt));
  const recorded = await first(
    tx
      .sql('mcp_calls')
      .where({ tenant_id: tenantOf(tx), id })
      .select('id')
      .limit(1),
  );
  return recorded !== null;
}
