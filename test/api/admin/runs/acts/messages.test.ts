import assert from 'node:assert/strict';
import { contracts } from '../../../../../workflows/contracts.ts';
import { type Caller, type Platform, startPlatform } from '../../../../support/api.ts';
import { eventually } from '../../../../support/world.ts';

const reason = 'Asked for by the test, as a reason';

describe('[WF-3] messages that administrators send to a run', function () {
  this.timeout(180_000);
  let platform: Platform;
  let admin: Caller;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
  });
  after(() => platform.stop());

  type Business = Awaited<ReturnType<Platform['business']>>;
  const send = (runId: string, kind: string, body: unknown, key?: string) =>
    admin.call('POST', `/api/admin/runs/${runId}/${kind}`, body, key ? { 'idempotency-key': key } : {});

  async function openRun(business: Business, process: string): Promise<string> {
    const { body } = await eventually(
      () => admin.call('GET', `/api/admin/runs?tenant=${business.tenantId}&process=${process}`),
      (answer) => answer.body.items[0]?.state === 'waiting' || answer.body.items[0]?.state === 'running',
    );
    return body.items[0].runId as string;
  }
  async function invited(): Promise<{ business: Business; runId: string; email: string }> {
    const business = await platform.business();
    const email = `ines@${business.tenantId.replaceAll('_', '-')}.example`;
    const body = { email, name: 'Ines', role: 'member' };
    assert.equal((await business.call('POST', '/api/client/team/invitations', body)).status, 201);
    return { business, runId: await openRun(business, 'send-invite'), email };
  }
  const sentEvents = async ({ tenantId }: Business) => {
    const path = `/api/admin/audit-events?tenant=${tenantId}&action=run.message-sent`;
    return (await admin.call('GET', path)).body.items.map(({ data }: { data: unknown }) => data);
  };

  it('are those of the contract that it names, each an update or a signal of it', () => {
    for (const { name, manualMessages = {}, updates, signals = {} } of Object.values(contracts))
      for (const message of Object.keys(manualMessages))
        assert.ok(message in updates || message in signals, `${name} has no ${message}`);
  });

  it('are listed with the fields that are asked for; internal ones are not taken', async () => {
    const business = await platform.business();
    const runId = await openRun(business, 'onboard-tenant');
    const { body } = await admin.call('GET', `/api/admin/runs/${runId}/messages`);
    assert.deepEqual(
      body.items.map(({ name, kind }: { name: string; kind: string }) => `${kind} ${name}`),
      ['update remindNow', 'update extendDeadline'],
    );
    assert.equal(body.items[0].inputSchema, null);
    assert.deepEqual(Object.keys(body.items[1].inputSchema.properties), ['days']);
    for (const [kind, message] of [
      ['update', 'submitStep'],
      ['update', 'retryStep'],
      ['update', 'accountReady'],
      ['signal', 'remindNow'],
      ['update', 'constructor'],
    ] as const) {
      const refused = await send(runId, kind, { message, reason });
      assert.deepEqual([refused.status, refused.body.code], [404, 'message.not-found'], message);
    }
  });

  it('tell what is wrong at the fields, and keep what was typed', async () => {
    const business = await platform.business();
    const runId = await openRun(business, 'onboard-tenant');
    const bad = await send(runId, 'update', { message: 'extendDeadline', input: { days: 99 }, reason });
    assert.deepEqual([bad.status, Object.keys(bad.body.fields)], [422, ['input.days']]);
    const page = await admin.call('GET', `/admin/workflows/${runId}/messages`);
    assert.match(page.text, /Extend the deadline[^]*name="input\.days"[^]*name="reason"/);
    const fields = { message: 'extendDeadline', requestKey: 'key-of-the-test', reason };
    const refused = await admin.form(`/admin/workflows/${runId}/update`, { ...fields, 'input.days': '99' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /href="#extendDeadline-input-days"/);
    assert.match(refused.text, /value="99"/);
    assert.match(refused.text, /value="key-of-the-test"/);
    const done = await admin.form(`/admin/workflows/${runId}/update`, { ...fields, 'input.days': '2' });
    assert.deepEqual([done.status, done.headers.get('location')], [303, `/admin/workflows/${runId}`]);
    assert.deepEqual(await sentEvents(business), [{ message: 'extendDeadline', reason }]);
    const extended = await admin.call(
      'GET',
      `/api/admin/audit-events?tenant=${business.tenantId}&action=onboarding.extended`,
    );
    assert.equal(extended.body.items[0]?.data.reason, reason, extended.text);
  });

  it('are sent once, however often the button is pressed', async () => {
    const { business, runId, email } = await invited();
    await eventually(
      () => platform.world.mails(email),
      (mails) => mails.length === 1,
    );
    const body = { message: 'resend', reason };
    const answers = await Promise.all([
      send(runId, 'update', body, 'one-key-twice'),
      send(runId, 'update', body, 'one-key-twice'),
    ]);
    for (const { status, text } of answers) assert.equal(status, 200, text);
    assert.equal((await send(runId, 'update', body, 'one-key-twice')).status, 200);
    assert.equal((await platform.world.mails(email)).length, 2);
    assert.deepEqual(await sentEvents(business), [body]);
    assert.equal((await send(runId, 'update', body, 'another-key')).status, 200);
    assert.equal((await platform.world.mails(email)).length, 3);

    assert.equal((await send(runId, 'update', { message: 'withdraw', reason })).status, 200);
    const ended = await eventually(
      () => send(runId, 'update', body),
      ({ status }) => status === 409,
    );
    assert.ok(['run.ended', 'invitation.ended'].includes(ended.body.code), ended.text);
    await eventually(
      () => admin.call('GET', `/api/admin/runs?tenant=${business.tenantId}&process=send-invite&state=done`),
      ({ body: { items } }) => items.length === 1,
    );
    assert.equal((await send(runId, 'update', body)).body.code, 'run.ended');
    assert.match((await admin.call('GET', `/admin/workflows/${runId}/messages`)).text, /This run has ended/);
  });

  it('reach a run as signals too', async () => {
    const business = await platform.business();
    const started = await admin.call('POST', `/api/admin/impersonate/${business.userId}`, { reason });
    assert.equal(started.status, 201, started.text);
    const runId = await openRun(business, 'impersonate-user');
    const sent = await send(runId, 'signal', { message: 'viewChanged', reason }, 'a-signal-key');
    assert.deepEqual([sent.status, sent.body], [200, { result: null }], sent.text);
    assert.equal(
      (await send(runId, 'signal', { message: 'viewChanged', reason }, 'a-signal-key')).status,
      200,
    );
    const history = await admin.call('GET', `/admin/workflows/${runId}/history.json`);
    const signals = (JSON.parse(history.text) as { eventType: string; attributes: Record<string, unknown> }[])
      .filter(({ eventType }) => eventType === 'WorkflowExecutionSignaled')
      .map(({ attributes }) => attributes['signalName']);
    assert.equal(signals.filter((name) => name === 'viewChanged').length, 1, JSON.stringify(signals));
  });

  it('are for administrators only', async () => {
    const { business, runId } = await invited();
    const partner = await platform.partner();
    for (const caller of [partner, business]) {
      const body = { message: 'resend', reason };
      assert.equal((await caller.call('POST', `/api/admin/runs/${runId}/update`, body)).status, 403);
      assert.equal((await caller.call('GET', `/admin/workflows/${runId}/messages`)).status, 403);
    }
  });
});
