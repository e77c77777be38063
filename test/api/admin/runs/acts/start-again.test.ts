import assert from 'node:assert/strict';
import { confirmEmailContract } from '../../../../../workflows/identity/confirm-email.contract.ts';
import { type Caller, type Platform, startPlatform } from '../../../../support/api.ts';
import { eventually } from '../../../../support/world.ts';

const reason = 'Started again by the test';
const tester = { type: 'system', id: 'test' } as const;

describe('[WF-3] [WF-6] a run is started again with edited input', function () {
  this.timeout(180_000);
  let platform: Platform;
  let admin: Caller;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
  });
  after(() => platform.stop());

  const again = (runId: string, body: unknown, key?: string) =>
    admin.call('POST', `/api/admin/runs/${runId}/start-again`, body, key ? { 'idempotency-key': key } : {});
  const ended = (runId: string) =>
    eventually(
      () => admin.call('GET', `/api/admin/runs/${runId}`),
      ({ status, body }) => status === 200 && body.state === 'done',
    );

  async function sentLink() {
    const business = await platform.business();
    const input = { tenantId: business.tenantId, userId: business.userId };
    const { runId } = await platform.processes.start(confirmEmailContract, input, tester);
    await ended(runId);
    return { business, runId };
  }

  it('shows the form filled, starts the new run and links the two', async () => {
    const { business, runId } = await sentLink();
    const colleague = await platform.colleague(business.tenantId, 'member');
    const me = await colleague.call('GET', '/api/session');
    const other = me.body.userId as string;
    const page = await admin.call('GET', `/admin/workflows/${runId}/start-again`);
    assert.equal(page.status, 200);
    assert.match(page.text, new RegExp(`name="input.tenantId"[^>]*data-chosen="${business.tenantId}"`));
    assert.match(page.text, new RegExp(business.userId));
    const refused = await admin.form(`/admin/workflows/${runId}/start-again`, {
      'input.tenantId': business.tenantId,
      'input.userId': '',
      reason: 'no',
      requestKey: 'key-of-the-test',
    });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /value="key-of-the-test"/);

    const fields = {
      'input.tenantId': business.tenantId,
      'input.userId': other,
      reason,
      requestKey: 'key-of-the-test',
    };
    const done = await admin.form(`/admin/workflows/${runId}/start-again`, fields);
    assert.equal(done.status, 303, done.text.slice(0, 500));
    const location = done.headers.get('location') ?? '';
    const newRun = location.split('/').at(-1) ?? '';
    assert.notEqual(newRun, runId);
    await ended(newRun);
    const twice = await admin.form(`/admin/workflows/${runId}/start-again`, fields);
    assert.equal(twice.headers.get('location'), location);

    const old = (await admin.call('GET', `/admin/workflows/${runId}`)).text;
    assert.match(old, new RegExp(`href="/admin/workflows/${newRun}"[^>]*>Started again as a new run`));
    const later = (await admin.call('GET', location)).text;
    assert.match(
      later,
      new RegExp(`href="/admin/workflows/${runId}"[^>]*>Started again from an earlier run`),
    );
    const audit = `/api/admin/audit-events?tenant=${business.tenantId}&action=run.restarted`;
    assert.deepEqual(
      (await admin.call('GET', audit)).body.items.map(({ data }: { data: unknown }) => data),
      [{ process: 'confirm-email', reason, fromRunId: runId }],
    );
  });

  it('keeps what a program leaves out, and refuses what can’t be', async () => {
    const { business, runId } = await sentLink();
    const done = await again(runId, { reason }, 'a-key-of-the-test');
    assert.equal(done.status, 202, done.text);
    await ended(done.body.runId);
    const twice = await again(runId, { reason }, 'a-key-of-the-test');
    assert.equal(twice.body.runId, done.body.runId);
    const stranger = await platform.business();
    const foreign = await again(runId, { input: { userId: stranger.userId }, reason });
    assert.deepEqual([foreign.status, Object.keys(foreign.body.fields)], [422, ['input.userId']]);
    const { body } = await eventually(
      () => admin.call('GET', `/api/admin/runs?tenant=${business.tenantId}&process=onboard-tenant`),
      (answer) => answer.body.items.length === 1,
    );
    const onboarding = await again(body.items[0].runId, { reason });
    assert.deepEqual([onboarding.status, onboarding.body.code], [404, 'process.not-found']);
    const partner = await platform.partner();
    for (const caller of [partner, business])
      assert.equal(
        (await caller.call('POST', `/api/admin/runs/${runId}/start-again`, { reason })).status,
        403,
      );
  });
});
