import type { Scope } from '../../../db/scope.ts';
import type { Actor } from '../../../db/domain/actor.ts';
import { AppError, type ErrorCode } from '../../../db/domain/errors.ts';
import type { ToolServer } from '../../../db/domain/integrations/servers.ts';
import type { Deps } from '../../deps.ts';
import { findServer } from '../catalog.ts';
import { readThirdParty } from '../read-third-party.ts';

/** Errors that are about the server itself; all others may come from the tenant's credentials or settings. */
export const outages: readonly ErrorCode[] = ['tool.vendor-unavailable', 'tool.timeout', 'tool.circuit-open'];

export interface Question {
  scope: Scope;
  tenantId: string;
  actor: Actor;
  server: string;
  kind: ToolServer['kind'];
  /** Idempotency key: the same for every attempt. */
  key: string;
  attempt: number;
  signal: AbortSignal;
  /** As in `ToolCall`. */
  test?: boolean;
}

/**
 * Probes a server through the gateway with a tenant's connection: a built-in one by its probe tool, a third-party one
 * by listing its tools. Returns the error; null when it answered.
 */
export async function probeServer(deps: Deps, question: Question): Promise<AppError | null> {
  const { kind, ...call } = question;
  try {
    if (kind === 'builtin') {
      const probe = findServer(call.server)?.probe;
      if (!probe) throw new AppError('server.not-found');
      await deps.gateway.call({ ...call, tool: probe.tool, arguments: probe.arguments });
    } else {
      await readThirdParty(deps, call);
    }
    return null;
  } catch (error) {
    if (call.signal.aborted) return new AppError('tool.timeout', { cause: error });
    if (error instanceof AppError) return error;
    throw error;
  }
}
