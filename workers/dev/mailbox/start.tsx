import { page, json, serveHttp } from '../kit/http.ts';
import type { Answer, Call } from '../kit/http.ts';
import type { Say } from '../kit/say.ts';
import type { Mail } from './mail.ts';
import { InboxPage, MailPage } from './pages.tsx';
import { serveSmtp } from './smtp.ts';
import type { MailStore } from './store.ts';
import { openMailStore } from './store.ts';

/** The mailbox: SMTP in, pages and JSON out. */
export type Mailbox = Readonly<{ smtpUrl: string; url: string; stop: () => Promise<void> }>;

/** Starts it over the mails already kept in `directory`; without a host on 127.0.0.1. */
export async function startMailbox(options: {
  directory: string;
  host?: string;
  smtpPort: number;
  httpPort: number;
  say: Say;
}): Promise<Mailbox> {
  const { directory, host, smtpPort, httpPort, say } = options;
  const store = await openMailStore(directory);
  const smtp = await serveSmtp({ host, port: smtpPort }, store, say);
  const http = await serveHttp({ host, port: httpPort }, (call) => route(store, call), say);
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    url: `http://127.0.0.1:${httpPort}`,
    stop: async () => {
      await smtp.stop();
      await http.stop();
    },
  };
}

async function route(store: MailStore, { method, path, query }: Call): Promise<Answer> {
  const to = query.get('to')?.trim() ?? '';
  if (method === 'DELETE' && path === '/api/mails') {
    await store.clear();
    return json(200, { items: [] });
  }
  if (method !== 'GET')
    return json(405, { error: { code: 'method_not_allowed', message: 'Only GET works here.' } });
  if (path === '/') return page(<InboxPage mails={store.list(to)} to={to} />);
  if (path === '/api/mails') return json(200, { items: store.list(to).map(summary) });
  const [, id, index] = /^\/mails\/([0-9a-f]+)(?:\/attachments\/(\d+))?$/.exec(path) ?? [];
  const mail = id ? store.find(id) : null;
  if (!mail) return json(404, { error: { code: 'not_found', message: 'There is no such page or mail.' } });
  return index === undefined ? page(<MailPage mail={mail} />) : attachment(mail, Number(index));
}

function summary({ headers: _headers, attachments, ...mail }: Mail) {
  return {
    ...mail,
    attachments: attachments.map(({ filename, contentType }) => ({ filename, contentType })),
  };
}

/** Always as a download: a page inside an attachment must not run here. */
function attachment(mail: Mail, index: number): Answer {
  const found = mail.attachments[index];
  if (!found) return json(404, { error: { code: 'not_found', message: 'There is no such attachment.' } });
  return {
    status: 200,
    type: 'application/octet-stream',
    body: Buffer.from(found.content, 'base64'),
    headers: { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(found.filename)}` },
  };
}
