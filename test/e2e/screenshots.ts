import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { areas } from '../../api/areas.ts';
import type { Role } from '../../db/domain/roles.ts';
import { type Caller, callerOf, type Platform, startPlatform } from '../support/api.ts';
import { stopTestServices } from '../support/workspace.ts';
import { stopOnSignals } from '../support/signals.ts';
import { projectRoot } from '../support/source-files.ts';
import type { Mailbox } from '../support/confirm.ts';
import { eventually, mailsIn } from '../support/world.ts';
import { openVisitor } from './browser.ts';
import { addressesFor, findIds } from './pages.ts';
import { takePictures } from './pictures.ts';
import { plant, type Planted } from './planted.ts';
import { plantTools } from './planted-tools.ts';

/**
 * npm run screenshots: every page of the portal in light, dark and at the width of a phone, into screenshots/.
 * Starts a platform of its own; PORTAL_URL takes a running one instead, with the sign-ins of the runtime.json that
 * RUNTIME_FILE names. Words after the command keep only the addresses that hold one of them; `--pictures` writes
 * the pictures that the portal itself ships instead.
 */
const looks = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1360, height: 850 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1360, height: 850 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const;

const target = join(projectRoot, 'screenshots');
const wanted = process.argv.slice(2);

interface Stage {
  url: string;
  mails: Mailbox;
  staff: { role: Role; caller: Caller }[];
  /** Has the live business use tools, where a stand-in for the service can be put. */
  tools(planted: Planted): Promise<Planted>;
  /** Lets what was planted grow older, where that can be done. */
  age(): Promise<void>;
  stop(): Promise<void>;
}

interface SignIn {
  role: Role | 'client';
  email: string;
  password: string;
}

async function runningStage(url: string): Promise<Stage> {
  const file = process.env['RUNTIME_FILE'] ?? join(projectRoot, '.data', 'runtime.json');
  const { signIns, urls } = JSON.parse(await readFile(file, 'utf8')) as {
    signIns: SignIn[];
    urls: { mailbox: string };
  };
  const staff: Stage['staff'] = [];
  for (const { role, email, password } of signIns) {
    if (role === 'client') continue;
    const caller = callerOf(url);
    const { status } = await caller.call('POST', '/api/public/sign-in', { email, password });
    if (status !== 200) throw new Error(`${email} cannot sign in at ${url}: ${status}`);
    staff.push({ role, caller });
  }
  return {
    url,
    mails: (to) => mailsIn(urls.mailbox, to),
    staff,
    tools: async (planted) => planted,
    age: async () => undefined,
    stop: async () => undefined,
  };
}

/** Time has passed for some, so that there is something that needs a hand. */
async function letTimePass({ world }: Platform): Promise<void> {
  const { owner } = world.database;
  const of = (column: string) => `${column} in (select id from tenants where name = any($1))`;
  const waiting = [['Harbour View Dental', 'Casa Azul Hostel']];
  // What Temporal says again of these runs is then older and does not count.
  await owner(`update runs set changed_at = now() + interval '1 hour' where ${of('tenant_id')}`, waiting);
  const standing = `update run_steps set since = since - interval '4 days' where state = 'waiting' and ${of('tenant_id')}`;
  await owner(standing, waiting);
  const trial = `update subscriptions set status = 'trialing', trial_ends_at = now() + interval '2 days' where ${of('tenant_id')}`;
  await owner(trial, [['Okafor & Daughters Physiotherapy']]);
  // A trial has brought nothing yet.
  await owner(`delete from mrr_movements where ${of('tenant_id')}`, [['Okafor & Daughters Physiotherapy']]);
  const unpaid = `update subscriptions set status = 'pastDue', period_end = now() - interval '5 days' where ${of('tenant_id')}`;
  await owner(unpaid, [['Fjord Legal']]);
}

async function ownStage(): Promise<Stage> {
  const platform = await startPlatform();
  const [superAdmin, partner] = [await platform.admin(), await platform.partner()];
  const { owner } = platform.world.database;
  let closeTools: () => Promise<void> = async () => undefined;
  return {
    url: platform.url,
    mails: platform.world.mails,
    staff: [
      { role: 'superAdmin', caller: superAdmin },
      { role: 'partner', caller: partner },
    ],
    async tools(planted) {
      const { calls, close } = await plantTools(platform, planted);
      closeTools = close;
      return { ...planted, calls };
    },
    async age() {
      const theirs = ['Atelier Dubois', 'Harbour View Dental', 'Fjord Legal'];
      await owner('update tenants set partner_id = $1 where name = any($2)', [partner.partnerId, theirs]);
      await owner("update users set name = 'Amina Yusuf' where platform_role = 'superAdmin'");
      await owner("update users set name = 'Lars Holm' where platform_role = 'partner'");
      await letTimePass(platform);
    },
    async stop() {
      await platform.stop();
      await closeTools();
    },
  };
}

const fileOf = (address: string) =>
  address
    .replace(/(ten|inv|cal)_\w+|[0-9a-f-]{36}/g, 'id')
    .replace(/[^a-z0-9]+/gi, '-')
    .replace(/^-|-$/g, '') || 'home';

async function shoot(
  url: string,
  folder: string,
  addresses: readonly string[],
  as?: Caller,
): Promise<number> {
  const chosen = addresses.filter(
    (address) => wanted.length === 0 || wanted.some((word) => address.includes(word)),
  );
  for (const { name, ...look } of looks) {
    const { context, page, problems } = await openVisitor(url, {
      ...look,
      ...(as && { as }),
      reducedMotion: 'reduce',
    });
    for (const address of chosen) {
      await page.goto(address);
      await page.screenshot({ path: join(target, name, folder, `${fileOf(address)}.png`), fullPage: true });
    }
    for (const problem of problems) console.log(`${folder}, ${name}: ${problem}`);
    await context.close();
  }
  return chosen.length * looks.length;
}

async function main(): Promise<void> {
  const running = process.env['PORTAL_URL'];
  const stage = running ? await runningStage(running) : await ownStage();
  const { url, staff } = stage;
  try {
    const planted = await stage.tools(await plant(url, stage.mails));
    const [first] = staff;
    if (!first) throw new Error('no user can sign in');
    const open = () => first.caller.call('GET', '/api/admin/runs?state=waiting');
    await eventually(open, ({ body }) => body.items.length >= 8);
    await stage.age();
    if (wanted.includes('--pictures')) return await takePictures(url, planted.live);
    if (wanted.length === 0) await rm(target, { recursive: true, force: true });
    await mkdir(target, { recursive: true });
    const ids = await findIds(first.caller, planted);
    let count = await shoot(url, 'anonymous', addressesFor('anonymous', ids));
    for (const { role, caller } of staff) {
      count += await shoot(url, role, addressesFor(role, await findIds(caller, planted)), caller);
    }
    const own = addressesFor('owner', ids);
    count += await shoot(url, 'owner', own, planted.live);
    count += await shoot(
      url,
      'owner-setting-up',
      own.filter((address) => address.startsWith('/app')),
      planted.settingUp,
    );
    console.log(`${count} pictures of ${areas.length} areas in ${target}`);
  } finally {
    await stage.stop();
    await stopTestServices();
  }
}

stopOnSignals();
await main();
