import { applyDunningStep, nextDunningStep } from '../../../db/domain/billing/dunning/plan.ts';
import { previewDunning } from '../../../db/domain/billing/dunning/preview.ts';
import type { DunningMail } from '../../../db/domain/billing/dunning/state.ts';
import { dueMinor } from '../../../db/domain/billing/invoices.ts';
import { listBillingContacts } from '../../../db/repos/billing/contacts.ts';
import * as users from '../../../db/repos/people/users.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import type { MailValues } from '../../../templates/email/render.ts';
import type { Deps } from '../../deps.ts';
import { sendToPerson } from '../../settings/mail.ts';
import { actingIn } from '../../shared/attribution.ts';
import type { HeldCase } from './case.ts';

const iso = (atMs: number | undefined): string => (atMs === undefined ? '' : new Date(atMs).toISOString());

/** What happens next and when, by the preview of where the case is. */
function comingOf({ found, policy }: HeldCase): MailValues {
  const { state } = found;
  const step = nextDunningStep(policy, state);
  const after = step ? applyDunningStep(policy, state, step, null) : state;
  const steps = previewDunning(policy, after)[0]?.steps ?? [];
  const rung = steps.find(({ kind }) => kind === 'restrict' || kind === 'suspend' || kind === 'cancel');
  return {
    retryAt: iso(steps.find(({ kind }) => kind === 'retry')?.atMs),
    rung: rung?.kind ?? '',
    rungAt: iso(rung?.atMs),
  };
}

/** Sends a mail of a case to everyone who is told about money. */
export async function sendDunningMails(
  deps: Deps,
  held: HeldCase,
  stage: DunningMail,
  done: number,
): Promise<void> {
  const { found, invoice, subscription } = held;
  const { tenantId } = found;
  const { tenant, contacts } = await deps.db.inScope(actingIn({ tenantId }), async (tx) => {
    const ids = await listBillingContacts(tx, tenantId);
    return {
      tenant: await tenants.get(tx, tenantId),
      contacts: await Promise.all(ids.map((id) => users.get(tx, id))),
    };
  });
  const values = {
    ...{ stage, reason: found.state.declineClass, number: invoice.number ?? '' },
    ...{
      amountMinor: dueMinor(invoice) || invoice.totalMinor - invoice.creditedMinor,
      currency: invoice.currency,
    },
    last4: subscription.paymentMethod?.last4 ?? '',
    ...comingOf(held),
  };
  for (const user of contacts)
    await sendToPerson(
      deps,
      { tenant, user },
      { template: 'payment-failed', key: `dunning/${found.id}/${done}/${user.id}`, values: () => values },
    );
}
