import assert from 'node:assert/strict';
import { AppError } from '../../../db/domain/errors.ts';
import {
  onboardTenantContract,
  type Submission,
} from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import { type Platform, startPlatform } from '../../support/api.ts';
import { planChoice, profileChoice, quickChoices, type SignedUp, signUp } from '../../support/sign-up.ts';
import { eventually } from '../../support/world.ts';
import { dayMs } from '../../../db/domain/time.ts';

const by = { type: 'user' as const, id: 'usr_support' };
const reason = 'The owner asked on the phone';

async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => assert.fail('was not refused'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof AppError, String(error));
  return error;
}

describe('[ONB-2] [ONB-3] onboarding, step by step', function () {
  this.timeout(90_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  const start = () => signUp(platform.world, platform.processes);
  const stateOf = async (business: SignedUp, step: string) =>
    (await business.progress()).steps.find(({ key }) => key === step)?.state;
  const rows = (table: string, business: SignedUp) =>
    platform.world.database.owner<Record<string, unknown>>(`select * from ${table} where tenant_id = $1`, [
      business.tenantId,
    ]);

  async function upTo(step: 'review', change: Parameters<typeof planChoice>[1] = {}): Promise<SignedUp> {
    const business = await start();
    await business.submit(profileChoice);
    await business.submit(await planChoice(business, change));
    for (const choice of quickChoices.filter((candidate) => candidate.step !== step))
      await business.submit(choice);
    return business;
  }

  it('leads from sign-up to live: charged once, invoiced with a number, mailed with its PDF', async () => {
    const business = await upTo('review');
    await business.submit({ step: 'review', choice: { acceptTerms: true } });
    await eventually(business.progress, ({ state }) => state === 'done');
    const [tenant] = await platform.world.database.owner<{ status: string }>(
      'select status from tenants where id = $1',
      [business.tenantId],
    );
    assert.equal(tenant?.status, 'live');
    const charges = await platform.world.charges(business.tenantId);
    assert.deepEqual(
      charges.map(({ amountMinor }) => amountMinor),
      [14_900],
    );
    const [invoice] = await rows('invoices', business);
    assert.match(String(invoice?.['number']), /^BIZ-\d{4}-\d{6}$/);
    assert.equal(invoice?.['total_minor'], 14_900);
    const mails = await eventually(
      () => platform.world.mails(business.email),
      (list) => list.length >= 3,
    );
    assert.equal(mails.filter(({ subject }) => subject.includes(String(invoice?.['number']))).length, 1);
    assert.ok(mails.every(({ deliveries }) => deliveries === 1));
  });

  it('a trial verifies the card, charges nothing and issues an invoice over nothing', async () => {
    const business = await upTo('review', { start: 'trial' });
    assert.deepEqual(await platform.world.charges(business.tenantId), []);
    const [subscription] = await rows('subscriptions', business);
    assert.equal(subscription?.['status'], 'trialing');
    const [invoice] = await rows('invoices', business);
    assert.equal(invoice?.['total_minor'], 0);
  });

  for (const start of ['now', 'trial'] as const) {
    it(`a declined card (${start}) comes back to the step with the gateway's reason, and another card goes through`, async () => {
      const business = await signUp(platform.world, platform.processes);
      await business.submit(profileChoice);
      const error = await refusal(
        business.submit(await planChoice(business, { number: '4000000000000002', start })),
      );
      assert.equal(error.code, 'payment.declined');
      assert.match(error.message, /declined/);
      assert.ok(error.fields?.['card.number']);
      const step = (await business.progress()).steps.find(({ key }) => key === 'plan');
      assert.deepEqual(
        [step?.state, step?.waitingFor, step?.error?.code],
        ['waiting', 'owner', 'payment.declined'],
      );
      assert.deepEqual(
        [(await rows('subscriptions', business)).length, (await rows('invoices', business)).length],
        [0, 0],
      );
      await business.submit(await planChoice(business, { start }));
      assert.equal(await stateOf(business, 'plan'), 'done');
    });
  }

  it('a card that will fail at renewal is accepted now', async () => {
    const business = await start();
    await business.submit(profileChoice);
    await business.submit(await planChoice(business, { number: '4000000000000341' }));
    assert.equal((await platform.world.charges(business.tenantId)).length, 1);
  });

  it('refuses a step before the ones it comes after, and changes nothing', async () => {
    const business = await start();
    const before = await business.progress();
    const error = await refusal(business.submit({ step: 'tools', choice: { tools: [] } }));
    assert.equal(error.code, 'step.not-open');
    assert.deepEqual(await business.progress(), before);
  });

  it('does again only what rests on what was changed', async () => {
    const business = await upTo('review');
    const since = async () =>
      Object.fromEntries((await business.progress()).steps.map(({ key, attempts }) => [key, attempts]));
    const before = await since();
    const { choice } = profileChoice as Extract<Submission, { step: 'profile' }>;
    await business.submit({ step: 'profile', choice: { ...choice, legalName: 'Another Name Ltd' } });
    const renamed = await since();
    assert.deepEqual(renamed, { ...before, profile: (before['profile'] ?? 0) + 1 });
    await business.submit({ step: 'profile', choice: { ...choice, country: 'FR' } });
    const moved = await since();
    assert.equal(moved['plan'], (before['plan'] ?? 0) + 1, 'the plan rests on the country');
    assert.equal(moved['tools'], before['tools'], 'the tools do not');
    assert.equal((await platform.world.charges(business.tenantId)).length, 1, 'and nothing is charged twice');
  });

  it('opens a later step again when a smaller plan no longer carries it', async () => {
    const business = await upTo('review');
    await business.submit({
      step: 'tools',
      choice: { tools: ['stripe', 'ga4', 'slack', 'zoom', 'wix', 'notion'] },
    });
    await business.submit(await planChoice(business, { planKey: 'starter' }));
    const tools = (await business.progress()).steps.find(({ key }) => key === 'tools');
    assert.deepEqual([tools?.state, tools?.error?.code], ['waiting', 'plan.limit-exceeded']);
    const [charge, second] = await platform.world.charges(business.tenantId);
    const amounts = [charge, second].map((one) => [one?.amountMinor, one?.refundedMinor]);
    assert.deepEqual(
      amounts.sort(),
      [
        [14_900, 14_900],
        [4_900, 0],
      ].sort(),
      'the first plan is given back',
    );
    const error = await refusal(business.submit({ step: 'review', choice: { acceptTerms: true } }));
    assert.equal(error.code, 'step.not-open');
  });

  it('keeps a finished step with its choice when a change to it is refused', async () => {
    const business = await upTo('review');
    const error = await refusal(business.submit({ step: 'agents', choice: { agents: ['sales'] } }));
    assert.equal(error.code, 'request.invalid');
    assert.equal(
      error.message,
      'Sales assistant needs one of these tools: HubSpot, Salesforce, Pipedrive, FluentCRM.',
    );
    assert.equal(await stateOf(business, 'agents'), 'done');
    const stored = await rows('onboarding_choices', business);
    assert.deepEqual(stored.find(({ step }) => step === 'agents')?.['choice'], { agents: ['bookkeeper'] });
  });

  it('says how many a plan includes in the right number', async () => {
    const business = await upTo('review');
    await business.submit(await planChoice(business, { planKey: 'starter' }));
    await business.submit({ step: 'tools', choice: { tools: ['stripe'] } });
    const agents = ['bookkeeper', 'analyst'] as const;
    const error = await refusal(business.submit({ step: 'agents', choice: { agents: [...agents] } }));
    assert.equal(error.message, 'Your plan includes 1 agent; you chose 2.');
  });

  /** What a try leaves behind that took the money and never came to book it. */
  const takenAndNotBooked = async ({ tenantId, payWith }: SignedUp) => {
    const { id: paymentMethodId } = await payWith('4242424242424242');
    const money = { amountMinor: 4_900, currency: 'EUR', description: 'BizOSaaS Starter', offSession: false };
    const order = { ...money, paymentMethodId, customerRef: tenantId, key: `lost/${tenantId}` };
    return platform.world.deps.payments.charge(order);
  };

  it('gives back what was taken and never booked, once another card is charged', async () => {
    const business = await start();
    await business.submit(profileChoice);
    const { ref } = await takenAndNotBooked(business);
    await business.submit(await planChoice(business));
    const standing = (await platform.world.charges(business.tenantId)).map(
      ({ id, amountMinor, refundedMinor }) => [id === ref ? 'lost' : 'kept', amountMinor, refundedMinor],
    );
    assert.deepEqual(standing.sort(), [
      ['kept', 14_900, 0],
      ['lost', 4_900, 4_900],
    ]);
    const [event] = await platform.world.database.owner<{ body: { data: unknown } }>(
      `select body from events where tenant_id = $1 and action = 'payment.refunded'`,
      [business.tenantId],
    );
    assert.deepEqual(event?.body.data, { amountMinor: 4_900, currency: 'EUR', booked: false });
  });

  it('tells of it once, also where the try that gave it back broke off before it could', async () => {
    const business = await start();
    await business.submit(profileChoice);
    const { ref: chargeRef } = await takenAndNotBooked(business);
    const { deps, database } = platform.world;
    await deps.payments.refund({ chargeRef, key: `refund/unbooked/${chargeRef}` });
    await business.submit(await planChoice(business));
    await business.submit(await planChoice(business, { planKey: 'starter' }));
    const told = await database.owner<{ body: { data: { amountMinor: number } } }>(
      `select body from events where tenant_id = $1 and action = 'payment.refunded' and target_id = $2`,
      [business.tenantId, chargeRef],
    );
    assert.deepEqual(
      told.map(({ body }) => body.data.amountMinor),
      [4_900],
    );
  });

  it('refunds it as well when onboarding ends without a plan', async () => {
    const business = await start();
    await business.submit(profileChoice);
    await takenAndNotBooked(business);
    const refused = await refusal(
      business.submit(await planChoice(business, { number: '4000000000000002' })),
    );
    assert.equal(refused.code, 'payment.declined');
    await platform.processes.cancel({ workflowId: business.id, runId: '' });
    await eventually(
      () => platform.world.charges(business.tenantId),
      (all) => all.some(({ refundedMinor }) => refundedMinor === 4_900),
    );
  });

  it('takes submissions of two devices one after the other', async () => {
    const business = await start();
    await business.submit(profileChoice);
    const [one, two] = [await planChoice(business), await planChoice(business)];
    await Promise.all([business.submit(one), business.submit(two)]);
    const active = (await rows('subscriptions', business)).filter(({ status }) => status !== 'cancelled');
    assert.equal(active.length, 1);
    const kept = (await platform.world.charges(business.tenantId)).filter(
      (charge) => charge.refundedMinor === 0,
    );
    assert.equal(kept.length, 1);
  });

  it('[ONB-4] an administrator skips what may be skipped, with a reason, and nothing else', async () => {
    const business = await start();
    await business.submit(profileChoice);
    const target = { workflowId: business.id, runId: '' };
    const plan = await refusal(
      platform.processes.adminAction(target, 'skipStep', { step: 'plan', reason, by }),
    );
    assert.equal(plan.code, 'step.not-skippable');
    await business.submit(await planChoice(business));
    await platform.processes.adminAction(target, 'skipStep', { step: 'tools', reason, by });
    assert.equal(await stateOf(business, 'tools'), 'skipped');
    assert.equal(await stateOf(business, 'website'), 'waiting');
    const [event] = await platform.world.database.owner<{ body: { actor: unknown; data: unknown } }>(
      `select body from events where tenant_id = $1 and action = 'run.step-skipped'`,
      [business.tenantId],
    );
    assert.deepEqual([event?.body.actor, event?.body.data], [by, { step: 'tools', reason }]);
  });

  it('[ONB-4] cancelled from outside, it undoes everything it did', async () => {
    const business = await upTo('review');
    await platform.processes.cancel({ workflowId: business.id, runId: '' });
    await eventually(
      () =>
        platform.world.database.owner<{ status: string }>('select status from tenants where id = $1', [
          business.tenantId,
        ]),
      ([tenant]) => tenant?.status === 'abandoned',
    );
    const [charge] = await platform.world.charges(business.tenantId);
    assert.equal(charge?.refundedMinor, 14_900);
    const error = await refusal(business.submit(profileChoice));
    assert.equal(error.code, 'run.ended');
  });

  it('[ONB-5] says for whom it waits, since when and what happens next', async () => {
    const business = await start();
    const { steps, next, state } = await business.progress();
    assert.equal(state, 'waiting');
    assert.equal(steps.find(({ key }) => key === 'profile')?.waitingFor, 'owner');
    assert.equal(next?.kind, 'reminder');
    const { closesAt } = await platform.processes.update(
      onboardTenantContract,
      business.id,
      'extendDeadline',
      { days: 3, reason, by },
    );
    assert.ok(new Date(closesAt).getTime() > Date.now() + 16 * dayMs);
  });
});
