import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { Connection, type ConnectionOptions } from '@temporalio/client';
import { nullIfUnavailable } from '../../../../api/admin/shared/null-if-unavailable.ts';
import { createApp } from '../../../../api/app.ts';
import { connectDb } from '../../../../db/connect.ts';
import { AppError } from '../../../../db/domain/errors.ts';
import { RunPanel } from '../../../../templates/admin/runs/run-panels.tsx';
import { renderFragment } from '../../../../templates/layout/render.ts';
import { newId } from '../../../../db/domain/ids.ts';
import { findConnection } from '../../../../db/repos/integrations/connections.ts';
import { apiDeps, type Caller, callerOf, type Platform, startPlatform } from '../../../support/api.ts';
import { scope } from '../../../support/database.ts';
import { connectTenant } from '../../../support/tools.ts';
import { clientFor, eventually } from '../../../support/world.ts';
import { runProps } from '../../../templates/admin/run-page.samples.tsx';
import { retrying } from '../../../../workers/runtime/connection.ts';

/** Gives up after its second try, so that a call is answered at once and not after twenty seconds of trying. */
const impatient = retrying({ maxAttempts: 2 });

/** The same API with an unreachable Temporal. */
async function withoutTemporal(
  { world }: Platform,
  options: ConnectionOptions,
): Promise<{ url: string; stop(): Promise<void> }> {
  const connection = Connection.lazy({ address: '127.0.0.1:1', ...options });
  const app = createApp(apiDeps(world, clientFor(world, connection, 'bizosaas')));
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await connection.close();
    },
  };
}

describe('what does not answer', () => {
  it('leaves a gap in a page, be it Temporal or the database; what is broken does not pass for that', async () => {
    assert.equal(await nullIfUnavailable(async () => 'there'), 'there');
    const url = 'postgres://unknown@127.0.0.1:1/away';
    const db = connectDb({ app: url, platform: url, partner: url });
    assert.equal(
      await nullIfUnavailable(() => db.inScope(scope('platform'), (tx) => tx.sql('tenants'))),
      null,
    );
    await db.close();
    assert.equal(await nullIfUnavailable(() => Promise.reject(new AppError('service.unavailable'))), null);
    await assert.rejects(
      nullIfUnavailable(() => Promise.reject(new TypeError('a mistake of ours'))),
      TypeError,
    );
    const { frame, run } = runProps({ key: 'steps' });
    const panel = RunPanel({ frame, tab: { key: 'audit', entries: null }, run });
    assert.match(panel ? renderFragment(panel) : '', /The audit log cannot be shown at the moment/);
  });
});

describe('[WF-2] [ONB-6] what administrators see while Temporal is away', function () {
  this.timeout(150_000);
  let platform: Platform;
  let other: Awaited<ReturnType<typeof withoutTemporal>>;
  /** Tries as long as the product does: ends at the deadline of a call. */
  let patient: Awaited<ReturnType<typeof withoutTemporal>>;
  let admin: Caller;
  let tenantId: string;
  let runId: string;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
    ({ tenantId } = await platform.business());
    const list = await eventually(
      () => admin.call('GET', `/api/admin/runs?tenant=${tenantId}&state=waiting`),
      ({ body }) => body.items.length === 1,
    );
    runId = list.body.items[0].runId;
    other = await withoutTemporal(platform, impatient);
    patient = await withoutTemporal(platform, retrying());
  });
  after(async () => {
    await Promise.all([other.stop(), patient.stop()]);
    await platform.stop();
  });

  async function get(path: string, { url } = other) {
    const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url + path, { headers: { cookie } });
    return { status: response.status, text: await response.text() };
  }

  it('shows what was last noted of a run, and says so', async () => {
    const [answer, page, data, audit] = await Promise.all(
      [
        `/api/admin/runs/${runId}`,
        ...['history', 'data', 'audit'].map((tab) => `/admin/workflows/${runId}?tab=${tab}`),
      ].map((path) => get(path, patient)),
    );
    assert.ok(answer && page && data && audit);
    assert.equal(answer.status, 200, answer.text);
    const run = JSON.parse(answer.text) as {
      source: string;
      state: string;
      steps: { state: string }[];
      why: { text: string };
    };
    assert.deepEqual([run.source, run.state, run.steps[0]?.state], ['projection', 'waiting', 'done']);
    assert.match(run.why.text, /isn’t responding/);
    assert.equal(page.status, 200);
    assert.match(page.text, /isn’t responding/);
    assert.match(page.text, /The history cannot be shown at the moment/);
    assert.match(data.text, /What went in and out cannot be shown at the moment/);
    assert.doesNotMatch(audit.text, /cannot be shown/);
  });

  it('[MCP-G] does not acknowledge what a server tells, so that it is sent again', async () => {
    const { db } = platform.world.database;
    await connectTenant(platform.world.deps, tenantId, 'zapier', { hookUrl: 'not used for notices' });
    const connection = await db.inScope(scope({ tenantId }), (tx) => findConnection(tx, 'zapier'));
    const told = await fetch(`${other.url}/hooks/zapier/${connection?.webhookKey ?? ''}`, {
      method: 'POST',
      body: JSON.stringify({ id: 'zap-1', type: 'lead.new' }),
    });
    assert.deepEqual([told.status, told.headers.get('retry-after')], [503, '2']);
  });

  it('[MCP-G] [SEC-8] deletes the staged secret immediately when the process could not be started', async () => {
    const owner = await platform.business();
    const away = callerOf(other.url);
    for (const [name, value] of owner.cookies) away.cookies.set(name, value);
    const staff = callerOf(other.url);
    for (const [name, value] of admin.cookies) staff.cookies.set(name, value);
    const answers = await Promise.all([
      away.call('POST', '/api/client/integrations/stripe/connect', { apiKey: 'rk_test_canary' }),
      away.form('/app/integrations/stripe/connect', { apiKey: 'rk_test_canary' }),
      away.call('GET', `/app/integrations/zoom/callback?code=canary&state=${newId('connection')}.x`),
      staff.call('POST', '/api/admin/integrations/servers/stripe/read', { apiKey: 'rk_test_canary' }),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [503, 503, 503, 503],
      answers.map(({ text }) => text.slice(0, 300)).join('\n'),
    );
    const kept = (action: string) =>
      platform.world.database.owner(`select 1 from events where action = $1 and target_id like 'waiting/%'`, [
        action,
      ]);
    // All of it was kept, and all of it is gone.
    assert.deepEqual([(await kept('secret.stored')).length, (await kept('secret.removed')).length], [4, 4]);
    assert.deepEqual(
      await platform.world.database.owner(`select name from secrets where name like 'waiting/%'`),
      [],
    );
  });

  it('shows the tenant with its onboarding, and the lists as usual', async () => {
    const page = await get(`/admin/tenants/${tenantId}?tab=onboarding`);
    assert.equal(page.status, 200);
    assert.match(page.text, /Waiting for the owner to complete the business profile/);
    for (const path of [
      '/admin',
      '/admin/tenants',
      '/admin/workflows',
      '/admin/onboarding',
      '/admin/people',
      '/admin/audit',
    ]) {
      assert.equal((await get(path)).status, 200, path);
    }
  });
});
