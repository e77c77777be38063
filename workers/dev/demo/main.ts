import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tokenizeSandboxCard } from '../../../activities/adapters/sandbox-cards.ts';
import { createProcesses } from '../../../api/kit/processes/client.ts';
import { hashPassword } from '../../../db/auth/passwords.ts';
import { idFromKey } from '../../../db/domain/ids.ts';
import { loadConfig } from '../../runtime/config.ts';
import { connectClient } from '../../runtime/temporal.ts';
import { localOrigin } from '../launch/apps.ts';
import { type ApiClient, signIn } from './api-client.ts';
import { ownBusiness } from './businesses.ts';
import type { Demo } from './demo.ts';
import { mailedLinks } from './mails.ts';
import { bringAlong } from './onboarding.ts';
import { demoParts } from './parts.ts';

/**
 * Fills an empty platform through its real processes and its API. Safe to repeat: ids come from names, and what is
 * there already is left as it is. Tells its parent, where there is one, how far it is.
 */
const config = loadConfig();
const { paymentSandboxUrl, mailboxUrl } = config;
if (!paymentSandboxUrl || !mailboxUrl)
  throw new Error('the demo pays with the sandbox and reads the mailbox');
const tell = (message: object) => process.send?.(message);

const signIns = JSON.parse(await readFile(join(config.dataDir, 'sign-ins.json'), 'utf8')) as {
  role: string;
  email: string;
  password: string;
}[];
const signInOf = (role: string) => {
  const found = signIns.find((one) => one.role === role);
  if (!found) throw new Error('the seed has not run');
  return found;
};
const owner = signInOf('client');

const origin = localOrigin(config.host, config.port);
const client = await connectClient(config);
const sessions = new Map<string, Promise<ApiClient>>();
const demo: Demo = {
  processes: createProcesses(client),
  own: { ...ownBusiness, email: owner.email },
  passwordHash: await hashPassword(owner.password),
  password: owner.password,
  tenantIdOf: (name) => idFromKey('tenant', `demo:${name}`),
  tokenizeCard: (number) =>
    tokenizeSandboxCard(paymentSandboxUrl)({
      number,
      expMonth: 12,
      expYear: new Date().getFullYear() + 3,
      cvc: '123',
    }),
  origin,
  linksMailedTo: (address) => mailedLinks(mailboxUrl, address),
  as(person) {
    const { email, password } =
      person === 'admin' ? signInOf('superAdmin') : { email: person.email, password: owner.password };
    const session = sessions.get(email) ?? signIn(origin, { email, password });
    sessions.set(email, session);
    return session;
  },
};

await bringAlong(demo, demo.own);
tell({ ready: true });
for (const { title, plant } of demoParts) {
  await plant(demo, (done, of) => void tell({ part: title, done, of }));
}
await client.connection.close();
process.disconnect?.();
