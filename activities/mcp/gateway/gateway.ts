import type { Scope } from '../../../db/scope.ts';
import type { Actor } from '../../../db/domain/actor.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { argumentsHash } from '../../../db/domain/approvals/approval.ts';
import { needsApproval, type RiskClass } from '../../../db/domain/integrations/risk.ts';
import * as approvals from '../../../db/repos/approvals/approvals.ts';
import { markDisconnected, markHealthy } from '../../../db/repos/integrations/connection-health.ts';
import { assertNotFrozen } from '../../shared/freeze.ts';
import * as gate from '../../../db/repos/integrations/admission.ts';
import type { GatewayDeps } from './deps.ts';
import { findServer } from '../catalog.ts';
import { granteesOf } from './grantees.ts';
import { openSession } from './open-session.ts';
import {
  type Failed,
  failedBy,
  failedInTransit,
  maxResultBytes,
  wireErrorOf,
  withoutHidden,
} from './outcomes.ts';
import { createPool, type PooledSession } from './pool.ts';
import { assertAdmitted } from './refusals.ts';
import { meta } from '../kit/mcp-server.ts';
import { answersWithinMs, isRepeatable, toolOf } from '../kit/server.ts';

export interface ToolCall {
  scope: Scope;
  tenantId: string;
  actor: Actor;
  server: string;
  tool: string;
  arguments: Record<string, unknown>;
  /** The approval of exactly these arguments. */
  approvalId?: string | undefined;
  /** Idempotency key: the same for every attempt of this call. */
  key: string;
  /** How often it was asked for again after a freeze held it; attempts are counted anew each time. */
  round?: number;
  attempt: number;
  signal: AbortSignal;
  /** Tests whether the connection works: needs no grant, and restores a lost connection when it works again. */
  test?: boolean;
}

export type ToolOutcome =
  { kind: 'done'; result: unknown } | { kind: 'approvalRequired'; approvalId: string; expiresAt: string };

/** Calls per minute for one tenant at one server, and the size of a burst. */
const rate = { perMinute: 600, burst: 60 };
/**
 * Milliseconds; longer waits are left to the workflow, which holds no resources while it waits. A write waits for less: a
 * freeze must stop it within a second.
 */
const patienceMs = { read: 2_000, write: 500 };

/** The only way to vendors. Every call it allows or refuses is recorded. */
export type Gateway = ReturnType<typeof createGateway>;

export function createGateway(deps: GatewayDeps) {
  const pool = createPool();

  async function call(request: ToolCall): Promise<ToolOutcome> {
    const startedMs = Date.now();
    const title = findServer(request.server)?.title ?? request.server;
    let outcome: ToolOutcome | Failed;
    try {
      outcome = await admitAndCall(request, title);
    } catch (error) {
      // A call refused at admission has not reached the vendor.
      if (!(error instanceof AppError)) throw error;
      outcome = { error, vendorCode: null, breaker: 'none' };
    }
    await recordOutcome(request, outcome, Date.now() - startedMs);
    if ('error' in outcome) throw outcome.error;
    return outcome;
  }

  /** Runs the admission checks in order, then calls the vendor. */
  async function admitAndCall(request: ToolCall, title: string): Promise<ToolOutcome | Failed> {
    const { tenantId, server, tool, scope, test = false } = request;
    const admission = await deps.db.inScope(scope, async (tx) => {
      const grantees = await granteesOf(tx, tenantId, request.actor);
      return gate.admitCall(tx, { server, tool, grantees, test, ...rate });
    });
    const admitted = assertAdmitted(admission, Date.now(), test);
    const version = admitted.connection.credentialVersion;
    const open = () => openSession(deps, { scope, tenantId, server, kind: admitted.server.kind });
    // A session of an earlier launch configuration is never reused.
    const { launchKey } = admitted.server;
    return pool.use(`${tenantId}/${server}/${version}/${launchKey}`, open, async (session) => {
      const live = session.tools.get(tool);
      if (!live) throw new AppError('tool.not-found');
      if (live.hash !== admitted.tool.pinnedHash) throw new AppError('tool.quarantined');
      const wrong = await live.check(request.arguments);
      if (wrong) throw new AppError('tool.arguments-invalid', { fields: wrong });
      await assertMayReachOut(request, admitted.tool.risk);
      if (needsApproval(admitted.tool.risk)) {
        const waiting = await approve(request, session, admitted.tool.risk);
        if (waiting) return waiting;
      }
      return callVendor(request, session, { title, risk: admitted.tool.risk });
    });
  }

  /** Consumes the approval of exactly these arguments, or requests one. */
  async function approve(
    { scope, server, tool, arguments: args, approvalId, key }: ToolCall,
    session: PooledSession,
    risk: RiskClass,
  ): Promise<ToolOutcome | null> {
    const hash = await argumentsHash(args);
    if (approvalId) {
      const use = { id: approvalId, server, tool, argumentsHash: hash, callKey: key };
      await deps.db.inScope(scope, (tx) => approvals.useApproval(tx, use));
      return null;
    }
    const { id, expiresAt } = await deps.db.inScope(scope, (tx) =>
      approvals.requestApproval(tx, {
        server,
        tool,
        argumentsHash: hash,
        summary: session.clean(args),
        risk,
      }),
    );
    return { kind: 'approvalRequired', approvalId: id, expiresAt: expiresAt.toISOString() };
  }

  async function callVendor(
    request: ToolCall,
    session: PooledSession,
    { title, risk }: { title: string; risk: RiskClass },
  ): Promise<ToolOutcome | Failed> {
    const own = findServer(request.server);
    const repeatable = isRepeatable(own, request.tool);
    await assertRepeatable(request, repeatable);
    await assertMayReachOut(request, risk);
    const timeoutMs = answersWithinMs(toolOf(own, request.tool));
    const timer = AbortSignal.timeout(timeoutMs);
    try {
      const result = await session.client.callTool(
        {
          name: request.tool,
          arguments: request.arguments,
          _meta: {
            [meta.key]: request.key,
            [meta.patienceMs]: patienceMs[risk === 'read' ? 'read' : 'write'],
          },
        },
        { signal: AbortSignal.any([timer, request.signal]), timeout: timeoutMs + 1_000 },
      );
      if (result.isError)
        return await noteDisconnect(request, failedBy(title, session.clean(wireErrorOf(result))));
      const value = session.clean(withoutHidden(result.structuredContent ?? { content: result.content }));
      if (Buffer.byteLength(JSON.stringify(value)) > maxResultBytes) {
        throw new AppError('tool.result-too-large');
      }
      return { kind: 'done', result: value };
    } catch (error) {
      return failedInTransit(title, error, { timedOut: timer.aborted, repeatable });
    }
  }

  /**
   * An earlier attempt without a recorded outcome may have reached the vendor, so a call that isn't known to be
   * repeatable is refused.
   */
  async function assertRepeatable(
    { scope, key, round, attempt }: ToolCall,
    repeatable: boolean,
  ): Promise<void> {
    if (repeatable || attempt === 1) return;
    const earlier = { callKey: key, round, attempt: attempt - 1 };
    const settled = await deps.db.inScope(scope, (tx) => gate.isRecorded(tx, earlier));
    if (!settled) throw new AppError('tool.outcome-unknown');
  }

  /**
   * Throws `tenant.frozen` for what would change something at the vendor. The call is asked for again later with attempts
   * counted anew, so an earlier attempt without a recorded outcome must be told of now.
   */
  async function assertMayReachOut(request: ToolCall, risk: RiskClass): Promise<void> {
    const { scope, tenantId, server, tool } = request;
    if (risk === 'read') return;
    try {
      await assertNotFrozen(deps.db, scope, tenantId);
    } catch (error) {
      await assertRepeatable(request, isRepeatable(findServer(server), tool));
      throw error;
    }
  }

  async function noteDisconnect({ scope, server }: ToolCall, failed: Failed): Promise<Failed> {
    const { code } = failed.error;
    if (code === 'connection.needs-reconnect') {
      await deps.db.inScope(scope, (tx) => markDisconnected(tx, server, code));
    }
    return failed;
  }

  async function recordOutcome(request: ToolCall, outcome: ToolOutcome | Failed, ms: number): Promise<void> {
    const { scope, server, tool, key, round, attempt } = request;
    const failed = 'error' in outcome ? outcome : null;
    const asked = 'kind' in outcome && outcome.kind === 'approvalRequired';
    const result = 'kind' in outcome && outcome.kind === 'done' ? JSON.stringify(outcome.result) : '';
    await deps.db.inScope(scope, async (tx) => {
      if (request.test && !failed) await markHealthy(tx, server);
      await gate.recordCall(tx, {
        server,
        tool,
        callKey: key,
        round,
        attempt,
        outcome: failed ? failed.error.code : asked ? 'approval.required' : 'ok',
        vendorCode: failed?.vendorCode ?? null,
        ms,
        bytesIn: Buffer.byteLength(JSON.stringify(request.arguments)),
        bytesOut: Buffer.byteLength(result),
        breaker: failed ? failed.breaker : asked ? 'none' : 'ok',
      });
    });
  }

  return { call, close: () => pool.close() };
}
