import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { tokenizeSandboxCard } from '../../activities/adapters/sandbox-cards.ts';
import { sandboxPayments } from '../../activities/adapters/sandbox-payments.ts';
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
    subject: 'Confirm your e-mail address',
    text: 'again',
  });
  transport.close();
}

/** A recorded fact that is changed afterwards, by somebody who may do everything in the database. */
export async function plantChange(platform: Launched, tenantId: string): Promise<void> {
  await platform.rows('alter table events disable trigger user');
  await platform.rows(
    `update events set body = jsonb_set(body, '{data,totalMinor}', '1') where tenant_id = $1 and action = 'invoice.finalised'`,
    [tenantId],
  );
  await platform.rows('alter table events enable trigger user');
}
