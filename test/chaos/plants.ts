import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { tokenizeSandboxCard } from '../../activities/adapters/sandbox-cards.ts';
import { sandboxPayments } from '../../activities/adapters/sandbox-payments.ts';
import type { Facts } from './invariants.ts';
import type { Launched } from './launched.ts';

/** A second charge for a customer, as a platform without idempotency keys would have made it. */
export async function plantCharge(sandboxUrl: string, tenantId: string): Promise<void> {
  const card = { number: '4242424242424242', expMonth: 12, expYear: 2034, cvc: '123' };
  const { id } = await tokenizeSandboxCard(sandboxUrl)(card);
  const money = { amountMinor: 14_900, currency: 'EUR', offSession: false };
  await sandboxPayments(sandboxUrl).charge({
    ...money,
    paymentMethodId: id,
    customerRef: tenantId,
    description: 'planted',
    key: randomUUID(),
  });
}

/** The same mail under another Message-ID. */
export async function plantMail(smtpUrl: string, to: string): Promise<void> {
  const transport = createTransport(smtpUrl);
  await transport.sendMail({
    from: 'planted@example.com',
    to,
    subject: 'Confirm your email address',
    text: 'again',
  });
  transport.close();
}

/** A recorded fact that is changed afterwards, by a database superuser. */
export async function plantChange(platform: Launched, tenantId: string): Promise<void> {
  await platform.rows('alter table events disable trigger user');
  await platform.rows(
    `update events set body = jsonb_set(body, '{data,totalMinor}', '1') where tenant_id = $1 and action = 'invoice.finalised'`,
    [tenantId],
  );
  await platform.rows('alter table events enable trigger user');
}

/** What else could have gone wrong, planted in facts that are right: each must be found. */
export const wrongFacts: Readonly<Record<string, (facts: Facts) => void>> = {
  'a second tenant': ({ tenants }) => void tenants.push({ ...only(tenants), id: 'ten_second' }),
  'a tenant that is not live': ({ tenants }) => void (only(tenants).status = 'onboarding'),
  'a second owner': ({ members }) => void members.push({ ...only(members), email: 'second@example.com' }),
  'a second subscription': ({ subscriptions }) => void subscriptions.push(only(subscriptions)),
  'no invoice': ({ invoices }) => void invoices.shift(),
  'an invoice over another amount': ({ invoices }) => void (only(invoices).total_minor += 1),
  'a gap in the invoice numbers': ({ numbers }) => void numbers.all.shift(),
  'a payment that is not booked': ({ payments }) => void payments.shift(),
  'a charge that is not the booked one': ({ charges }) => void (only(charges).id = 'ch_other'),
  'a charge given back': ({ charges }) => void (only(charges).refundedMinor = 1),
  'a mail that never came': ({ mails }) => void mails.shift(),
  'an event twice': ({ events }) => events.forEach((event) => (event.n += 1)),
  'a run that needs attention': ({ runs }) => void (only(runs).needs_attention = true),
  'a run the projection lost': ({ runs }) => void runs.splice(0),
  'a run that seems to go on': ({ runs }) => runs.forEach((run) => (run.state = 'running')),
};

function only<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error('there are no facts');
  return first;
}
