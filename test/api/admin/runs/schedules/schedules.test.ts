import assert from 'node:assert/strict';
import { type Caller, type Platform, startPlatform } from '../../../../support/api.ts';
import { eventually as within } from '../../../../support/world.ts';

const reason = 'The owner asked for it on the telephone';

/** A busy machine starts several runs in its own time. */
const eventually = <T>(ask: () => Promise<T>, holds: (value: T) => boolean) => within(ask, holds, 45_000);

describe('[WF-7] schedules', function () {
  this.timeout(90_000);
  let platform: Platform;
  let admin: Caller;
  let business: Awaited<ReturnType<Platform['business']>>;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
    business = await platform.business();
  });
  after(() => platform.stop());

  const daily = { kind: 'cron', cron: '0 9 * * *', timezone: 'Europe/Madrid' };
  const bodyOf = (changes: object = {}) => ({
    process: 'confirm-email',
    input: { tenantId: business.tenantId, userId: business.userId },
    when: daily,
    reason,
    ...changes,
  });
  const post = (path: string, body: unknown, key?: string) =>
    admin.call('POST', `/api/admin/schedules${path}`, body, key ? { 'idempotency-key': key } : {});
  const create = async (changes: object = {}) => {
    const created = await post('', bodyOf(changes));
    assert.equal(created.status, 201, created.text);
    return created.body;
  };
  const listed = async (query = '') => (await admin.call('GET', `/api/admin/schedules${query}`)).body.items;
  const get = async (id: string) => (await admin.call('GET', `/api/admin/schedules/${id}`)).body;
  const eventsOf = async (action: string, tenant = business.tenantId) => {
    const { body } = await admin.call(
      'GET',
      `/api/admin/audit-events?tenant=${tenant}&action=${action}&limit=200`,
    );
    return body.items as { targets: { id: string }[]; outcome: string; data: Record<string, unknown> }[];
  };

  it('are created once for a key, with one event, and listed with their next run', async () => {
    const [one, two] = await Promise.all([
      post('', bodyOf(), 'schedule-of-the-test'),
      post('', bodyOf(), 'schedule-of-the-test'),
    ]);
    const again = await post('', bodyOf(), 'schedule-of-the-test');
    assert.deepEqual([one.status, two.status, again.status], [201, 201, 201], one.text + two.text);
    const { id } = one.body;
    assert.deepEqual([two.body.id, again.body.id], [id, id]);
    assert.deepEqual(one.body.when, daily);
    assert.deepEqual([one.body.overlap, one.body.jitterS, one.body.catchUpS], ['skip', 0, 600]);
    assert.deepEqual(one.body.input, { tenantId: business.tenantId, userId: business.userId });
    const events = await eventsOf('schedule.created');
    assert.deepEqual(
      events.map(({ targets, outcome, data }) => [targets[0]?.id, outcome, data['when'], data['reason']]),
      [[id, 'success', '0 9 * * *', reason]],
    );
    const items = await eventually(listed, (found) => found.length > 0);
    assert.equal(items.length, 1);
    assert.equal(items[0].tenant.id, business.tenantId);
    const next = await admin.call('GET', `/api/admin/schedules/${id}/next`);
    assert.equal(next.body.items.length, 10);
    assert.equal(next.body.items[0].at, items[0].nextAt);
    assert.match(next.body.items[0].local, /T09:00$/);
  });

  it('refuse what can’t be planned, with the message at its field', async () => {
    const wrong = await post(
      '',
      bodyOf({ when: { ...daily, cron: '0 9 1 * MON' }, jitterS: -1, reason: 'short' }),
    );
    assert.deepEqual(
      [wrong.status, Object.keys(wrong.body.fields).sort()],
      [422, ['jitterS', 'reason', 'when.cron']],
    );
    const answers = [
      await post('', bodyOf({ input: { tenantId: business.tenantId } })),
      await post(
        '',
        bodyOf({ input: { tenantId: business.tenantId, userId: (await platform.business()).userId } }),
      ),
      await post('', bodyOf({ process: 'onboard-tenant' })),
      await post(
        '',
        bodyOf({ input: { tenantId: 'ten_00000000000000000000000000', userId: business.userId } }),
      ),
      await admin.call('GET', '/api/admin/schedules/sch_00000000000000000000000000'),
      await post('/sch_00000000000000000000000000/pause', { reason }),
    ];
    assert.deepEqual(
      answers.map(({ status, body }) =>
        `${status} ${body.code} ${Object.keys(body.fields ?? {}).join()}`.trim(),
      ),
      [
        '422 request.invalid input.userId',
        '422 request.invalid input.userId',
        '404 process.not-found',
        '404 tenant.not-found',
        '404 schedule.not-found',
        '404 schedule.not-found',
      ],
    );
    const preview = await post('/preview', {
      when: { kind: 'interval', every: 2, unit: 'hours', timezone: 'UTC' },
    });
    assert.equal(preview.body.items.length, 10);
  });

  it('start runs of the tenant by hand, once for a key, and say who paused them and why', async () => {
    const { id } = await create();
    const keys = ['trigger-of-the-test', 'trigger-of-the-test'];
    for (const key of keys) assert.equal((await post(`/${id}/trigger`, { reason }, key)).status, 200);
    const { runs } = await eventually(
      () => get(id),
      (found) => found.runs[0]?.state === 'done',
    );
    assert.equal(runs.length, 1);
    const run = await admin.call('GET', `/api/admin/runs/${runs[0].runId}`);
    assert.equal(run.body.tenant.id, business.tenantId);
    assert.ok(
      run.body.workflowId.startsWith(`t:${business.tenantId}:confirm-email:${business.userId}:${id}-`),
    );
    assert.equal((await eventsOf('schedule.triggered')).length, 1);

    assert.equal((await post(`/${id}/pause`, { reason })).status, 200);
    const paused = await get(id);
    assert.equal(paused.paused, true);
    assert.equal(paused.nextAt, null);
    assert.equal(paused.hold.reason, reason);
    assert.match(paused.hold.by, /\w/);
    assert.equal((await post(`/${id}/resume`, { reason })).status, 200);
    assert.deepEqual((({ paused: is, hold }) => [is, hold])(await get(id)), [false, null]);
  });

  it('can be changed in when and how they start runs, and keep what they start', async () => {
    const { id, input } = await create();
    const setup = {
      when: { kind: 'interval', every: 90, unit: 'minutes', timezone: 'America/New_York' },
      overlap: 'bufferOne',
      jitterS: 30,
      catchUpS: 3_600,
    };
    const changed = await admin.call('PUT', `/api/admin/schedules/${id}`, { ...setup, reason });
    assert.equal(changed.status, 200, changed.text);
    const { body } = changed;
    assert.deepEqual(body.when, { kind: 'interval', everyS: 5_400, timezone: 'America/New_York' });
    assert.deepEqual([body.overlap, body.jitterS, body.catchUpS], ['bufferOne', 30, 3_600]);
    assert.deepEqual(body.input, input);
    assert.equal((await post(`/${id}/trigger`, { reason })).status, 200);
    await eventually(
      () => get(id),
      (found) => found.runs[0]?.state === 'done',
    );
  });

  it('make up for a past span of time, as many runs as were planned in it', async () => {
    const { id } = await create();
    const span = { from: '2026-11-01T09:00', to: '2026-11-03T09:00' };
    const started = await post(`/${id}/backfill`, { ...span, reason });
    assert.deepEqual([started.status, started.body.runs], [200, 3], started.text);
    const { runs } = await eventually(
      () => get(id),
      (found) => found.runs.filter(({ state }: { state: string }) => state === 'done').length === 3,
    );
    assert.deepEqual(runs.map(({ plannedAt }: { plannedAt: string }) => plannedAt).sort(), [
      '2026-11-01T08:00:00.000Z',
      '2026-11-02T08:00:00.000Z',
      '2026-11-03T08:00:00.000Z',
    ]);
    const wrong = [
      { ...span, to: '2099-01-01T00:00' },
      { from: span.to, to: span.from },
      { from: '2026-11-01T10:00', to: '2026-11-01T11:00' },
      { from: '2020-01-01T00:00', to: span.to },
    ];
    for (const one of wrong) {
      const refused = await post(`/${id}/backfill`, { ...one, reason });
      assert.equal(refused.status, 422, refused.text);
      assert.ok(refused.body.fields.from ?? refused.body.fields.to);
    }
  });

  it('are paused and resumed all at once, but for those that were paused on their own', async () => {
    const other = await platform.business();
    const own = { input: { tenantId: other.tenantId, userId: other.userId } };
    const [one, two, alone] = [await create(own), await create(own), await create(own)];
    await post(`/${alone.id}/pause`, { reason });
    const query = `?tenant=${other.tenantId}`;
    await eventually(
      () => listed(query),
      (found) => found.filter(({ paused }: { paused: boolean }) => paused).length === 1 && found.length === 3,
    );
    const pause = await post('/pause-all', { tenantId: other.tenantId, reason });
    assert.deepEqual([pause.status, pause.body], [200, { changed: 2 }]);
    assert.equal((await get(one.id)).hold.reason, reason);
    await eventually(
      () => listed(`${query}&paused=yes`),
      (found) => found.length === 3,
    );
    const why = await admin.call('GET', `/api/admin/why?tenant=${other.tenantId}`);
    const causes = why.body.items.filter(({ code }: { code: string }) => code === 'schedulePaused');
    // One for the pause of all, one for the schedule that was paused on its own.
    assert.equal(causes.length, 2);
    assert.match(causes[0].text, /^The schedule is paused .*The owner asked for it on the telephone/);
    assert.equal(causes[0].action.href, `/admin/schedules?tenant=${other.tenantId}&paused=yes`);
    const resume = await post('/resume-all', { tenantId: other.tenantId, reason });
    assert.deepEqual(resume.body, { changed: 2 });
    assert.deepEqual([(await get(two.id)).paused, (await get(alone.id)).paused], [false, true]);
    assert.equal((await eventsOf('schedules.paused', other.tenantId)).length, 1);
  });

  it('that start the same for the same tenant in the same minute are marked', async () => {
    const other = await platform.business();
    const own = { input: { tenantId: other.tenantId, userId: other.userId } };
    const nine = await create(own);
    const hourly = await create({ ...own, when: { ...daily, cron: '0 * * * *' } });
    const ten = await create({ ...own, when: { ...daily, cron: '5 10 * * *' } });
    const found = await eventually(
      () => listed(`?tenant=${other.tenantId}`),
      (items) => items.length === 3,
    );
    const of = (id: string) => found.find((item: { id: string }) => item.id === id).collidesWith;
    assert.deepEqual([of(nine.id), of(hourly.id), of(ten.id)], [[hourly.id], [nine.id], []]);
  });

  it('are gone once they are deleted, also for their request that comes late', async () => {
    const created = await post('', bodyOf(), 'a-schedule-to-delete');
    const { id } = created.body;
    assert.equal((await post(`/${id}/delete`, { reason })).status, 200);
    assert.equal((await admin.call('GET', `/api/admin/schedules/${id}`)).status, 404);
    assert.equal((await post('', bodyOf(), 'a-schedule-to-delete')).status, 404);
    assert.equal((await post(`/${id}/trigger`, { reason })).status, 404);
  });

  it('show the processes of the platform that never end, and to partners their own clients only', async () => {
    const partner = await platform.partner();
    const mine = await platform.business('Bakery of the partner');
    await platform.world.database.owner('update tenants set partner_id = $1 where id = $2', [
      partner.partnerId,
      mine.tenantId,
    ]);
    const { id } = await create({ input: { tenantId: mine.tenantId, userId: mine.userId } });
    const foreign = await create();
    const { body } = await eventually(
      () => partner.call('GET', '/api/admin/schedules'),
      (answer) => answer.body.items.length > 0,
    );
    assert.deepEqual(
      body.items.map((item: { id: string }) => item.id),
      [id],
    );
    assert.deepEqual(body.platform, []);
    assert.equal((await partner.call('GET', `/api/admin/schedules/${foreign.id}`)).status, 404);
    assert.equal((await partner.call('POST', `/api/admin/schedules/${id}/pause`, { reason })).status, 403);
    const all = await admin.call('GET', '/api/admin/schedules');
    assert.deepEqual(all.body.platform.map(({ process }: { process: string }) => process).sort(), [
      'monitor-servers',
      'purge-old-records',
      'remind-api-keys',
      'seal-audit-log',
      'start-templates',
    ]);
  });

  it('check a connection at their times', async () => {
    const schedule = await create({
      process: 'test-connection',
      input: { tenantId: business.tenantId, server: 'stripe' },
    });
    assert.equal(schedule.subject, 'stripe');
    await post(`/${schedule.id}/trigger`, { reason });
    const { runs } = await eventually(
      () => get(schedule.id),
      (found) => ['failed', 'refused', 'done'].includes(found.runs[0]?.state),
    );
    assert.equal(runs.length, 1);
  });
});
