import type { Tx } from '../../scope.ts';
import type { EventAction } from '../../domain/event.ts';
import { recordOnce } from '../audit/events.ts';

const eventActions = {
  retryStep: 'run.step-retried',
  skipStep: 'run.step-skipped',
  failStep: 'run.step-failed',
} as const satisfies Record<string, EventAction>;

/** Administrators' actions for a customer: recorded with the reason they gave. */
export function recordStepAction(
  tx: Tx,
  action: keyof typeof eventActions,
  step: string,
  reason: string,
): void {
  const run = tx.scope.by.context.workflowId ?? 'unknown';
  tx.record({ action: eventActions[action], targets: [{ type: 'run', id: run }], data: { step, reason } });
}

/** Recorded once for `key`, however often it is tried. */
export async function recordExtension(
  tx: Tx,
  key: string,
  { tenantId, days, reason }: { tenantId: string; days: number; reason: string },
): Promise<void> {
  const targets = [{ type: 'tenant' as const, id: tenantId }];
  await recordOnce(tx, key, { action: 'onboarding.extended', targets, data: { days, reason } });
}

/** Recorded once for `key`, however often it is tried. */
export async function recordReminder(
  tx: Tx,
  key: string,
  { tenantId, step, reason }: { tenantId: string; step: string; reason: string },
): Promise<void> {
  const targets = [{ type: 'tenant' as const, id: tenantId }];
  await recordOnce(tx, key, { action: 'onboarding.reminded', targets, data: { step, reason } });
}

export function recordCompletion(tx: Tx, tenantId: string, step: string, reason: string): void {
  tx.record({
    action: 'onboarding.step-completed',
    targets: [{ type: 'tenant', id: tenantId }],
    data: { step, reason, onBehalf: true },
  });
}
