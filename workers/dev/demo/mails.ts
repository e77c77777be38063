import { setTimeout as sleep } from 'node:timers/promises';

const waitMs = 200;
const patienceMs = 10_000;

/** Links in the mails to an address, newest first; waits a moment for the first mail. Empty when none came. */
export async function mailedLinks(mailboxUrl: string, address: string): Promise<URL[]> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += waitMs) {
    const response = await fetch(`${mailboxUrl}/api/mails?to=${encodeURIComponent(address)}`);
    const { items } = (await response.json()) as { items: { text: string }[] };
    const links = items.flatMap(({ text }) => text.match(/https?:\/\/\S+/g) ?? []);
    if (links.length > 0) return links.map((link) => new URL(link.replace(/[>)\].,]+$/, '')));
    await sleep(waitMs);
  }
  return [];
}
