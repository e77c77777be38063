import assert from 'node:assert/strict';
import { ownPageOf } from '../../../api/kit/return-to.ts';
import { type Platform, startPlatform } from '../../support/api.ts';
import { oauthVendor, type OauthVendor } from '../../support/oauth-vendor.ts';
import { json, standIn, type StubVendor, stubVendor } from '../../support/tools.ts';

const step = '/app/setup/analytics';
const query = `?back=${encodeURIComponent(step)}`;

describe('[ONB-2] [MCP-G] returning to where a person started to connect a server', function () {
  this.timeout(90_000);
  let platform: Platform;
  let stripe: StubVendor;
  let zoom: OauthVendor;
  let owner: Awaited<ReturnType<Platform['business']>>;

  before(async () => {
    [platform, stripe, zoom] = await Promise.all([startPlatform(), stubVendor(), oauthVendor()]);
    standIn(platform.world, 'stripe', stripe.url);
    standIn(platform.world, 'zoom', zoom.vendor.url);
    stripe.answer((_request, response) => json(response, 200, { available: [], pending: [] }));
    const by = { actor: { type: 'system', id: 'test' }, context: {} } as const;
    await platform.world.deps.oauthClients.save(by, 'zoom', { clientId: 'app', clientSecret: 'secret' });
    owner = await platform.business();
  });
  after(async () => {
    await platform.stop();
    await Promise.all([stripe.close(), zoom.vendor.close()]);
  });

  async function setOut(search: string): Promise<URL> {
    const answer = await owner.form(`/app/integrations/zoom/authorize${search}`, {});
    return zoom.agree(answer.headers.get('location') ?? '');
  }
  const landing = async (back: URL) => {
    const answer = await owner.call('GET', back.pathname + back.search);
    return [answer.status, answer.headers.get('location')];
  };

  it('the page keeps it, and its forms hand it on', async () => {
    const page = await owner.call('GET', `/app/integrations/zoom${query}`);
    for (const act of ['connect', 'authorize']) {
      assert.ok(page.text.includes(`action="/app/integrations/zoom/${act}${query}"`), act);
    }
    assert.ok(page.text.includes(`href="${step}"`));
  });

  it('by form: to the step once it is connected, and the form again with it where it is not', async () => {
    const wrong = await owner.form(`/app/integrations/stripe/connect${query}`, { apiKey: 'no key' });
    assert.equal(wrong.status, 422);
    assert.ok(wrong.text.includes(`action="/app/integrations/stripe/connect${query}"`));
    const done = await owner.form(`/app/integrations/stripe/connect${query}`, { apiKey: 'rk_test_1' });
    assert.deepEqual([done.status, done.headers.get('location')], [303, step], done.text);
  });

  it('from the address a refused form leaves in the browser: to the page the form stands on', async () => {
    for (const [address, page] of [
      [`/app/integrations/stripe/connect${query}`, `/app/integrations/stripe${query}`],
      ['/app/integrations/stripe/grants', '/app/integrations/stripe'],
      [
        '/app/approvals/apr_01m8cev95ahvtes8qgcds9bp4p/withdraw',
        '/app/approvals/apr_01m8cev95ahvtes8qgcds9bp4p',
      ],
      ['/app/team/invitations', '/app/team'],
      ['/admin/tenants/ten_1/onboarding/extend', '/admin/tenants/ten_1'],
    ] as const) {
      const answer = await owner.call('GET', address);
      assert.deepEqual([answer.status, answer.headers.get('location')], [303, page], address);
    }
    assert.equal((await owner.call('GET', '/sign-out')).status, 405);
  });

  it('by agreement: to the step, also when the person refuses there or the answer is no good', async () => {
    assert.deepEqual(await landing(await setOut(query)), [303, step]);
    const denied = await setOut(query);
    denied.searchParams.delete('code');
    denied.searchParams.set('error', 'access_denied');
    assert.deepEqual(await landing(denied), [303, step]);
    const wrong = await setOut(query);
    wrong.searchParams.set('code', 'another');
    assert.deepEqual(await landing(wrong), [303, step]);
    const api = await owner.call('POST', `/api/client/integrations/zoom/authorize${query}`);
    assert.deepEqual(await landing(zoom.agree(api.body.url)), [303, step]);
  });

  it('leads nowhere but into the own workspace, whatever an address or a state says', async () => {
    for (const elsewhere of [
      'https://evil.example/app',
      '//evil.example',
      '/\\evil.example',
      '/app/../\\evil.example',
      '/app//evil.example',
      '/app/setup?next=//evil.example',
      '/app/%2e%2e/x',
      '/admin/tenants',
      '/sign-out',
      'javascript:alert(1)',
      '/app/setup/analytics\n',
    ]) {
      assert.equal(ownPageOf(elsewhere), null, elsewhere);
      const search = `?back=${encodeURIComponent(elsewhere)}`;
      const done = await owner.form(`/app/integrations/stripe/connect${search}`, { apiKey: 'rk_test_1' });
      assert.equal(done.headers.get('location'), '/app/integrations/stripe', elsewhere);
    }
    const [first, second] = [await setOut(''), await setOut('')];
    const forged = (state: string) => `${state}.${Buffer.from('//evil.example').toString('base64url')}`;
    first.searchParams.set('state', forged(first.searchParams.get('state') ?? ''));
    assert.deepEqual(await landing(first), [303, '/app/integrations/zoom']);
    // A page of ours in a state that is not ours connects nothing either.
    const state = second.searchParams.get('state') ?? '';
    second.searchParams.set('state', `${state}.${Buffer.from(step).toString('base64url')}`);
    zoom.grants.length = 0;
    assert.deepEqual(await landing(second), [303, step]);
    assert.equal(zoom.grants.length, 0);
  });
});
