import { AppError } from '../../db/domain/errors.ts';
import { comingChoices, comingSteps } from '../../db/domain/onboarding/coming.ts';
import { newId } from '../../db/domain/ids.ts';
import { deriveLinkToken } from '../../db/auth/link-tokens.ts';
import type { Tenant } from '../../db/domain/tenants/tenant.ts';
import type { User } from '../../db/domain/people/user.ts';
import { muteOf, mutableMails } from '../../db/domain/settings/mail-templates.ts';
import * as invoices from '../../db/repos/billing/invoices.ts';
import { lineText } from '../../templates/email/line-texts.ts';
import * as choices from '../../db/repos/onboarding/choices.ts';
import * as mails from '../../db/repos/settings/mails.ts';
import { sentWhileFrozen } from '../../db/domain/tenants/freeze.ts';
import * as freezes from '../../db/repos/tenants/freezes.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import * as tokens from '../../db/repos/identity/tokens.ts';
import * as users from '../../db/repos/people/users.ts';
import {
  type MailTemplate,
  type MailValues,
  type RenderedMail,
  renderMail,
} from '../../templates/email/render.ts';
import { actingIn, effectKey } from '../shared/attribution.ts';
import { frozenBy } from '../shared/freeze.ts';
import type { Deps } from '../deps.ts';
import { invoicePdf } from '../billing/invoice-pdf.ts';
import { dayMs } from '../../db/domain/time.ts';

const verificationDays = 7;

/** A token that belongs to one email: sent again, the email holds the same link. Only its hash is stored. */
export async function linkToken(deps: Deps, mailId: string): Promise<{ token: string; tokenHash: string }> {
  return deriveLinkToken(deps.linkKey, mailId);
}

/** How an email ended. */
type MailEnd = Exclude<mails.MailRow['status'], 'sending'>;

export interface OutgoingEmail {
  tenantId: string;
  template: MailTemplate;
  /** Idempotency key: the same key never sends a second email. */
  key: string;
  to: { userId: string | null; name: string; address: string };
  language: string;
  /** The values of the template, computed once the email has its id. */
  values(mailId: string): Promise<MailValues>;
  attachments?: { filename: string; content: Buffer; contentType: string }[];
}

/** What a recipient wants of emails; people who are in no team any more have wishes too. */
const wishesOf = (deps: Deps, userId: string): Promise<users.MailWishes | null> =>
  deps.db.inScope({ ...actingIn('platform'), readOnly: true }, (tx) => users.findMailWishes(tx, userId));

const isMuted = (template: MailTemplate, noticesOff: readonly string[]): boolean =>
  (mutableMails as readonly string[]).includes(template) && noticesOff.includes(muteOf(template));

/** Throws `tenant.frozen` where a freeze holds the email, and notes so. */
async function assertNotHeld(deps: Deps, letter: OutgoingEmail, mailId: string): Promise<void> {
  const { tenantId, template } = letter;
  if (sentWhileFrozen.includes(template)) return;
  const freeze = await deps.db.inScope(actingIn({ tenantId }), async (tx) => {
    const open = await freezes.findOpen(tx, tenantId);
    if (open) await mails.hold(tx, tenantId, mailId, open.id);
    return open;
  });
  if (freeze) throw frozenBy(freeze, tenantId);
}

/**
 * Sends an email once: claimed in the database, sent with a Message-ID that never changes, then marked as sent. Returns
 * how it ended; an address that permanently rejects email, a person who muted this kind, and an email that was dropped when
 * a freeze ended, is recorded and blocks nothing. Throws `tenant.frozen` while a freeze holds it.
 */
export async function sendOnce(deps: Deps, letter: OutgoingEmail): Promise<MailEnd> {
  const { tenantId, template, key, to } = letter;
  const id = newId('mail');
  const messageId = `<${id}@${new URL(deps.publicUrl).hostname}>`;
  const scope = actingIn({ tenantId });
  const claimed = await deps.db.inScope(scope, (tx) =>
    mails.claim(tx, { id, tenantId, key, template, userId: to.userId, messageId }),
  );
  if (claimed.status !== 'sending') return claimed.status;
  const wishes = to.userId ? await wishesOf(deps, to.userId) : null;
  if (wishes && isMuted(template, wishes.noticesOff)) {
    await deps.db.inScope(scope, (tx) => mails.end(tx, tenantId, claimed.id, { status: 'muted', template }));
    return 'muted';
  }
  const values = { ...(wishes && { timezone: wishes.timezone }), ...(await letter.values(claimed.id)) };
  const content = await renderMail(template, letter.language, values);
  await assertNotHeld(deps, letter, claimed.id);
  const status = await deliver(deps, letter, claimed.messageId, content);
  await deps.db.inScope(scope, (tx) => mails.end(tx, tenantId, claimed.id, { status, template }));
  return status;
}

export interface Recipient {
  tenant: Pick<Tenant, 'id' | 'name'>;
  user: Pick<User, 'id' | 'name' | 'email' | 'language'>;
}

/** As `sendOnce`, to a person about a tenant: in the person's language, with what every template may name. */
export function sendToPerson(
  deps: Deps,
  { tenant, user }: Recipient,
  letter: Pick<OutgoingEmail, 'template' | 'key' | 'attachments'> & {
    values?: (mailId: string) => Promise<MailValues> | MailValues;
  },
): Promise<MailEnd> {
  const { values, ...rest } = letter;
  return sendOnce(deps, {
    ...rest,
    tenantId: tenant.id,
    to: { userId: user.id, name: user.name, address: user.email },
    language: user.language,
    values: async (mailId) => ({
      ...(await values?.(mailId)),
      name: user.name,
      business: tenant.name,
      portal: deps.publicUrl,
    }),
  });
}

async function deliver(
  deps: Deps,
  { to, attachments }: OutgoingEmail,
  messageId: string,
  content: RenderedMail,
): Promise<'sent' | 'refused'> {
  try {
    const address = { name: to.name, address: to.address };
    await deps.mailer.send({ ...content, messageId, to: address, ...(attachments && { attachments }) });
    return 'sent';
  } catch (error) {
    if (error instanceof AppError && error.code === 'mail.refused') return 'refused';
    throw error;
  }
}

type PersonalTemplate = Exclude<
  MailTemplate,
  | 'account-exists'
  | 'invitation'
  | 'member-removed'
  | 'offboarding-receipt'
  | 'ownership-transferred'
  | 'sessions-ended'
  | 'api-key-expiring'
  | 'view-started'
  | 'reset-password'
  | 'security-notice'
>;

/** Facts about the recipient that every template may use. */
async function personal(
  deps: Deps,
  tenantId: string,
  userId: string,
): Promise<{ tenant: Tenant; user: User }> {
  return deps.db.inScope(actingIn({ tenantId }), async (tx) => ({
    tenant: await tenants.get(tx, tenantId),
    user: await users.get(tx, userId),
  }));
}

async function verificationLink(
  deps: Deps,
  tenantId: string,
  userId: string,
  mailId: string,
): Promise<string> {
  const { token, tokenHash } = await linkToken(deps, mailId);
  const expiresAt = new Date(deps.clock.now().getTime() + verificationDays * dayMs);
  await deps.db.inScope(actingIn({ tenantId }), (tx) =>
    tokens.insert(tx, { tenantId, userId, tokenHash, expiresAt }),
  );
  return `${deps.publicUrl}/verify-email?token=${token}`;
}

/** Sends a person the link that confirms their address; the same key never sends a second one. */
export async function sendConfirmation(
  deps: Deps,
  { tenantId, userId, key }: { tenantId: string; userId: string; key: string },
): Promise<void> {
  await sendToPerson(deps, await personal(deps, tenantId, userId), {
    template: 'verify-email',
    key,
    values: async (mailId) => ({ link: await verificationLink(deps, tenantId, userId, mailId) }),
  });
}

/** Tells the welcome email what was chosen and isn't built yet; empty where it was not chosen. */
async function comingValues(deps: Deps, tenantId: string): Promise<MailValues> {
  const stored = await deps.db.inScope(actingIn({ tenantId }), (tx) => choices.list(tx, tenantId));
  const coming = comingChoices(stored);
  return Object.fromEntries(comingSteps.map((step) => [step, coming.includes(step) ? 'coming' : '']));
}

async function invoiceAttachment(deps: Deps, tenant: Tenant, invoiceId: string) {
  const { invoice, lines } = await deps.db.inScope(actingIn({ tenantId: tenant.id }), async (tx) => ({
    invoice: await invoices.getInvoice(tx, tenant.id, invoiceId),
    lines: await invoices.listLines(tx, tenant.id, invoiceId),
  }));
  const content = await invoicePdf(invoice, lines, tenant);
  return {
    invoice,
    lines,
    attachment: { filename: `${invoice.number}.pdf`, content, contentType: 'application/pdf' },
  };
}

/** Emails to people of a tenant. */
export function mailActivities(deps: Deps) {
  return {
    async sendMail(request: {
      tenantId: string;
      userId: string;
      template: PersonalTemplate;
      data: Record<string, string | number>;
    }): Promise<void> {
      const { tenantId, userId, template, data } = request;
      const recipient = await personal(deps, tenantId, userId);
      const { timezone, emailVerifiedAt } = recipient.user;
      // Who hasn't confirmed the address can't continue: their reminder is the link that lets them.
      if (template === 'verify-email' || (template === 'onboarding-reminder' && !emailVerifiedAt))
        return sendConfirmation(deps, { tenantId, userId, key: effectKey() });
      await sendToPerson(deps, recipient, {
        template,
        key: effectKey(),
        values: async () => ({
          // A reminder that was ordered before it told of the closing has no day for it.
          ...(template === 'onboarding-reminder' && { closesAt: '', timezone }),
          ...data,
          ...(template === 'welcome' && (await comingValues(deps, tenantId))),
        }),
      });
    },

    /** Sends an invoice with its PDF; once per invoice. */
    async sendInvoiceMail({
      tenantId,
      userId,
      invoiceId,
    }: {
      tenantId: string;
      userId: string;
      invoiceId: string;
    }): Promise<void> {
      const recipient = await personal(deps, tenantId, userId);
      const { invoice, lines, attachment } = await invoiceAttachment(deps, recipient.tenant, invoiceId);
      await sendToPerson(deps, recipient, {
        template: 'invoice',
        key: `invoice/${invoiceId}`,
        values: () => ({
          number: invoice.number ?? '',
          description: lines[0] ? lineText(lines[0], recipient.user.language) : '',
          totalMinor: invoice.totalMinor,
          currency: invoice.currency,
          link: `${deps.publicUrl}/app/billing/invoices/${invoice.id}`,
        }),
        attachments: [attachment],
      });
    },
  };
}
