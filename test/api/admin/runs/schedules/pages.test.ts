import assert from 'node:assert/strict';
import { type Caller, type Platform, startPlatform } from '../../../../support/api.ts';
import { eventually as within } from '../../../../support/world.ts';

const reason = 'The owner asked for it on the telephone';

/** A busy machine starts several runs in its own time. */
const eventually = <T>(ask: () => Promise<T>, holds: (value: T) => boolean) => within(ask, holds, 45_000);

describe('[WF-7] the pages of schedules', function () {
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

  const hidden = (text: string, name: string) =>
    new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? '';
  const path = '/admin/schedules/new/confirm-email';
  const fieldsOf = (requestKey: string, changes: Record<string, string> = {}) => ({
    'input.tenantId': business.tenantId,
    'input.userId': business.userId,
    'when.kind': 'cron',
    'when.cron': '30 2 * * *',
    'when.every': '30',
    'when.unit': 'minutes',
    'when.timezone': 'Europe/Madrid',
    overlap: 'skip',
    jitterS: '0',
    catchUpS: '600',
    reason,
    requestKey,
    ...changes,
  });
  async function create(): Promise<string> {
    const fields = fieldsOf(crypto.randomUUID());
    const { text } = await admin.form(path, fields);
    const done = await admin.form(path, { ...fields, previewed: hidden(text, 'previewed') });
    assert.equal(done.status, 303, done.text.slice(0, 300));
    return done.headers.get('location') ?? '';
  }

  it('show the times before one is created, again after each change, and create it once', async () => {
    const key = hidden((await admin.call('GET', path)).text, 'requestKey');
    const fields = fieldsOf(key);
    const first = await admin.form(path, fields);
    assert.equal(first.status, 200, first.text.slice(0, 300));
    assert.match(first.text, /This schedule would start at[\s\S]*02:30/);
    assert.equal(hidden(first.text, 'requestKey'), key);
    const previewed = hidden(first.text, 'previewed');
    const other = await admin.form(path, { ...fields, 'when.cron': '45 3 * * *', previewed });
    assert.equal(other.status, 200);
    assert.match(other.text, /03:45/);
    const done = await admin.form(path, { ...fields, previewed });
    const again = await admin.form(path, { ...fields, previewed });
    assert.deepEqual([done.status, again.status], [303, 303]);
    assert.equal(done.headers.get('location'), again.headers.get('location'));
    const page = await admin.call('GET', done.headers.get('location') ?? '');
    assert.match(page.text, /Every day at 02:30/);
    assert.match(page.text, /Skip the new run/);
    const list = await eventually(
      () => admin.call('GET', '/admin/schedules'),
      ({ text }) => text.includes('Every day at 02:30'),
    );
    assert.match(list.text, /Purge old records/);
  });

  it('keep what was typed where something is wrong, with the message at its field', async () => {
    const refused = await admin.form(
      path,
      fieldsOf('key-of-the-test', { 'when.cron': 'never', reason: 'short' }),
    );
    assert.equal(refused.status, 422);
    assert.match(refused.text, /<a href="#f-when-cron">Cron expression: Enter five fields/);
    assert.match(refused.text, /<a href="#f-reason">/);
    assert.match(refused.text, /value="never"/);
  });

  it('show what a change changes before it is saved', async () => {
    const address = await create();
    const { 'input.tenantId': _tenant, 'input.userId': _user, ...setup } = fieldsOf(crypto.randomUUID());
    const fields = { ...setup, 'when.cron': '0 6 * * MON', overlap: 'allowAll' };
    const preview = await admin.form(`${address}/change`, fields);
    assert.equal(preview.status, 200, preview.text.slice(0, 300));
    assert.match(preview.text, /Every day at 02:30[\s\S]*Every Monday at 06:00/);
    assert.match(preview.text, /Start the new run beside it/);
    assert.match((await admin.call('GET', address)).text, /Every day at 02:30/);
    const saved = await admin.form(`${address}/change`, {
      ...fields,
      previewed: hidden(preview.text, 'previewed'),
    });
    assert.equal(saved.status, 303);
    assert.match((await admin.call('GET', address)).text, /Every Monday at 06:00/);
  });

  it('count the runs of a backfill before they start', async () => {
    const address = await create();
    const fields = {
      from: '2026-11-01T00:00',
      to: '2026-11-03T00:00',
      overlap: 'bufferAll',
      reason,
      requestKey: crypto.randomUUID(),
    };
    const preview = await admin.form(`${address}/backfill`, fields);
    assert.match(preview.text, /2 runs would start/);
    const done = await admin.form(`${address}/backfill`, {
      ...fields,
      previewed: hidden(preview.text, 'previewed'),
    });
    assert.equal(done.status, 303);
    await eventually(
      () => admin.call('GET', address),
      ({ text }) => text.includes('2 started,') && text.split('href="/admin/workflows/').length > 2,
    );
  });

  it('pause, resume, run and delete with a reason, and keep a pause of one tenant to that tenant', async () => {
    const address = await create();
    const requestKey = crypto.randomUUID();
    const refused = await admin.form(`${address}/pause`, { reason: 'short', requestKey });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /<dialog id="do-pause"[^>]* open/);
    assert.equal((await admin.form(`${address}/pause`, { reason, requestKey })).status, 303);
    assert.match((await admin.call('GET', address)).text, new RegExp(reason));
    for (const action of ['resume', 'trigger'])
      assert.equal((await admin.form(`${address}/${action}`, { reason, requestKey })).status, 303, action);
    const all = { tenantId: business.tenantId, reason: 'short', requestKey };
    const wrong = await admin.form('/admin/schedules/pause-all', all);
    assert.equal(wrong.status, 422);
    assert.equal(hidden(wrong.text, 'tenantId'), business.tenantId);
    const deleted = await admin.form(`${address}/delete`, { reason, requestKey });
    assert.equal(deleted.headers.get('location'), '/admin/schedules');
    assert.equal((await admin.call('GET', address)).status, 404);
  });
});
