import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { smtpMailer } from '../../../activities/adapters/smtp-mailer.ts';
import type { AppError, ErrorCode } from '../../../db/domain/errors.ts';

const letter = {
  messageId: '<mal_1@portal.example>',
  to: { name: 'Ana', address: 'ana@example.com' },
  subject: 'Grüße',
  html: '<p>Hello</p>',
  text: 'Hello',
};

interface Station {
  url: string;
  mails: { raw: string; to: string[] }[];
  stop: () => Promise<void>;
}

/** A real SMTP server that keeps what it takes. */
async function serveSmtp(options: SMTPServerOptions = {}): Promise<Station> {
  const mails: Station['mails'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      buffer(stream).then((raw) => done(null, String(mails.push({ raw: raw.toString(), to }))), done);
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function reply(responseCode: number): Error {
  return Object.assign(new Error('no'), { responseCode });
}

async function sendTo(options: SMTPServerOptions, mail = letter): Promise<Station['mails']> {
  const station = await serveSmtp(options);
  const mailer = smtpMailer(station.url, 'BizOSaaS <no-reply@portal.example>');
  try {
    await mailer.send(mail);
    return station.mails;
  } finally {
    mailer.close();
    await station.stop();
  }
}

const refusedWith = (code: ErrorCode) => (error: AppError) =>
  error.code === code && error.cause instanceof Error;

describe('the SMTP mailer', () => {
  it('sends both parts, the attachment, and the Message-ID it is given', async () => {
    const attachments = [
      { filename: 'INV-1.pdf', content: Buffer.from('%PDF-'), contentType: 'application/pdf' },
    ];
    const [mail] = await sendTo({}, { ...letter, attachments } as typeof letter);
    assert.deepEqual(mail?.to, ['ana@example.com']);
    const parsed = await simpleParser(mail?.raw ?? '');
    assert.equal(parsed.messageId, letter.messageId);
    assert.equal(parsed.subject, letter.subject);
    assert.equal(parsed.from?.text, '"BizOSaaS" <no-reply@portal.example>');
    assert.equal(parsed.text?.trim(), 'Hello');
    assert.equal(parsed.html, '<p>Hello</p>');
    assert.equal(parsed.attachments[0]?.content.toString(), '%PDF-');
    assert.equal(parsed.headers.get('auto-submitted'), 'auto-generated');
  });

  it('lets no value begin another header or add an addressee', async () => {
    const evil = 'x\r\nBcc: eve@example.com\r\n\r\n<p>body';
    const mail = { ...letter, subject: evil, to: { name: evil, address: 'ana@example.com' } };
    const [sent] = await sendTo({}, mail);
    assert.deepEqual(sent?.to, ['ana@example.com']);
    const parsed = await simpleParser(sent?.raw ?? '');
    assert.equal(parsed.bcc, undefined);
    assert.equal(parsed.text?.trim(), 'Hello');
  });

  it('refuses for good what the server refuses for good: the addressee or the mail', async () => {
    const onRcptTo: SMTPServerOptions['onRcptTo'] = (_, __, done) => done(reply(550));
    await assert.rejects(sendTo({ onRcptTo }), refusedWith('mail.refused'));
    const onData: SMTPServerOptions['onData'] = (stream, _, done) =>
      stream.resume().on('end', () => done(reply(554)));
    await assert.rejects(sendTo({ onData }), refusedWith('mail.refused'));
  });

  it('tries again what may pass: grey listing, a busy server, a refused sender', async () => {
    const onRcptTo: SMTPServerOptions['onRcptTo'] = (_, __, done) => done(reply(451));
    await assert.rejects(sendTo({ onRcptTo }), refusedWith('mail.undeliverable'));
    const onConnect: SMTPServerOptions['onConnect'] = (_, done) => done(reply(421));
    await assert.rejects(sendTo({ onConnect }), refusedWith('mail.undeliverable'));
    const onMailFrom: SMTPServerOptions['onMailFrom'] = (_, __, done) => done(reply(550));
    await assert.rejects(sendTo({ onMailFrom }), refusedWith('mail.undeliverable'));
  });

  it('says so when no server is there', async () => {
    const station = await serveSmtp();
    await station.stop();
    const mailer = smtpMailer(station.url, 'no-reply@portal.example');
    await assert.rejects(mailer.send(letter), refusedWith('mail.undeliverable'));
    mailer.close();
  });

  it('sends again after the server came back', async () => {
    let down = true;
    const station = await serveSmtp({ onConnect: (_, done) => done(down ? reply(421) : null) });
    const mailer = smtpMailer(station.url, 'no-reply@portal.example');
    await assert.rejects(mailer.send(letter), refusedWith('mail.undeliverable'));
    down = false;
    await mailer.send(letter);
    assert.equal(station.mails.length, 1);
    mailer.close();
    await station.stop();
  });
});
