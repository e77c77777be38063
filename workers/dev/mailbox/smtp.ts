import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { Place } from '../kit/http.ts';
import type { Say } from '../kit/say.ts';
import { explain } from '../kit/say.ts';
import { parseMail } from './mail.ts';
import type { MailStore } from './store.ts';

/** Addresses of this domain are refused, as a server refuses a mailbox it does not have. */
export const refusedDomain = 'no-such-mailbox.example';

/** Accepts every mail but those to `refusedDomain`, and answers 250 only once it is stored. No login, no TLS: nothing leaves the machine. */
export async function serveSmtp(
  { host, port }: Place,
  store: MailStore,
  say: Say,
): Promise<{ stop: () => Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: 30_000_000,
    closeTimeout: 500,
    onRcptTo: ({ address }, _session, done) =>
      done(
        address.endsWith(`@${refusedDomain}`)
          ? Object.assign(new Error('No such mailbox here'), { responseCode: 550 })
          : undefined,
      ),
    onData: (stream, session, done) => {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      buffer(stream)
        .then(async (raw) => store.add(await parseMail(raw, recipients)))
        .then(
          () => done(),
          (error: unknown) => {
            say(`Mailbox: a mail could not be stored: ${explain(error)}`);
            done(new Error('The mail could not be stored.'));
          },
        );
    },
  });
  // A client that hangs up in the middle is its own business.
  server.on('error', (error) => say(`Mailbox: ${explain(error)}`));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, host ?? '127.0.0.1', resolve);
  });
  return { stop: () => new Promise((resolve) => server.close(() => resolve())) };
}
