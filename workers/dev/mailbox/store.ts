import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson, writeFileAtomic } from '../kit/files.ts';
import type { Mail } from './mail.ts';
import { mailSchema } from './mail.ts';

/** The mails on disk, one file each, newest first. */
export type MailStore = Readonly<{
  /** Keeps a mail durably. One with a known Message-ID is the same mail again: its delivery is counted. */
  add: (mail: Mail) => Promise<void>;
  list: (to?: string) => Mail[];
  find: (id: string) => Mail | null;
  clear: () => Promise<void>;
}>;

export async function openMailStore(directory: string): Promise<MailStore> {
  await mkdir(directory, { recursive: true });
  const mails = await readAll(directory);
  const pathOf = (id: string) => join(directory, `${id}.json`);
  // One change at a time: two deliveries of the same Message-ID at once must both be counted.
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = (change: () => Promise<void>) => {
    const done = queue.then(change);
    queue = done.catch(() => undefined);
    return done;
  };
  return {
    add: (mail) =>
      inTurn(async () => {
        const next = merge(mails.get(mail.id), mail);
        await writeFileAtomic(pathOf(mail.id), JSON.stringify(next));
        mails.set(mail.id, next);
      }),
    list: (to) => {
      const wanted = to?.toLowerCase();
      const found = [...mails.values()].filter((mail) => !wanted || mail.to.includes(wanted));
      return found.sort((a, b) => b.receivedAt.localeCompare(a.receivedAt));
    },
    find: (id) => mails.get(id) ?? null,
    clear: () =>
      inTurn(async () => {
        for (const id of mails.keys()) await rm(pathOf(id), { force: true });
        mails.clear();
      }),
  };
}

function merge(known: Mail | undefined, mail: Mail): Mail {
  if (!known) return mail;
  return { ...known, to: [...new Set([...known.to, ...mail.to])], deliveries: known.deliveries + 1 };
}

async function readAll(directory: string): Promise<Map<string, Mail>> {
  const mails = new Map<string, Mail>();
  for (const name of await readdir(directory)) {
    const mail = name.endsWith('.json') ? await readJson(join(directory, name), mailSchema) : null;
    if (mail) mails.set(mail.id, mail);
  }
  return mails;
}
