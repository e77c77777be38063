import { createTransport } from 'nodemailer';
import { AppError } from '../../db/domain/errors.ts';
import type { Mailer } from '../ports.ts';

/** Well below the minute an activity may take, so that a silent server is reported as such. */
const timeoutsMs = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
};

/** What nodemailer reports about an email that could not be sent. */
interface SmtpFailure {
  /** Set when the server answered with a 5xx; absent when it didn't answer. */
  permanent?: boolean;
  command?: string;
}

/**
 * The server permanently rejected this recipient or this email. A rejected sign-in or sender is a configuration problem
 * of the platform: once it is fixed the same email can be sent, so it counts as undeliverable for now.
 */
function isRefusal({ permanent, command }: SmtpFailure): boolean {
  return permanent === true && (command === 'RCPT TO' || command === 'DATA');
}

/**
 * Sends by SMTP over a small pool of connections. `smtpUrl`: `smtp://user:password@host:587` or `smtps://…`; `from`: an
 * address, with a name or without. Throws `mail.refused` (permanent) or `mail.undeliverable` (worth another attempt).
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
