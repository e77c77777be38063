import type { Tx } from '../../scope.ts';
import type { EventAction } from '../../domain/event.ts';

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

export function recordExtension(tx: Tx, tenantId: string, days: number, reason: string): void {
  tx.record({
    action: 'onboarding.extended',
    targets: [{ type: 'tenant', id: tenantId }],
    data: { days, reason },
  });
}

export function recordReminder(tx: Tx, tenantId: string, step: string, reason: string): void {
  tx.record({
    action: 'onboarding.reminded',
    targets: [{ type: 'tenant', id: tenantId }],
    data: { step, reason },
  });
}

export function recordCompletion(tx: Tx, tenantId: string, step: string, reason: string): void {
  tx.record({
    action: 'onboarding.step-completed',
    targets: [{ type: 'tenant', id: tenantId }],
    data: { step, reason, onBehalf: true },
  });
}
