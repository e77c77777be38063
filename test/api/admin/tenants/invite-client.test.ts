import assert from 'node:assert/strict';
import { testPassword, type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { confirmationToken } from '../../../support/confirm.ts';

describe('[TEN-6] [USR-2] clients of a partner', function () {
  this.timeout(180_000);
  let platform: Platform;
  let partner: Caller & { partnerId: string };
  before(async () => {
    platform = await startPlatform();
    partner = await platform.partner();
  });
  after(() => platform.stop());

  let counter = 0;
  const business = () => {
    counter += 1;
    const n = `${counter}.${process.pid}`;
    return {
      businessName: `Client ${n}`,
      ownerName: 'Carla Client',
      email: `client${n}@example.com`,
      password: testPassword,
      timezone: 'UTC',
      language: 'en',
    };
  };
  const signUp = async (body: { email: string; partner?: string }) => {
    const answer = await platform.caller().call('POST', '/api/public/sign-up', body);
    // Made by the run, which mails afterwards.
    if (answer.status === 202) await confirmationToken(platform.world.mails, body.email);
    return answer;
  };
  const linkOf = async (caller: Caller) => (await caller.call('GET', '/api/admin/sign-up-link')).body.link;
  const tokenIn = (link: string) => new URL(link).searchParams.get('partner') ?? '';
  const clientsOf = async (caller: Caller) => {
    const { body } = await caller.call('GET', '/api/admin/tenants');
    return body.items.map(({ name }: { name: string }) => name);
  };

  it('a partner reads of clients, never of the platform’s tenants, filters and records', async () => {
    for (const path of ['/admin', '/admin/tenants', '/admin/people', '/admin/workflows', '/admin/audit']) {
      const { status, text } = await partner.call('GET', path);
      assert.equal(status, 200, path);
      assert.match(text, /Your clients/, path);
      for (const word of [/Live tenants/, /No tenants yet/, /Every business on the platform/, /Super admin/])
        assert.doesNotMatch(text, word, path);
      assert.doesNotMatch(text, /Old records removed|Purge|purge-old-records/, path);
    }
    const admin = await platform.admin();
    const list = await admin.call('GET', '/admin/tenants');
    assert.doesNotMatch(list.text, /Your clients|Invite a client/);
  });

  it('a business that signs up through the link is visible to that partner only', async () => {
    assert.equal(await linkOf(partner), null);
    const created = await partner.form('/admin/sign-up-link/create', {});
    assert.equal(created.status, 303);
    await partner.form('/admin/sign-up-link/create', {});
    const link = await linkOf(partner);
    assert.ok((await partner.call('GET', '/admin/tenants')).text.includes(link));
    const command = await partner.call('GET', '/api/search?q=invite client');
    assert.equal(command.body.items[0]?.href, '/admin/tenants#invite-client');

    const page = await platform.caller().call('GET', new URL(link).pathname + new URL(link).search);
    assert.match(page.text, /Test partner invited you/);
    const client = business();
    const { status, text } = await signUp({ ...client, partner: tokenIn(link) });
    assert.equal(status, 202, text);
    const alone = business();
    assert.equal((await signUp(alone)).status, 202);
    assert.deepEqual(await clientsOf(partner), [client.businessName]);
    const other = await platform.partner();
    assert.deepEqual(await clientsOf(other), []);
    assert.equal(await linkOf(other), null);
  });

  it('the form keeps the partner when it is refused, and signs up for that partner', async () => {
    const token = tokenIn(await linkOf(partner));
    const { timezone, language, ...client } = business();
    const visitor = platform.caller();
    const fields = { ...client, timezone, language, partner: token, requestKey: crypto.randomUUID() };
    const refused = await visitor.form('/sign-up', { ...fields, email: 'no address' });
    assert.equal(refused.status, 422);
    assert.ok(refused.text.includes(`name="partner" value="${token}"`));
    const sent = await visitor.form('/sign-up', fields);
    assert.equal(sent.status, 200);
    assert.ok(sent.text.includes(`name="partner" value="${token}"`), 'for who uses another address');
    await confirmationToken(platform.world.mails, client.email);
    assert.ok((await clientsOf(partner)).includes(client.businessName));
  });

  it('a forged or revoked link is refused plainly, and no business is made', async () => {
    const token = tokenIn(await linkOf(partner));
    assert.equal((await partner.form('/admin/sign-up-link/revoke', {})).status, 303);
    assert.equal(await linkOf(partner), null);
    for (const bad of [token, `${token.slice(0, -1)}_`, 'forged']) {
      const client = business();
      const answer = await signUp({ ...client, partner: bad });
      assert.deepEqual([answer.status, answer.body.code], [410, 'partner.link-invalid']);
      const page = await platform.caller().call('GET', `/sign-up?partner=${encodeURIComponent(bad)}`);
      assert.match(page.text, /no longer works/);
      assert.doesNotMatch(page.text, /name="businessName"/);
      const form = await platform
        .caller()
        .form('/sign-up', { ...client, partner: bad, requestKey: crypto.randomUUID() });
      assert.equal(form.status, 410);
      const made = await platform.world.database.owner('select 1 from tenants where name = $1', [
        client.businessName,
      ]);
      assert.equal(made.length, 0);
    }
    await partner.form('/admin/sign-up-link/create', {});
    assert.notEqual(tokenIn(await linkOf(partner)), token);
  });

  it('only partners have a sign-up link', async () => {
    const admin = await platform.admin();
    const owner = await platform.business();
    for (const caller of [admin, owner])
      assert.equal((await caller.call('POST', '/api/admin/sign-up-link', {})).status, 403);
  });
});
