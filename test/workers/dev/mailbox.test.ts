import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { openPorts } from '../../../workers/dev/kit/ports.ts';
import { startMailbox } from '../../../workers/dev/mailbox/start.tsx';
import { testMailbox } from '../../support/platform.ts';
import { testDirectory } from '../../support/workspace.ts';

type Item = {
  id: string;
  messageId: string;
  to: string[];
  subject: string;
  html: string;
  deliveries: number;
};

async function mails(url: string, to = ''): Promise<Item[]> {
  const response = await fetch(`${url}/api/mails?to=${encodeURIComponent(to)}`);
  return ((await response.json()) as { items: Item[] }).items;
}

const mail = {
  from: 'BizOSaaS <no-reply@bizosaas.example>',
  to: 'Ada@Acme.example',
  subject: 'Your <invoice> & receipt',
  text: 'Hello',
  html: '<p>Hello <script>alert(1)</script></p>',
};

describe('the local mailbox', () => {
  it('keeps a mail sent twice with one Message-ID as one mail and counts the deliveries', async () => {
    const { smtpUrl, url } = await testMailbox();
    const transport = createTransport(smtpUrl);
    const same = { ...mail, messageId: '<one@bizosaas.example>' };
    await Promise.all([transport.sendMail(same), transport.sendMail(same)]);
    await transport.sendMail({ ...mail, to: 'bob@acme.example' });

    const toAda = await mails(url, 'ada@acme.example');
    assert.deepEqual(
      toAda.map(({ messageId, deliveries }) => ({ messageId, deliveries })),
      [{ messageId: '<one@bizosaas.example>', deliveries: 2 }],
    );
    assert.equal((await mails(url)).length, 2);
  });

  it('has every acknowledged mail after a restart', async () => {
    const directory = await testDirectory('mailbox-restart');
    const [smtpPort = 0, httpPort = 0] = await (await openPorts(directory)).take('smtp', 'http');
    const mailDirectory = join(directory, 'mails');
    const start = () => startMailbox({ directory: mailDirectory, smtpPort, httpPort, say: () => undefined });
    const first = await start();
    await createTransport(first.smtpUrl).sendMail(mail);
    const before = await mails(first.url);
    await first.stop();

    const second = await start();
    try {
      assert.deepEqual(await mails(second.url), before);
      assert.equal(before.length, 1);
    } finally {
      await second.stop();
    }
  });

  it('shows subjects as text and the HTML part in a frame that runs no script', async () => {
    const { smtpUrl, url } = await testMailbox();
    await createTransport(smtpUrl).sendMail(mail);
    const [item] = await mails(url);

    const inbox = await (await fetch(url)).text();
    assert.match(inbox, /Your &lt;invoice> &amp; receipt/);
    const view = await (await fetch(`${url}/mails/${item?.id}`)).text();
    assert.match(view, /<iframe [^>]*sandbox="allow-popups[^"]*"/);
    assert.ok(!view.includes('allow-scripts'));
    assert.ok(!view.includes('<script>'));
  });

  it('hands out attachments as downloads and forgets everything on request', async () => {
    const { smtpUrl, url } = await testMailbox();
    const attachments = [{ filename: 'invoice ü.pdf', content: Buffer.from('%PDF-1.7') }];
    await createTransport(smtpUrl).sendMail({ ...mail, attachments });
    const [item] = await mails(url);

    const file = await fetch(`${url}/mails/${item?.id}/attachments/0`);
    assert.equal(await file.text(), '%PDF-1.7');
    assert.match(
      file.headers.get('content-disposition') ?? '',
      /^attachment; filename\*=UTF-8''invoice%20%C3%BC.pdf$/,
    );
    await fetch(`${url}/api/mails`, { method: 'DELETE' });
    assert.deepEqual(await mails(url), []);
    assert.equal((await fetch(`${url}/mails/${item?.id}`)).status, 404);
  });
});
