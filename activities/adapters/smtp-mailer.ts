import { createTransport } from 'nodemailer';
import { AppError } from '../../db/domain/errors.ts';
import type { Mailer } from '../ports.ts';

/** Far below the minute an activity has, so that a silent server is reported as such. */
const timeoutsMs = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
};

/** What nodemailer says about a mail that did not go out. */
interface SmtpFailure {
  /** The server answered with a 5xx; not set where there was no answer. */
  permanent?: boolean;
  command?: string;
}

/**
 * The server said no for good to this addressee or this mail. A refused sign-in or sender is ours to repair, and
 * the same mail goes out after that, so it counts as undeliverable for now.
 */
function isRefusal({ permanent, command }: SmtpFailure): boolean {
  return permanent === true && (command === 'RCPT TO' || command === 'DATA');
}

/**
 * Sends by SMTP over a few lasting connections. `smtpUrl`: `smtp://user:password@host:587` or `smtps://…`; `from`: an
 * address, with a name or without. Throws `mail.refused` (for good) or `mail.undeliverable` (worth another try).
 */
export function smtpMailer(smtpUrl: string, from: string): Mailer {
  const transport = createTransport(
    { url: smtpUrl, pool: true, maxConnections: 3, ...timeoutsMs },
    {
      from,
      disableFileAccess: true,
      disableUrlAccess: true,
      headers: { 'Auto-Submitted': 'auto-generated' },
    },
  );
  return {
    async send(mail) {
      try {
        await transport.sendMail(mail);
      } catch (error) {
        throw new AppError(isRefusal(error as SmtpFailure) ? 'mail.refused' : 'mail.undeliverable', {
          cause: error,
        });
      }
    },
    close: () => transport.close(),
  };
}
