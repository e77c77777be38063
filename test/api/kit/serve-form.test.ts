import assert from 'node:assert/strict';
import { workflowId } from '../../../workflows/define.ts';
import { eventually } from '../../support/world.ts';
import { errorTable } from '../../../db/domain/errors.ts';
import { type Answer, type Caller, type Platform, startPlatform, testPassword } from '../../support/api.ts';
import { json, standIn, type StubVendor, stubVendor } from '../../support/tools.ts';

type Owner = Awaited<ReturnType<Platform['business']>>;

const invitation = { name: 'Ines Invited', email: 'not an address', role: 'member' };

/** A form as a browser sends it from a page of ours, with the token and the owner that this page carried. */
function post(who: Caller, path: string, fields: Record<string, string>, page: string): Promise<Answer> {
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1] ?? '';
  const body = new URLSearchParams({ ...fields, _csrf: hidden('_csrf'), _owner: hidden('_owner') });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
  // A browser has no header of ours; its token is in the form.
  const csrf = who.cookies.get('bizosaas.csrf');
  who.cookies.delete('bizosaas.csrf');
  return who.call('POST', path, body.toString(), headers).finally(() => {
    if (csrf !== undefined && !who.cookies.has('bizosaas.csrf')) who.cookies.set('bizosaas.csrf', csrf);
  });
}

/** What a browser does with the cookies of an answer that ends them. */
function dropEnded(who: Caller): void {
  for (const [name, value] of who.cookies) if (value.startsWith(';')) who.cookies.delete(name);
}

describe('[SEC-1] [WF-6] a refused form keeps its page and what was typed', function () {
  this.timeout(90_000);
  let platform: Platform;
  let vendor: StubVendor;
  let owner: Owner;
  before(async () => {
    [platform, vendor] = await Promise.all([startPlatform(), stubVendor()]);
    standIn(platform.world, 'stripe', vendor.url);
    vendor.answer((_request, response) => json(response, 503, { error: { message: 'Down' } }));
    owner = await platform.business();
  });
  after(async () => {
    await platform.stop();
    await vendor.close();
  });

  const team = async (who: Caller) => (await who.call('GET', '/app/team')).text;
  const signIn = (who: Caller, email: string) =>
    who.form('/sign-in', { email, password: testPassword, next: '/app/team/invitations' });
  const signOut = async (who: Caller) => {
    assert.equal((await who.call('POST', '/api/session/sign-out', {})).status, 200);
    for (const name of [...who.cookies.keys()]) who.cookies.delete(name);
  };

  it('303: the page of an older session works for the person it was drawn for (b19)', async () => {
    const old = await team(owner);
    await signOut(owner);
    await signIn(owner, owner.email);
    const fields = { ...invitation, email: 'ines.older.tab@example.com' };
    assert.equal((await post(owner, '/app/team/invitations', fields, old)).status, 303);
    assert.ok((await team(owner)).includes('ines.older.tab@example.com'));
  });

  it('403: the page of another person’s session comes back with the values and a token that works', async () => {
    const other = await platform.business();
    const old = await team(other);
    const fields = { ...invitation, email: 'ines.outdated@example.com' };
    const refused = await post(owner, '/app/team/invitations', fields, old);
    assert.equal(refused.status, 403);
    assert.match(refused.text, /This page was out of date\. Nothing was saved\./);
    assert.match(refused.text, /value="Ines Invited"/);
    assert.ok(!(await team(owner)).includes('ines.outdated@example.com'), 'nothing was done');
    const sent = await post(owner, '/app/team/invitations', fields, refused.text);
    assert.equal(sent.status, 303);
  });

  it('403: what another site sends is refused without a page to send it from', async () => {
    const body = new URLSearchParams({ ...invitation, _csrf: 'x' }).toString();
    for (const site of ['cross-site', 'same-site']) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': site };
      const answer = await owner.call('POST', '/app/team/invitations', body, headers);
      assert.equal(answer.status, 403);
      assert.ok(!answer.text.includes('Ines Invited'));
    }
  });

  it('503: names the vendor that can’t be reached, on the form', async () => {
    const page = (await owner.call('GET', '/app/integrations/stripe')).text;
    const fields = { apiKey: 'rk_test_canary7Jx2LmQ9' };
    const answer = await post(owner, '/app/integrations/stripe/connect', fields, page);
    assert.equal(answer.status, 503, answer.text);
    assert.match(answer.text, /We couldn’t reach Stripe\. Nothing was saved\. Try again\./);
    assert.match(answer.text, /action="\/app\/integrations\/stripe\/connect/);
    assert.ok(!answer.text.includes(fields.apiKey));
  });

  it('409: a form without a page of its own leads back to the page above, which tells why', async () => {
    const invited = await owner.call('POST', '/api/client/team/invitations', {
      ...invitation,
      email: 'ines.twice@example.com',
    });
    const withdraw = `/app/team/invitations/${invited.body.invitationId}/withdraw`;
    const page = await team(owner);
    assert.equal((await post(owner, withdraw, {}, page)).status, 303);
    // The run closes a moment after it has answered.
    await eventually(
      () =>
        platform.processes.findProgress(workflowId(owner.tenantId, 'send-invite', invited.body.invitationId)),
      (found) => found?.open === false,
    );
    const again = await post(owner, withdraw, {}, page);
    assert.deepEqual([again.status, again.headers.get('location')], [303, '/app/team']);
    assert.ok((await team(owner)).includes(errorTable['run.ended'].text));
  });

  it('401: leads to sign-in, and afterwards back to the form with what was typed', async () => {
    const page = await team(owner);
    await signOut(owner);
    const ended = await post(owner, '/app/team/invitations', { ...invitation, password: 'hunter2' }, page);
    const next = '/app/team/invitations';
    assert.deepEqual(
      [ended.status, ended.headers.get('location')],
      [303, `/sign-in?next=${encodeURIComponent(next)}`],
    );
    const draft = owner.cookies.get('bizosaas.draft') ?? '';
    assert.ok(
      draft.length > 50 && !Buffer.from(draft, 'base64url').toString().includes('Ines'),
      'it is sealed',
    );
    const shown = await owner.call('GET', ended.headers.get('location') ?? '');
    assert.match(shown.text, /Your session has ended\. Sign in to continue where you were\./);
    await signIn(owner, owner.email);
    const back = await owner.call('GET', next);
    assert.equal(back.status, 200);
    assert.match(back.text, /You’re signed in again\. Check what you entered and send it again\./);
    assert.match(back.text, /value="Ines Invited"/);
    assert.match(back.text, /value="not an address"/);
    assert.ok(!back.text.includes('hunter2'));
    dropEnded(owner);
    assert.equal((await owner.call('GET', next)).headers.get('location'), '/app/team', 'it is shown once');
  });

  it('401: what one person typed is never shown to another', async () => {
    const other = await platform.business();
    const page = await team(owner);
    await signOut(owner);
    await post(owner, '/app/team/invitations', invitation, page);
    assert.ok(owner.cookies.get('bizosaas.draft'));
    await signIn(owner, other.email);
    const answer = await owner.call('GET', '/app/team/invitations');
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/app/team']);
    assert.ok(!(await team(owner)).includes('Ines Invited'));
    await signOut(owner);
    await signIn(owner, owner.email);
  });

  it('401: credentials are not kept, and the person is told', async () => {
    const page = (await owner.call('GET', '/app/integrations/stripe')).text;
    await signOut(owner);
    const connect = '/app/integrations/stripe/connect';
    const ended = await post(owner, connect, { apiKey: 'rk_test_canary7Jx2LmQ9' }, page);
    assert.equal(ended.status, 303);
    assert.equal(owner.cookies.get('bizosaas.draft'), undefined);
    assert.match((await owner.call('GET', '/sign-in')).text, /couldn’t be kept/);
    await signIn(owner, owner.email);
  });

  it('401: what no form of ours sends, however deep, is no error of ours', async () => {
    const depth = 40_000;
    for (const value of [
      `${'['.repeat(depth)}${']'.repeat(depth)}`,
      `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
    ]) {
      const body = `{"_owner":"x","name":${value}}`;
      const answer = await platform.caller().call('POST', '/app/team/invitations', body);
      assert.equal(answer.status, 303, answer.text.slice(0, 200));
    }
  });

  it('a second sign-in page works after the person has signed in with the first one (b19)', async () => {
    const guest = platform.caller();
    const page = (await guest.call('GET', '/sign-in')).text;
    assert.equal((await guest.form('/sign-in', { email: owner.email, password: testPassword })).status, 303);
    const second = await post(guest, '/sign-in', { email: owner.email, password: testPassword }, page);
    assert.deepEqual([second.status, second.headers.get('location')], [303, '/']);
    const wrong = await post(guest, '/sign-in', { email: owner.email, password: 'not this one' }, page);
    assert.equal(wrong.status, 401);
    assert.match(wrong.text, /Incorrect email or password/);
  });
});
