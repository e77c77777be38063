import assert from 'node:assert/strict';
import { confirmEmailContract } from '../../../../../workflows/identity/confirm-email.contract.ts';
import { type Caller, type Platform, startPlatform } from '../../../../support/api.ts';
import { eventually } from '../../../../support/world.ts';

const reason = 'Reset by the test, as a reason';
const tester = { type: 'system', id: 'test' } as const;
const card = { number: '4242424242424242', expMonth: 12, expYear: 2034, cvc: '123' };
const profile = {
  ...{ legalName: 'Panadería Rivera SL', industry: 'Retail', teamSize: '2–10' },
  ...{ country: 'ES', timezone: 'Europe/Madrid', language: 'en' },
};

describe('[WF-3] a run is reset to a step', function () {
  this.timeout(180_000);
  let platform: Platform;
  let admin: Caller;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
  });
  after(() => platform.stop());

  const reset = (runId: string, body: unknown, key?: string) =>
    admin.call('POST', `/api/admin/runs/${runId}/reset`, body, key ? { 'idempotency-key': key } : {});
  const preview = async (runId: string, step: string) =>
    admin.call('GET', `/api/admin/runs/${runId}/reset-preview?step=${step}`);
  const settled = (runId: string, state: string) =>
    eventually(
      () => admin.call('GET', `/api/admin/runs/${runId}`),
      ({ status, body }) => status === 200 && body.state === state,
      30_000,
    );

  async function sentLink() {
    const business = await platform.business();
    const mails = async () => (await platform.world.mails(business.email)).length;
    await eventually(mails, (count) => count === 1);
    const input = { tenantId: business.tenantId, userId: business.userId };
    const { runId } = await platform.processes.start(confirmEmailContract, input, tester);
    await settled(runId, 'done');
    return { business, runId, mails };
  }

  it('tells what happens a second time, does it, and links the two runs', async () => {
    const { business, runId, mails } = await sentLink();
    assert.equal(await mails(), 2);
    const { body } = await preview(runId, 'send');
    assert.deepEqual(
      body.points.map(({ step }: { step: string }) => step),
      ['send'],
    );
    assert.deepEqual(
      [body.preview.again, body.preview.kept, body.preview.effects, body.preview.undeclared],
      [['Send the link'], [], [{ kind: 'email', whenReset: 'again', count: 1 }], []],
    );
    const page = (await admin.call('GET', `/admin/workflows/${runId}/reset?step=send`)).text;
    assert.match(page, /These happen a second time:[^]*1 email[^]*This run has ended and stays as it is/);
    assert.match(page, /Reset to “Send the link”/);

    assert.equal((await reset(runId, { step: 'send', reason: 'short' })).status, 422);
    const done = await reset(runId, { step: 'send', reason }, 'the-same-key');
    assert.equal(done.status, 200, done.text);
    const newRun = done.body.runId as string;
    assert.notEqual(newRun, runId);
    await settled(newRun, 'done');
    assert.equal(await mails(), 3);

    const again = await reset(runId, { step: 'send', reason }, 'the-same-key');
    assert.deepEqual([again.status, again.body.runId], [200, newRun], again.text);
    const other = await reset(runId, { step: 'send', reason }, 'another-key');
    assert.deepEqual([other.status, other.body.code], [409, 'run.superseded']);
    assert.equal(await mails(), 3);

    const audit = `/api/admin/audit-events?tenant=${business.tenantId}&action=run.reset`;
    assert.deepEqual(
      (await admin.call('GET', audit)).body.items.map(({ data }: { data: unknown }) => data),
      [{ step: 'send', reason, newRunId: newRun }],
    );
    const old = (await admin.call('GET', `/admin/workflows/${runId}`)).text;
    assert.match(old, new RegExp(`href="/admin/workflows/${newRun}"[^>]*>Reset: a new run continues it`));
    const later = (await admin.call('GET', `/admin/workflows/${newRun}`)).text;
    assert.match(later, new RegExp(`href="/admin/workflows/${runId}"[^>]*>Reset from an earlier run`));
    assert.match(
      (await admin.call('GET', `/admin/workflows/${runId}/reset`)).text,
      /A later run of the same/,
    );
  });

  it('sends again what was asked for, and charges nothing twice', async () => {
    const business = await platform.business();
    const submit = (step: string, body: unknown) =>
      business.call('POST', `/api/client/onboarding/steps/${step}`, body);
    assert.equal((await submit('profile', profile)).status, 200);
    const plan = { planKey: 'growth', interval: 'month', start: 'now', card };
    assert.equal((await submit('plan', plan)).status, 200);
    const { body: list } = await eventually(
      () => admin.call('GET', `/api/admin/runs?tenant=${business.tenantId}&process=onboard-tenant`),
      ({ body }) => body.items[0]?.currentStep === 'tools',
    );
    const runId = list.items[0].runId as string;
    assert.equal((await platform.world.charges(business.tenantId)).length, 1);

    for (const [step, code] of [
      ['website', '409 step.not-begun'],
      ['nonsense', '404 step.not-found'],
    ] as const) {
      const refused = await reset(runId, { step, reason });
      assert.equal(`${refused.status} ${refused.body.code}`, code);
    }
    const { body } = await preview(runId, 'plan');
    assert.deepEqual([body.preview.again, body.preview.isOpen], [['Plan and payment', 'Tools'], true]);
    assert.deepEqual(body.preview.messages, [{ title: 'Submit step', count: 1 }]);
    assert.ok(
      body.preview.effects.some(
        ({ kind, whenReset }: { kind: string; whenReset: string }) =>
          kind === 'payment' && whenReset === 'once',
      ),
      JSON.stringify(body.preview.effects),
    );
    const form = await admin.form(`/admin/workflows/${runId}/reset`, { step: 'plan', reason: 'no' });
    assert.equal(form.status, 422);
    assert.match(form.text, /What happens when you reset to “Plan and payment”/);
    const done = await admin.form(`/admin/workflows/${runId}/reset`, {
      ...{ step: 'plan', reason, requestKey: 'key-of-the-form' },
    });
    assert.equal(done.status, 303, done.text.slice(0, 400));
    const newRun = (done.headers.get('location') ?? '').split('/').at(-1) ?? '';
    assert.notEqual(newRun, runId);
    await eventually(
      () => admin.call('GET', `/api/admin/runs/${newRun}`),
      ({ status, body: now }) => status === 200 && now.currentStep === 'tools' && now.state === 'waiting',
      30_000,
    );
    assert.equal((await settled(runId, 'stopped')).body.state, 'stopped');
    assert.equal((await platform.world.charges(business.tenantId)).length, 1);
    // The owner continues in the new run, without noticing.
    assert.equal((await submit('tools', { tools: ['stripe'] })).status, 200);
  });

  it('is for administrators only', async () => {
    const { business, runId } = await sentLink();
    const partner = await platform.partner();
    for (const caller of [partner, business]) {
      const body = { step: 'send', reason };
      assert.equal((await caller.call('POST', `/api/admin/runs/${runId}/reset`, body)).status, 403);
      assert.equal((await caller.call('GET', `/admin/workflows/${runId}/reset`)).status, 403);
    }
  });
});
