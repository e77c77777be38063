import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/world.ts';
import { acts, type Customer, newCustomer, type Person } from './customer.ts';
import { type Expected, collectFacts, findViolations } from './invariants.ts';
import { type Launched, launchPlatform, type Victim, victims } from './launched.ts';

/** Each victim falls once early and once late in the work of a round. */
const delaysMs = [40, 220];
const rounds = delaysMs.flatMap((delayMs) => victims.map((victim) => ({ victim, delayMs })));

describe('[ONB-6] onboarding while its parts are killed', function () {
  this.timeout(180_000);
  let platform: Launched;
  let url: string;
  const customers: Customer[] = [];

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
    const customer = newCustomer(url, person(n), `chaos-request-${n}`);
    customers.push(customer);
    return customer;
  }

  const expected = (): Expected[] =>
    customers.map(({ tenantId, person: { businessName, email } }) => ({ tenantId: tenantId(), businessName, email }));

  /** Waits until everything has come to rest, then looks for anything that happened twice or not at all. */
  async function assertExactlyOnce(): Promise<void> {
    for (const customer of customers) await eventually(customer.status, (status) => status === 'live', 90_000);
    const violations = await eventually(
      async () => findViolations(await collectFacts(platform, expected()), expected()),
      (found) => found.length === 0,
      30_000,
    );
    assert.deepEqual(violations, []);
  }

  it('goes on after SIGKILL of worker, API, Temporal and PostgreSQL, at every step', async () => {
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
      console.log(`      ${victim}, killed after ${delayMs} ms: all steps answered after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
      belt.shift();
      belt.push({ customer: next(), done: 0 });
    }
    while (belt.length > 0) {
      await Promise.all(belt.map(advance));
      belt.splice(0, belt.length, ...belt.filter(({ done }) => done < acts.length));
    }
    await assertExactlyOnce();
  });
});
