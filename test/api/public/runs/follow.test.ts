import assert from 'node:assert/strict';
import { PLATFORM_TENANT_ID } from '../../../../db/domain/ids.ts';
import { setFlash, takeFlash } from '../../../../api/kit/flash.ts';
import { type Answer, type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { confirmEmailContract } from '../../../../workflows/identity/confirm-email.contract.ts';
import { remoteMcp } from '../../../support/remote-mcp.ts';
import { json, standIn, stubVendor } from '../../../support/tools.ts';
import { eventually } from '../../../support/world.ts';

const reason = 'Started by the test, as a reason';

describe('[WF-6] a message about a run', function () {
  this.timeout(60_000);
  let platform: Platform;
  let admin: Caller;
  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
  });
  after(() => platform.stop());

  const live = (caller: Caller, run: string) =>
    caller.call('GET', `/activity/live?run=${encodeURIComponent(run)}`);

  /** What a person reads of a run while it is open: an answer that has begun and says nothing more. */
  async function heardWithin(caller: Caller, run: string, ms: number): Promise<string> {
    const cookie = [...caller.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), ms);
    let heard = '';
    try {
      const answer = await fetch(`${platform.url}/activity/live?run=${encodeURIComponent(run)}`, {
        headers: { cookie },
        signal: controller.signal,
      });
      assert.equal(answer.status, 200);
      for await (const chunk of answer.body ?? []) heard += Buffer.from(chunk as Uint8Array).toString();
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    } finally {
      clearTimeout(timer);
    }
    return heard;
  }

  it('says how it ended, with the way to its result, to the person who started it', async () => {
    const owner = await platform.business();
    const invite = () =>
      owner.call('POST', '/api/client/team/invitations', {
        name: 'Ines',
        email: 'ines.follow@example.com',
        role: 'member',
      });
    await invite();
    assert.equal((await invite()).status, 409);
    const { body } = await eventually(
      () => owner.call('GET', '/api/activity'),
      (answer) => answer.body.items.some(({ state }: { state: string }) => state === 'refused'),
    );
    const { runId } = body.items.find(({ state }: { state: string }) => state === 'refused');
    const { text } = await live(owner, runId);
    assert.match(text, /Invitation: Refused\. This person already has an invitation\./);
    assert.match(text, /href="\/app\/team">See the details</);
    assert.match(text, /event: ended/);

    const open = body.items.find(({ state }: { state: string }) => state === 'waiting');
    assert.equal(await heardWithin(owner, open.runId, 2_500), '');
    const stranger = await platform.business();
    assert.equal(await heardWithin(stranger, runId, 2_500), '');
    const member = await platform.colleague(owner.tenantId, 'member');
    assert.equal(await heardWithin(member, runId, 2_500), '');
  });

  it('follows a process that was started by hand from the page that it leads to', async () => {
    const owner = await platform.business();
    const form = await admin.call('GET', '/admin/processes/confirm-email');
    const requestKey = /name="requestKey" value="([^"]+)"/.exec(form.text)?.[1] ?? '';
    const sent = await admin.form('/admin/processes/confirm-email', {
      requestKey,
      reason,
      'input.tenantId': owner.tenantId,
      'input.userId': owner.userId,
    });
    assert.equal(sent.status, 303);
    const page = await admin.call('GET', sent.headers.get('location') ?? '');
    const href = /hx-sse:connect="(\/activity\/live\?run=[^"]+)"/.exec(page.text)?.[1] ?? '';
    assert.match(page.text, /The process has started\./);
    const { text } = await admin.call('GET', href.replaceAll('&amp;', '&'));
    assert.match(
      text,
      /bz-done[^]*Email confirmation: Done\.[^]*href="\/admin\/workflows\/[^"]+">See the result</,
    );
  });

  /** The live end of the message on the page that an answer leads to. */
  async function followed(caller: Caller, sent: Answer): Promise<{ page: string; end: string }> {
    assert.equal(sent.status, 303, sent.text);
    const { text: page } = await caller.call('GET', sent.headers.get('location') ?? '');
    const href = /hx-sse:connect="(\/activity\/live\?run=[^"]+)"/.exec(page)?.[1];
    assert.ok(href, 'the message follows no run');
    return { page, end: (await caller.call('GET', href.replaceAll('&amp;', '&'))).text };
  }

  it('follows an action on a step, by what the run is after it and not by what it was before', async () => {
    const { tenantId } = await platform.business();
    const input = { tenantId, userId: 'usr_00000000000000000000000000' };
    const { runId } = await platform.processes.start(confirmEmailContract, input, {
      type: 'system',
      id: 'test',
    });
    await eventually(
      () => admin.call('GET', '/api/admin/runs?state=needsAttention'),
      ({ body }) => body.items.some((run: { runId: string }) => run.runId === runId),
    );
    const held = (await live(admin, runId)).text;
    assert.match(held, /Email confirmation: Needs attention\. Person not found\./);
    const failed = await admin.form(`/admin/workflows/${runId}/fail-step`, { step: 'send', reason });
    assert.match((await followed(admin, failed)).end, /Email confirmation: Failed\. Person not found\./);
  });

  it('follows the cancellation of a run to its end', async () => {
    const owner = await platform.business();
    const run = await eventually(
      () => admin.call('GET', `/api/admin/runs?tenant=${owner.tenantId}&process=onboard-tenant`),
      ({ body }) => body.items.length === 1,
    );
    const at = `/admin/workflows/${run.body.items[0].runId}`;
    const { page, end } = await followed(admin, await admin.form(`${at}/cancel`, { reason }));
    assert.match(page, /Cancellation requested\./);
    assert.match(end, /Onboarding: Stopped\.[^]*href="\/admin\/workflows\/[^"]+">See the details</);
  });

  it('[MCP-R1] follows a server that takes longer to connect than a person waits', async function () {
    this.timeout(90_000);
    const vendor = await stubVendor();
    standIn(platform.world, 'stripe', vendor.url);
    try {
      // The first request is left open until it is given up.
      vendor.answer(({ path }, response) => {
        if (vendor.requests.length > 1)
          json(response, 200, path === '/v1/balance' ? { available: [], pending: [] } : {});
      });
      const owner = await platform.business();
      const sent = await owner.form('/app/integrations/stripe/connect', { apiKey: 'rk_test_slow9Qw4Tz' });
      const { page, end } = await followed(owner, sent);
      assert.match(page, /taking longer than usual/);
      assert.match(
        end,
        /bz-done[^]*Connect server: Done\.[^]*href="\/app\/integrations\/stripe">See the result</,
      );
    } finally {
      await vendor.close();
    }
  });

  it('[MCP-R1] follows the registration of a server until its reader has to do something', async () => {
    const remote = await remoteMcp('canary-follow');
    try {
      const described = {
        title: 'Followed',
        summary: 'Says words back.',
        category: 'research',
        docsUrl: 'https://example.com/docs',
      };
      const source = { kind: 'remote', url: remote.url };
      const body = { name: 'followed', ...described, source, fields: [], reason };
      const registered = await admin.call('POST', '/api/admin/integrations/servers', body);
      assert.equal(registered.status, 201, registered.text);
      const { text } = await live(admin, `t:${PLATFORM_TENANT_ID}:register-server:followed`);
      assert.match(text, /Register server: waiting for you to read its tools\./);
      assert.match(text, /href="\/admin\/integrations\/servers\/followed">Continue</);
    } finally {
      await remote.close();
    }
  });

  it('is not followed by people who are signed out, and needs a run', async () => {
    assert.equal((await platform.caller().call('GET', '/activity/live?run=x')).status, 303);
    assert.equal((await admin.call('GET', '/activity/live')).status, 400);
  });

  it('keeps its run in the cookie, and takes nothing else from it', () => {
    const kept = new Map<string, string>();
    const app = { locals: { publicUrl: 'http://a.example' } };
    const response = {
      app,
      cookie: (name: string, value: string) => kept.set(name, value),
      clearCookie: () => undefined,
    } as unknown as Parameters<typeof setFlash>[0];
    setFlash(response, { kind: 'done', text: 'Running.', run: 't:ten_1:call-tool:1' });
    const request = (cookie: string) =>
      ({ app, headers: { cookie } }) as unknown as Parameters<typeof takeFlash>[0];
    const [[name, value] = ['', '']] = [...kept];
    assert.deepEqual(takeFlash(request(`${name}=${value}`), response), {
      kind: 'done',
      text: 'Running.',
      run: 't:ten_1:call-tool:1',
    });
    const forged = Buffer.from(JSON.stringify({ kind: 'done', text: 'x', run: { a: 1 } })).toString(
      'base64url',
    );
    assert.deepEqual(takeFlash(request(`${name}=${forged}`), response), { kind: 'done', text: 'x' });
  });
});
