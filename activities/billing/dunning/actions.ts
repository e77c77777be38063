import type { Actor } from '../../../db/domain/actor.ts';
import { askForTry, extendCase, giveUp } from '../../../db/domain/billing/dunning/plan.ts';
import type { DunningState } from '../../../db/domain/billing/dunning/state.ts';
import { AppError } from '../../../db/domain/errors.ts';
import type { EventAction } from '../../../db/domain/event.ts';
import type { Deps } from '../../deps.ts';
import { actingIn } from '../../shared/attribution.ts';
import { type CaseOf, type HeldCase, holdCase, observed, saveCase } from './case.ts';

type Asked = CaseOf & { by: Actor; reason: string | null };

/** What people ask of a case that is open; its process then does it. Throws `dunning.not-open`. */
export function dunningActionActivities(deps: Deps) {
  async function change(
    { tenantId, invoiceId, by, reason }: Asked,
    action: EventAction,
    to: (state: DunningState, held: HeldCase) => DunningState,
    data: Record<string, number> = {},
  ): Promise<void> {
    await deps.db.inScope(actingIn({ tenantId }, by), async (tx) => {
      const held = await holdCase(tx, { tenantId, invoiceId });
      const state = held && observed(held);
      if (!held || !state || held.found.endedAt || state.over) throw new AppError('dunning.not-open');
      await saveCase(tx, held, to(state, held));
      tx.record({
        action,
        targets: [
          { type: 'dunningCase', id: held.found.id },
          { type: 'invoice', id: invoiceId },
        ],
        data: { ...data, ...(reason !== null && { reason }) },
      });
    });
  }

  return {
    /** Has a try made before its day. */
    requestDunningTry: (request: Asked & { side: 'admin' | 'client' }): Promise<void> =>
      change(request, 'dunning.retry-requested', (state, { now }) =>
        askForTry(state, request.side === 'admin' ? 'askedByAdmin' : 'askedByCustomer', now.getTime()),
      ),

    /** Moves restriction, suspension and cancellation by so many days. */
    extendDunning: (request: Asked & { days: number }): Promise<void> =>
      change(request, 'dunning.extended', (state) => extendCase(state, request.days), {
        days: request.days,
      }),

    /** Cancels the subscription and writes the invoice off now. */
    giveUpInvoice: (request: Asked): Promise<void> =>
      change(request, 'dunning.cancel-requested', (state, { now }) => giveUp(state, now.getTime())),
  };
}
