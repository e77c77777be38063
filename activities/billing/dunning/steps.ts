import { writeOff } from '../../../db/repos/billing/invoices.ts';
import { Context } from '@temporalio/activity';
import { applyDunningStep, nextDunningStep, strictest } from '../../../db/domain/billing/dunning/plan.ts';
import type { DunningKind, DunningStep, StepResult } from '../../../db/domain/billing/dunning/state.ts';
import { AppError } from '../../../db/domain/errors.ts';
import * as cases from '../../../db/repos/billing/dunning/cases.ts';
import * as subscriptions from '../../../db/repos/billing/subscriptions.ts';
import type { Tx } from '../../../db/scope.ts';
import type { Deps } from '../../deps.ts';
import { actingIn } from '../../shared/attribution.ts';
import { type Collected, collectInvoice } from '../collecting.ts';
import { type CaseOf, closeCase, type HeldCase, holdCase, observed, saveCase } from './case.ts';
import { sendDunningMails } from './mails.ts';
import { tellProcess } from '../tell-process.ts';

/** A step of a case, named by how many were done before it: a retry of one that was done finds another. */
export type TakenStep = CaseOf & { done: number };

export interface PlannedStep {
  step: DunningStep;
  done: number;
  waitMs: number;
  isVirtual: boolean;
}

/** Tries of one try, before it counts as one that the gateway didn't answer. */
const gatewayTries = 4;

/** The step that a process is about to take, if it is still the next one. */
function nextOf(
  { found, policy }: HeldCase,
  done: number,
  kinds: readonly DunningKind[],
): DunningStep | null {
  if (found.endedAt || found.state.done.length !== done) return null;
  const step = nextDunningStep(policy, found.state);
  return step && kinds.includes(step.kind) ? step : null;
}

async function apply(tx: Tx, held: HeldCase, step: DunningStep, result: StepResult): Promise<void> {
  const { policy, found, now } = held;
  await saveCase(tx, held, applyDunningStep(policy, found.state, step, result, now.getTime()));
}

/** Sets the access that the open cases of a subscription leave. */
async function changeAccess(tx: Tx, held: HeldCase, step: DunningStep): Promise<void> {
  const { found, subscription, now } = held;
  const others = await cases.listAccess(tx, found);
  if (step.kind === 'cancel') {
    await writeOff(tx, found.tenantId, found.invoiceId, now);
    const end = { status: 'cancelled', cancelledAt: now, access: 'suspended', pending: null } as const;
    const why = { action: 'subscription.cancelled', at: now, data: { reason: 'unpaid' } } as const;
    if (subscription.status !== 'cancelled')
      await subscriptions.changeSubscription(tx, subscription, end, why);
    return;
  }
  if (step.kind !== 'settled') {
    const own = step.kind === 'suspend' ? 'suspended' : 'restricted';
    if (subscription.status !== 'cancelled')
      await subscriptions.setAccess(tx, subscription, strictest([...others, own]), now);
    return;
  }
  if (subscription.status === 'cancelled') return;
  const access = strictest(others);
  const recovers = subscription.status === 'pastDue' && others.length === 0;
  if (recovers)
    await subscriptions.changeSubscription(
      tx,
      subscription,
      { status: 'active', access },
      { action: 'subscription.recovered', at: now },
    );
  else await subscriptions.setAccess(tx, subscription, access, now);
}

const resultOf = (collected: Collected): StepResult =>
  collected.outcome === 'declined' ? { paid: false, declineClass: collected.declineClass } : { paid: true };

/** What is done about an overdue invoice, as its process calls it. Each step is done once, however often it is asked. */
export function dunningActivities(deps: Deps) {
  return {
    /** What comes next and in how many milliseconds, by the clock of the tenant; null once the case has ended. */
    async planDunning({ tenantId, invoiceId }: CaseOf): Promise<PlannedStep | null> {
      return deps.db.inScope(actingIn({ tenantId }), async (tx) => {
        const held = await holdCase(tx, { tenantId, invoiceId });
        if (!held || held.found.endedAt) return null;
        const state = observed(held);
        const step = nextDunningStep(held.policy, state);
        if (!step) await closeCase(tx, held, state);
        else await saveCase(tx, held, state);
        const { now, isVirtual } = held;
        return step && { step, done: state.done.length, waitMs: step.atMs - now.getTime(), isVirtual };
      });
    },

    /** Tries once to be paid. What came of it; null where it wasn't due any more. */
    async tryOverdueInvoice({ tenantId, invoiceId, done }: TakenStep): Promise<{ paid: boolean } | null> {
      const scope = actingIn({ tenantId });
      const planned = await deps.db.inScope(scope, async (tx) => {
        const held = await holdCase(tx, { tenantId, invoiceId });
        return held && nextOf(held, done, ['retry']) && { charges: held.found.state.charges };
      });
      if (!planned) return null;
      let result: StepResult;
      try {
        const collected = await collectInvoice(deps, { tenantId, invoiceId, attempt: planned.charges + 1 });
        // Money came from elsewhere meanwhile: the next look at the case finds it.
        if (collected.outcome === 'settled') return { paid: true };
        result = resultOf(collected);
      } catch (error) {
        const isDown = error instanceof AppError && error.code === 'payment.gateway-unavailable';
        if (!isDown || Context.current().info.attempt < gatewayTries) throw error;
        result = { unreachable: true };
      }
      await deps.db.inScope(scope, async (tx) => {
        const held = await holdCase(tx, { tenantId, invoiceId });
        const step = held && nextOf(held, done, ['retry']);
        if (step) await apply(tx, held, step, result);
      });
      return { paid: result !== null && 'paid' in result && result.paid };
    },

    /** Restricts, suspends or cancels; or gives everything back once the invoice is settled. */
    async changeDunningAccess({ tenantId, invoiceId, done }: TakenStep): Promise<void> {
      const told = await deps.db.inScope(actingIn({ tenantId }), async (tx) => {
        const held = await holdCase(tx, { tenantId, invoiceId });
        const step = held && nextOf(held, done, ['settled', 'restrict', 'suspend', 'cancel']);
        if (!step) return held;
        await changeAccess(tx, held, step);
        await apply(tx, held, step, null);
        return held;
      });
      if (told) await tellProcess(deps, tenantId, told.subscription.id);
    },

    /** Tells the owners of a tenant what happened to a payment and what comes next; each once. */
    async sendDunningMail({ tenantId, invoiceId, done }: TakenStep): Promise<void> {
      const scope = actingIn({ tenantId });
      const planned = await deps.db.inScope(scope, async (tx) => {
        const held = await holdCase(tx, { tenantId, invoiceId });
        const step = held && nextOf(held, done, ['mail']);
        return step && { held, step };
      });
      if (!planned?.step.mail) return;
      await sendDunningMails(deps, planned.held, planned.step.mail, done);
      await deps.db.inScope(scope, async (tx) => {
        const held = await holdCase(tx, { tenantId, invoiceId });
        const step = held && nextOf(held, done, ['mail']);
        if (!step) return;
        await apply(tx, held, step, null);
        tx.record({
          action: 'dunning.reminder-sent',
          targets: [{ type: 'dunningCase', id: held.found.id }],
          data: { kind: step.mail ?? '' },
        });
      });
    },
  };
}
