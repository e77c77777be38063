import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Caller, type Platform, startPlatform } from '../../../../support/api.ts';
import { eventually } from '../../../../support/world.ts';

const reason = 'Agreed in the weekly round';
const api = '/api/admin/bulk-operations';

describe('[TEN-5] [USR-2] bulk operations', function () {
  this.timeout(120_000);
  let platform: Platform;
  let admin: Caller;
  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
  });
  after(() => platform.stop());

  const idOf = async (caller: Caller) => (await caller.call('GET', '/api/session')).body.userId as string;
  const send = (body: object, by = admin) =>
    by.call('POST', api, { reason, requestKey: randomUUID(), pacePerMinute: 60_000, ...body });
  const act = (id: string, action: string, by = admin) =>
    by.call('POST', `${api}/${id}/${action}`, { reason });
  const until = (id: string, state: string, by = admin) =>
    eventually(
      () => by.call('GET', `${api}/${id}`),
      ({ body }) => body.state === state,
    );
  async function outcomes(id: string, by = admin): Promise<Record<string, string>> {
    const { body } = await by.call('GET', `${api}/${id}/items`);
    const items = body.items as { id: string; state: string; code: string | null }[];
    return Object.fromEntries(
      items.map(({ id: item, state, code }) => [item, `${state} ${code ?? ''}`.trim()]),
    );
  }
  async function team() {
    const owner = await platform.business();
    const members = [
      await platform.colleague(owner.tenantId, 'member'),
      await platform.colleague(owner.tenantId, 'member'),
    ];
    return { owner, members, ids: await Promise.all(members.map(idOf)) };
  }

  it('a filter is previewed with count, sample, causes, pace and time; then it runs on what it finds', async () => {
    const { owner, members } = await team();
    const filter = new URLSearchParams({ tenant: owner.tenantId, sort: 'name' }).toString();
    const query = new URLSearchParams({
      ...{ operation: 'people.set-feature', filter },
      ...{ 'parameters.feature': 'integrations', 'parameters.switch': 'off' },
    }).toString();
    const preview = await admin.call('GET', `${api}/preview?${query}&pacePerMinute=6`);
    assert.equal(preview.status, 200, preview.text);
    const { total, affected, sample, estimatedMs } = preview.body;
    assert.deepEqual([total, affected, sample.length, estimatedMs], [3, 3, 3, 30_000]);
    const page = await admin.call('GET', `/admin/bulk-operations/new?${query}`);
    assert.match(page.text, /Applies to 3 people/);
    assert.match(page.text, /Only in /);
    const parameters = { feature: 'integrations', switch: 'off' };
    const stale = await send({ operation: 'people.set-feature', filter, parameters, expected: 2 });
    assert.equal(stale.body.code, 'bulk.list-changed');
    const { body, status, text } = await send({
      operation: 'people.set-feature',
      filter,
      parameters,
      expected: 3,
    });
    assert.equal(status, 202, text);
    await until(body.id, 'done');
    assert.deepEqual(Object.values(await outcomes(body.id)), ['done', 'done', 'done']);
    for (const caller of [owner, ...members])
      assert.equal((await caller.call('GET', '/app/integrations')).status, 403);
    const after = await admin.call('GET', `${api}/preview?${query}`);
    assert.deepEqual(after.body.leftOut, [{ code: 'people.unchanged', count: 3 }]);
    assert.equal((await act(body.id, 'undo')).status, 200);
    await until(body.id, 'undone');
    for (const caller of members) assert.equal((await caller.call('GET', '/app/integrations')).status, 200);
  });

  it('refuses an empty filter, one it doesn’t know, nothing chosen, and too many', async () => {
    const codeOf = async (body: object) => (await send({ operation: 'people.suspend', ...body })).body.code;
    assert.equal(await codeOf({ filter: '' }), 'bulk.empty-filter');
    assert.equal(await codeOf({ filter: 'sort=name&q=' }), 'bulk.empty-filter');
    assert.equal(await codeOf({ filter: 'colour=red' }), 'bulk.filter-unknown');
    assert.equal(await codeOf({ filter: 'q=finds-no-one-at-all' }), 'bulk.nothing-chosen');
    assert.equal(
      (await send({ operation: 'people.suspend' })).body.fields.items,
      'Choose at least one item.',
    );
    const role = await send({ operation: 'people.set-role', items: ['usr_1'], parameters: { role: 'king' } });
    assert.equal(role.body.fields['parameters.role'], 'Choose a role from the list.');
    await platform.world.database.owner(
      `insert into users (id, email, name, timezone, language)
       select 'usr_many' || n, 'many' || n || '@example.com', 'Many', 'UTC', 'en' from generate_series(1, 10001) n`,
      [],
    );
    assert.equal(await codeOf({ filter: 'q=many' }), 'bulk.too-many');
    await platform.world.database.owner(`delete from users where id like 'usr_many%'`, []);
  });

  it('each item has a result of its own; a failed one is retried, and the roles are put back', async () => {
    const { owner, ids } = await team();
    const { userId: staff } = (await (await platform.partner()).call('GET', '/api/session')).body;
    const own = await idOf(admin);
    const items = [...ids, owner.userId, staff, own];
    const given = { operation: 'people.set-role', items, parameters: { role: 'admin' } };
    const { body } = await send(given);
    await until(body.id, 'done');
    assert.deepEqual(await outcomes(body.id), {
      ...Object.fromEntries(ids.map((id) => [id, 'done'])),
      [owner.userId]: 'failed member.last-owner',
      [staff]: 'skipped user.platform-role',
      [own]: 'skipped member.own-role',
    });
    const { body: detail } = await admin.call('GET', `${api}/${body.id}`);
    assert.equal(detail.canUndo, true);
    assert.deepEqual(detail.counts, { done: 2, failed: 1, skipped: 2 });
    assert.equal(detail.causes.length, 3);
    const page = await admin.call('GET', `/admin/bulk-operations/${body.id}?code=member.last-owner`);
    assert.match(page.text, /A business needs at least one owner/);
    const csv = await admin.call('GET', `/admin/bulk-operations/${body.id}/items.csv?state=failed`);
    assert.equal(csv.text.trim().split('\r\n').length, 2, csv.text);
    const third = await platform.colleague(owner.tenantId, 'admin');
    await platform.world.database.owner(`update memberships set role = 'owner' where user_id = $1`, [
      await idOf(third),
    ]);
    assert.equal((await act(body.id, 'retry-failed')).status, 200);
    await until(body.id, 'done');
    assert.equal((await outcomes(body.id))[owner.userId], 'done');
    assert.equal((await act(body.id, 'retry-failed')).body.code, 'bulk.nothing-to-retry');
    assert.equal((await act(body.id, 'undo')).status, 200);
    await until(body.id, 'undone');
    const listed = await third.call('GET', '/api/client/team');
    const roles = listed.body.members.map(({ role }: { role: string }) => role);
    assert.deepEqual(roles.sort(), ['member', 'member', 'owner', 'owner']);
    assert.equal((await act(body.id, 'undo')).body.code, 'bulk.not-ended');
  });

  it('is paused, resumed and aborted, each with its event and none twice', async () => {
    const { ids } = await team();
    const { body } = await send({ operation: 'people.suspend', items: ids, pacePerMinute: 1 });
    await eventually(
      () => outcomes(body.id),
      (now) => Object.values(now).includes('done'),
    );
    assert.equal((await act(body.id, 'retry-failed')).body.code, 'bulk.not-ended');
    assert.equal((await act(body.id, 'resume')).body.code, 'bulk.not-paused');
    assert.equal((await act(body.id, 'pause')).body.state, 'paused');
    assert.equal((await act(body.id, 'pause')).body.code, 'bulk.not-running');
    assert.match((await admin.call('GET', `/admin/bulk-operations/${body.id}`)).text, /Resume…/);
    assert.equal((await act(body.id, 'resume')).body.state, 'running');
    assert.equal((await act(body.id, 'abort')).body.state, 'aborted');
    await eventually(
      () => outcomes(body.id),
      (now) => Object.values(now).includes('skipped bulk.aborted'),
    );
    const events = await platform.world.database.owner<{ action: string }>(
      `select action from events where body::text like '%' || $1 || '%' and action like 'bulk-operation.%' order by seq`,
      [body.id],
    );
    assert.deepEqual(
      events.map(({ action }) => action.replace('bulk-operation.', '')),
      ['started', 'paused', 'resumed', 'aborted', 'ended'],
    );
  });

  it('the form keeps who was chosen, and sent twice it is one operation', async () => {
    const { members, ids } = await team();
    const fields = { operation: 'people.end-sessions', items: ids, expected: '2', pacePerMinute: '6000' };
    const path = '/admin/bulk-operations/new';
    const refused = await admin.form(path, { ...fields, requestKey: randomUUID(), reason: 'short' });
    assert.equal(refused.status, 422);
    for (const id of ids) assert.ok(refused.text.includes(`value="${id}"`), 'the choice is kept');
    const sent = { ...fields, requestKey: randomUUID(), reason };
    const [one, two] = await Promise.all([admin.form(path, sent), admin.form(path, sent)]);
    assert.equal(one.status, 303, one.text.slice(0, 300));
    const to = one.headers.get('location') ?? '';
    assert.match(to, /^\/admin\/bulk-operations\/blk_/);
    assert.equal(two.headers.get('location'), to);
    await until(to.split('/').at(-1) ?? '', 'done');
    assert.equal((await admin.form(path, sent)).headers.get('location'), to, 'also after its end');
    for (const member of members) assert.equal((await member.call('GET', '/api/session')).status, 401);
    const stream = await admin.call('GET', `${to}/live`);
    assert.match(stream.text, /End the sessions of 2 people[^]*event: ended/);
  });

  it('partners reach their own tenants only, see their own operations only, and may do what they may do to one', async () => {
    const partner = await platform.partner();
    const [mine, other] = [await platform.business(), await platform.business()];
    await platform.world.database.owner('update tenants set partner_id = $1 where id = $2', [
      partner.partnerId,
      mine.tenantId,
    ]);
    await eventually(
      () =>
        partner.call(
          'GET',
          `${api}/preview?operation=tenants.extend&parameters.days=5&filter=status%3Donboarding`,
        ),
      ({ body }) => body.affected === 1,
    );
    const items = [other.tenantId, mine.tenantId];
    const { body } = await send({ operation: 'tenants.extend', items, parameters: { days: 5 } }, partner);
    await until(body.id, 'done', partner);
    assert.deepEqual(await outcomes(body.id, partner), {
      [other.tenantId]: 'skipped tenant.not-found',
      [mine.tenantId]: 'done',
    });
    const given = { operation: 'tenants.remind', filter: 'status=onboarding' };
    const all = await send(given, partner);
    await until(all.body.id, 'done', partner);
    assert.deepEqual(Object.keys(await outcomes(all.body.id, partner)), [mine.tenantId]);
    assert.equal((await send({ operation: 'people.suspend', items: [mine.userId] }, partner)).status, 403);
    assert.equal((await admin.call('GET', `${api}/${body.id}`)).status, 200);
    const stranger = await platform.partner();
    assert.deepEqual((await stranger.call('GET', api)).body.items, []);
    for (const path of [body.id, `${body.id}/items`])
      assert.equal((await stranger.call('GET', `${api}/${path}`)).status, 404);
    for (const action of ['pause', 'abort', 'retry-failed', 'undo'])
      assert.equal((await act(body.id, action, stranger)).body.code, 'bulk.not-found');
    const users = await send({ operation: 'people.reactivate', items: [mine.userId] });
    assert.equal(
      (await partner.call('GET', `${api}/${users.body.id}`)).status,
      404,
      'of a kind it may not run',
    );
    assert.equal((await send(given, mine)).status, 403);
  });

  it('cancels runs and retries failed steps; a bulk operation is no item of another', async () => {
    const [stuck, open] = [await platform.business(), await platform.business()];
    const runOf = async ({ tenantId }: { tenantId: string }) =>
      (
        await eventually(
          () => admin.call('GET', `/api/admin/runs?tenant=${tenantId}&process=onboard-tenant`),
          ({ body }) => body.items.length > 0,
        )
      ).body.items[0].runId as string;
    const runs = [await runOf(stuck), await runOf(open)];
    const { body: own } = await send({ operation: 'people.reactivate', items: [stuck.userId] });
    await until(own.id, 'done');
    const { body: ownRuns } = await eventually(
      () => admin.call('GET', '/api/admin/runs?process=run-bulk-operation'),
      ({ body }) => body.items.length > 0,
    );
    const ownRun = ownRuns.items[0].runId as string;
    const retried = await send({ operation: 'runs.retry-step', items: [...runs, ownRun] });
    await until(retried.body.id, 'done');
    assert.deepEqual(Object.values(await outcomes(retried.body.id)), [
      ...['skipped bulk.step-not-failed', 'skipped bulk.step-not-failed', 'skipped bulk.own-run'],
    ]);
    const { body } = await send({
      operation: 'runs.cancel',
      filter: `tenant=${open.tenantId}&process=onboard-tenant`,
    });
    await until(body.id, 'done');
    assert.deepEqual(await outcomes(body.id), { [runs[1] ?? '']: 'done' });
    await eventually(
      () => admin.call('GET', `/api/admin/runs/${runs[1]}`),
      ({ body: run }) => run.closedAt !== null,
    );
    const events = await platform.world.database.owner(
      `select 1 from events where tenant_id = $1 and action = 'run.cancelled'`,
      [open.tenantId],
    );
    assert.equal(events.length, 1);
    const page = await admin.call('GET', '/admin/bulk-operations?operation=runs.cancel');
    assert.match(page.text, /Cancel 1 run/);
  });
});
