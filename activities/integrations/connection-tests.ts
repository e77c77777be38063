import { Context } from '@temporalio/activity';
import type { Scope } from '../../db/scope.ts';
import type { Actor } from '../../db/domain/actor.ts';
import type { AppError } from '../../db/domain/errors.ts';
import type { TestResult } from '../../db/domain/integrations/connection.ts';
import { markDisconnected, markHealthy, recordTest } from '../../db/repos/integrations/connection-health.ts';
import { getServer } from '../../db/repos/integrations/servers.ts';
import { actingIn, effectKey } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import { probeServer, outages } from '../mcp/gateway/ask-vendor.ts';

/** A person waits for the answer. */
const answerWithinMs = 15_000;

const refusals: readonly string[] = [
  'connection.needs-reconnect',
  'connection.refused',
  'connection.missing',
];

function resultOf(problem: AppError | null): TestResult {
  if (!problem) return 'works';
  if (refusals.includes(problem.code)) return 'refused';
  return outages.includes(problem.code) ? 'down' : 'failed';
}

/** Connection tests that a person asks for. */
export function connectionTestActivities(deps: Deps) {
  /** Records the state of a third-party connection, as the gateway does for built-in servers. */
  async function recordState(scope: Scope, server: string, result: TestResult): Promise<void> {
    await deps.db.inScope(scope, async (tx) => {
      if (result === 'works') await markHealthy(tx, server);
      if (result === 'refused') await markDisconnected(tx, server, 'connection.needs-reconnect');
    });
  }

  return {
    /** Calls the server now. A lost connection that works again is restored. Throws `server.not-found`. */
    async testConnection(request: { tenantId: string; server: string; actor: Actor }): Promise<{
      result: TestResult;
      ms: number;
      problem: string | null;
    }> {
      const { tenantId, server, actor } = request;
      const { cancellationSignal, info } = Context.current();
      const scope = actingIn({ tenantId }, actor);
      const { kind } = await deps.db.inScope(scope, (tx) => getServer(tx, server));
      const startedMs = performance.now();
      const problem = await probeServer(deps, {
        ...{ scope, tenantId, actor, server, kind, test: true },
        key: effectKey(),
        attempt: info.attempt,
        signal: AbortSignal.any([cancellationSignal, AbortSignal.timeout(answerWithinMs)]),
      });
      const ms = Math.round(performance.now() - startedMs);
      const result = resultOf(problem);
      if (kind !== 'builtin') await recordState(scope, server, result);
      await deps.db.inScope(scope, (tx) => recordTest(tx, { server, result, ms }));
      return { result, ms, problem: problem?.message ?? null };
    },
  };
}
