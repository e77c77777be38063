import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { callerOf } from '../support/api.ts';
import { eventually } from '../support/world.ts';
import { acts, type Customer, newCustomer, patienceMs, type Person } from './customer.ts';
import { type Expected, collectFacts, findViolations } from './invariants.ts';
import { findInFiles } from './find-in-files.ts';
import { type Launched, launchPlatform, victims } from './launched.ts';
import { plantChange, plantCharge, plantMail, wrongFacts } from './plants.ts';

/** Each victim falls once early and once late in the work of a round. */
const delaysMs = [40, 220];
const rounds = delaysMs.flatMap((delayMs) => victims.map((victim) => ({ victim, delayMs })));

/** Pieces of everything the customers typed in, and of what was made of it. */
const canaries = ['Kanarie', 'kanarie', '$argon2id$', '4242424242424242', '4242 4242', '"last4"', '"visa"'];

describe('[ONB-6] onboarding while its parts are killed', function () {
  // Eight kills in one test, and a process that falls needs up to a minute to return on a busy machine.
  this.timeout(600_000);
  let platform: Launched;
  let url: string;
  const customers: Customer[] = [];
  const mails = async (to: string) => {
    const { urls } = await platform.runtime();
    const inbox = `${urls.mailbox}/api/mails?to=${encodeURIComponent(to)}`;
    return (await platform.json<{ items: { text: string }[] }>(inbox)).items;
  };

  before(async () => {
    platform = await launchPlatform();
    url = (await platform.runtime()).urls.api;
  });
  after(() => platform.stop());

  function person(n: number): Person {
    return {
      businessName: `Kanarienhaus ${n}`,
      ownerName: `Olga Kanarie ${n}`,
      email: `kanarie${n}@kanarien.example`,
      password: 'a sturdy kanarie sings 77',
      legalName: `Kanarienhaus Recht ${n} SL`,
    };
  }

  function next(): Customer {
    const n = customers.length + 1;
    const customer = newCustomer(url, mails, person(n), `chaos-request-${n}`);
    customers.push(customer);
    return customer;
  }

  const expected = (): Expected[] =>
    customers.map(({ tenantId, person: { businessName, email } }) => ({
      tenantId: tenantId(),
      businessName,
      email,
    }));

  /** Waits until everything has come to rest, then looks for anything that happened twice or not at all. */
  async function assertExactlyOnce(): Promise<void> {
    for (const customer of customers)
      await eventually(customer.status, (status) => status === 'live', patienceMs);
    const { violations, mails } = await eventually(
      async () => {
        const facts = await collectFacts(platform, expected());
        return { violations: findViolations(facts, expected()), mails: facts.mails };
      },
      (found) => found.violations.length === 0,
      60_000,
    );
    assert.deepEqual(violations, []);
    const again = mails.filter(({ deliveries }) => deliveries > 1).length;
    console.log(`      ${mails.length} mails, of which ${again} were delivered again and recognised`);
  }

  it('continues after SIGKILL of worker, API, Temporal and PostgreSQL, at every step', async () => {
    // A conveyor: in each round every step is under way for some customer when the process falls.
    const belt: { customer: Customer; done: number }[] = [];
    const advance = async (seat: (typeof belt)[number]) => {
      await seat.customer.do(acts[seat.done] as (typeof acts)[number]);
      seat.done += 1;
    };
    for (let step = 0; step < acts.length; step += 1) {
      await Promise.all(belt.map(advance));
      belt.push({ customer: next(), done: 0 });
    }
    for (const { victim, delayMs } of rounds) {
      const startedAt = Date.now();
      const round = Promise.all(belt.map(advance));
      await sleep(delayMs);
      await platform.kill(victim);
      await round;
      console.log(
        `      ${victim}, killed after ${delayMs} ms: all steps answered after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`,
      );
      belt.shift();
      belt.push({ customer: next(), done: 0 });
    }
    while (belt.length > 0) {
      await Promise.all(belt.map(advance));
      belt.splice(0, belt.length, ...belt.filter(({ done }) => done < acts.length));
    }
    await assertExactlyOnce();
  });

  it('charges once when the worker dies before, in and after the charge', async () => {
    const customer = next();
    const killWorker = () => platform.kill('worker');
    await customer.do('sign-up');
    await customer.do('profile');

    const early = platform.charges.arm(customer.tenantId(), 'before', killWorker);
    const late = platform.charges.arm(customer.tenantId(), 'after', async () => {
      assert.deepEqual(await standing(customer), { charges: 1, payments: 0 }, 'taken there, not booked here');
      await killWorker();
    });
    const booked = await holdAfterBooking(customer.tenantId());
    const plan = customer.do('plan');
    await early.sprung;
    await late.sprung;
    await booked.reached();
    assert.deepEqual(await standing(customer), { charges: 1, payments: 1 }, 'booked, not yet reported');
    await killWorker();
    await booked.release();
    await plan;
    await finish(customer, 'tools');
    await assertExactlyOnce();
  });

  it('charges once when the customer, left without an answer, sends the card again', async () => {
    const customer = next();
    await customer.do('sign-up');
    await customer.do('profile');
    // Accepted by the mail server, and the worker dies before it hears so.
    const invoice = platform.mails.arm(customer.person.email, 'after', () => platform.kill('worker'));
    const charge = platform.charges.arm(customer.tenantId(), 'after', () => platform.kill('api'));
    await Promise.all([customer.do('plan'), charge.sprung, invoice.sprung]);
    await finish(customer, 'tools');
    await assertExactlyOnce();
  });

  it('[SEC-8] leaves nothing of what customers told us in the logs and in the database of Temporal', async () => {
    // A known address, so that a refused run is looked at too.
    const [known] = (await platform.runtime()).signIns;
    const { legalName: _legalName, ...stranger } = person(customers.length + 1);
    const again = { ...stranger, email: known?.email ?? '', timezone: 'Europe/Madrid', language: 'en' };
    assert.equal((await callerOf(url).call('POST', '/api/public/sign-up', again)).status, 202);
    await eventually(
      () => mails(again.email),
      (received) => received.some(({ text }) => text.includes('already have an account')),
    );
    const ids = await findInFiles(platform.dataDir, [customers[0]?.tenantId() ?? '']);
    for (const file of [/^temporal.official/, /^logs.worker/]) {
      assert.ok(
        ids.some((place) => file.test(place)),
        'the search finds what stands there in clear',
      );
    }
    assert.deepEqual(await findInFiles(platform.dataDir, canaries), []);
  });

  it('would have seen it: planted in the ledgers, every violation is found', async () => {
    const [{ tenantId, email } = { tenantId: '', email: '' }] = expected();
    const { urls } = await platform.runtime();
    const look = async () => collectFacts(platform, expected());
    const right = await look();
    assert.deepEqual(findViolations(right, expected()), []);
    for (const [what, plant] of Object.entries(wrongFacts)) {
      const facts = structuredClone(right);
      plant(facts);
      assert.notDeepEqual(findViolations(facts, expected()), [], what);
    }

    await plantCharge(urls.paymentSandbox, tenantId);
    await plantMail(platform.mails.url, email);
    await plantChange(platform, tenantId);
    const found = findViolations(await look(), expected()).join('\n');
    assert.match(found, /2 × charge at the gateway instead of one/);
    assert.match(found, /2 × mail about confirm instead of one/);
    assert.match(found, new RegExp(`an audit chain does not hold: ${tenantId}`));
  });

  async function standing(customer: Customer): Promise<{ charges: number; payments: number }> {
    const { urls } = await platform.runtime();
    const tenantId = customer.tenantId();
    const { items } = await platform.json<{ items: unknown[] }>(
      `${urls.paymentSandbox}/v1/charges?customerRef=${tenantId}`,
    );
    const payments = await platform.rows('select 1 from payments where tenant_id = $1', [tenantId]);
    return { charges: items.length, payments: payments.length };
  }

  async function finish(customer: Customer, from: (typeof acts)[number]): Promise<void> {
    for (const act of acts.slice(acts.indexOf(from))) await customer.do(act);
  }

  /** Makes the worker stand still between the booking of a payment and its word to Temporal that it is done. */
  async function holdAfterBooking(tenantId: string) {
    const session = await platform.session();
    await session.query('select pg_advisory_lock(4711)');
    await session.query(`create or replace function chaos_wait() returns trigger language plpgsql as $$
      begin perform pg_advisory_xact_lock_shared(4711); return new; end $$`);
    await session.query(`create trigger chaos_wait before insert on onboarding_choices for each row
      when (new.tenant_id = '${tenantId}' and new.step = 'plan') execute function chaos_wait()`);
    return {
      reached: () =>
        eventually(
          async () =>
            (await session.query(`select 1 from pg_locks where locktype = 'advisory' and not granted`))
              .rowCount,
          (waiting) => waiting === 1,
          patienceMs,
        ),
      async release() {
        await session.query('select pg_advisory_unlock(4711)');
        await session.query('drop trigger chaos_wait on onboarding_choices');
        await session.end();
      },
    };
  }
});
