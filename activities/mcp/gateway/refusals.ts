import { AppError, type ErrorCode } from '../../../db/domain/errors.ts';
import { unpaidError } from '../../../db/repos/billing/access.ts';
import type { Admission } from '../../../db/repos/integrations/admission.ts';

interface Admitted {
  server: NonNullable<Admission['server']>;
  tool: NonNullable<Admission['tool']>;
  connection: NonNullable<Admission['connection']>;
}

const refuse = (code: ErrorCode, retryAfterMs?: number): never => {
  throw new AppError(code, retryAfterMs === undefined ? {} : { retryAfterMs });
};

/**
 * Reads an admission in the order of the checks: the first refusal is the answer. What isn't allowed is denied. Whether
 * a person may test a connection was checked before.
 */
export function assertAdmitted(admission: Admission, nowMs: number, test: boolean): Admitted {
  const { server, tool, connection } = admission;
  if (admission.access !== 'full') throw unpaidError(admission.access);
  if (!server || server.status === 'removed' || server.status === 'review') return refuse('server.not-found');
  if (server.status === 'disabled') return refuse('server.disabled');
  if (server.status === 'off') return refuse('server.off');
  if (!tool || tool.state === 'withdrawn') return refuse('tool.not-found');
  if (!connection || connection.status === 'disconnected') return refuse('tool.not-enabled');
  if (!admission.granted && !test) return refuse('tool.not-allowed');
  if (tool.state === 'quarantined') return refuse('tool.quarantined');
  if (connection.status === 'needsReconnect' && !test) return refuse('connection.needs-reconnect');
  if (admission.breakerOpenUntil) {
    return refuse('tool.circuit-open', Math.max(1, admission.breakerOpenUntil.getTime() - nowMs));
  }
  if (admission.waitMs > 0) return refuse('tool.rate-limited', admission.waitMs);
  return { server, tool, connection };
}
