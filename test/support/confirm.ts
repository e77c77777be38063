import { eventually, type ReceivedMail } from './world.ts';

/** What an address has received, newest first. */
export type Mailbox = (to: string) => Promise<Pick<ReceivedMail, 'text'>[]>;

/** The token of the newest confirmation link that an address has received; waits for the first one. */
export async function confirmationToken(mails: Mailbox, email: string, withinMs?: number): Promise<string> {
  const tokens = async () =>
    (await mails(email)).flatMap(({ text }) => /verify-email\?token=([\w-]+)/.exec(text)?.[1] ?? []);
  const [newest = ''] = await eventually(tokens, (found) => found.length > 0, withinMs);
  return newest;
}

/** A client of the API with a cookie jar. */
interface Browser {
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: any; text: string }>;
}

/** Signs up, and confirms with the link of the email in the same browser, which is signed in then. */
export async function signUpAndConfirm(
  browser: Browser,
  mails: Mailbox,
  account: { email: string } & Record<string, unknown>,
): Promise<{ tenantId: string; userId: string }> {
  const asked = await browser.call('POST', '/api/public/sign-up', account);
  if (asked.status !== 202) throw new Error(`sign-up: ${asked.status} ${asked.text}`);
  const token = await confirmationToken(mails, account.email);
  const confirmed = await browser.call('POST', '/api/public/email-verifications', { token });
  if (confirmed.body?.signedIn !== true) throw new Error(`confirmation: ${confirmed.text}`);
  const { body } = await browser.call('GET', '/api/session');
  return { tenantId: body.tenantId as string, userId: body.userId as string };
}
