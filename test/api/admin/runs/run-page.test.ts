import assert from 'node:assert/strict';
import { type Caller, type Platform, startPlatform, testPassword } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';

type Business = Awaited<ReturnType<Platform['business']>>;

describe('[WF-2] what the page of a run tells', function () {
  this.timeout(60_000);
  let platform: Platform;
  let admin: Caller;
  let business: Business;
  let runId: string;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
    business = await platform.business();
    const { body } = await eventually(
      () => admin.call('GET', `/api/admin/runs?tenant=${business.tenantId}&process=onboard-tenant`),
      (answer) => answer.body.items.length === 1,
    );
    ({ runId } = body.items[0]);
  });
  after(() => platform.stop());

  const page = (query: string) => admin.call('GET', `/admin/workflows/${runId}?${query}`);

  it('[ONB-4] tells when the account closes if setup is not finished', async () => {
    assert.match((await page('')).text, /The next reminder is sent[^]*The run closes automatically <time/);
    const overview = await admin.call('GET', `/admin/tenants/${business.tenantId}`);
    assert.match(overview.text, /Closes if setup isn’t finished<\/dt><dd><time/);
  });

  it('counts the steps as the wizard does', async () => {
    assert.match((await page('')).text, /step 2 of 8 “Business”/);
    assert.match((await business.call('GET', '/app/setup/profile')).text, /Step 2 of 8/);
  });

  it('[WF-3] gives the whole history as a file, redacted and recorded', async () => {
    const answer = await admin.call('GET', `/admin/workflows/${runId}/history.json`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-disposition') ?? '', /attachment; filename="history-.*\.json"/);
    const events = JSON.parse(answer.text) as { eventId: number; eventType: string }[];
    assert.deepEqual(
      events.map(({ eventId }) => eventId),
      events.map((_, index) => index + 1),
    );
    assert.equal(events[0]?.eventType, 'WorkflowExecutionStarted');
    assert.ok(answer.text.includes(business.name));
    assert.match(answer.text, /"buildId": "[^•"]+"/);
    for (const secret of [business.email, 'argon2', 'pm_']) assert.ok(!answer.text.includes(secret), secret);
    assert.match((await page('tab=audit')).text, /Run history downloaded/);
    const stranger = await platform.partner();
    assert.equal((await stranger.call('GET', `/admin/workflows/${runId}/history.json`)).status, 404);
    assert.equal((await business.call('GET', `/admin/workflows/${runId}/history.json`)).status, 403);
  });

  it('tells the time of each entry and how long after the start it came', async () => {
    assert.match((await page('tab=history')).text, /\d\d:\d\d:\d\d [A-Z][^<]*<\/time><span>\+\d+\.\d{3} s</);
  });

  it('shows what was refused as refused, never as failed', async () => {
    const twice = await platform.business('Twice Invited Ltd');
    const funnelOf = async () => (await admin.call('GET', '/api/admin/onboarding/funnel')).body.steps[0];
    // The funnel reads the projection, which is a moment behind.
    await eventually(
      () => admin.call('GET', `/api/admin/runs?tenant=${twice.tenantId}&process=onboard-tenant`),
      (answer) => answer.body.items[0]?.state === 'waiting',
    );
    const before = await funnelOf();
    const again = {
      businessName: 'Late Ltd',
      ownerName: 'Late Comer',
      email: twice.email,
      password: testPassword,
    };
    assert.equal((await platform.caller().call('POST', '/api/public/sign-up', again)).status, 202);
    await eventually(
      () => admin.call('GET', '/api/admin/runs?process=onboard-tenant&state=refused'),
      (answer) => answer.body.items.length === 1,
    );
    const invite = () =>
      twice.call('POST', '/api/client/team/invitations', {
        name: 'Greta',
        email: 'greta@twice.example',
        role: 'member',
      });
    assert.equal((await invite()).status, 201);
    assert.deepEqual((await invite()).body.code, 'invitation.pending');
    const { body } = await eventually(
      () => admin.call('GET', `/api/admin/runs?tenant=${twice.tenantId}&state=refused`),
      (answer) => answer.body.items.length === 1,
    );
    const [run] = body.items;
    assert.equal(run.process, 'send-invite');
    const page = await admin.call('GET', `/admin/workflows/${run.runId}`);
    assert.match(page.text, /Why was it refused\?[^]*Refused: This person already has an invitation\./);
    assert.ok(!/bz-failed/.test(/<ol class="bz-steps[^]*?<\/ol>/.exec(page.text)?.[0] ?? 'bz-failed'));
    const failed = await admin.call('GET', `/api/admin/runs?tenant=${twice.tenantId}&state=failed`);
    assert.deepEqual(failed.body.items, []);
    const home = await admin.call('GET', '/admin');
    assert.ok(!home.text.includes('already has an invitation') && !home.text.includes(`of ${twice.name}: `));
    const activity = await twice.call('GET', '/activity');
    assert.match(activity.text, /Refused/);
    assert.ok(!activity.text.includes('Failed'));
    assert.deepEqual(await funnelOf(), before, 'no tenant was lost');
  });

  it('says of an ended run that it has ended, also where its code stood', async () => {
    const reason = 'Ended by the test, as a reason';
    assert.equal((await admin.call('POST', `/api/admin/runs/${runId}/terminate`, { reason })).status, 200);
    await eventually(
      () => admin.call('GET', `/api/admin/runs?tenant=${business.tenantId}&state=stopped`),
      (answer) => answer.body.items.length === 1,
    );
    for (const path of ['?tab=stack', '/stack']) {
      const { text } = await admin.call('GET', `/admin/workflows/${runId}${path}`);
      assert.match(text, /This run has ended\./);
      assert.ok(!text.includes('No worker answers'));
    }
  });
});
