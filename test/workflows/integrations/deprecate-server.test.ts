import assert from 'node:assert/strict';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createProcesses, type Processes } from '../../../api/kit/processes/client.ts';
import { newId, PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { noticesBefore } from '../../../db/domain/integrations/deprecation.ts';
import { disconnect } from '../../../db/repos/integrations/connections.ts';
import { getServer } from '../../../db/repos/integrations/servers.ts';
import * as users from '../../../db/repos/people/users.ts';
import { deprecateServerContract } from '../../../workflows/integrations/deprecate-server.contract.ts';
import { scope } from '../../support/database.ts';
import { timeSkippingEnvironment } from '../../support/time-skipping.ts';
import { connectTenant } from '../../support/tools.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../../support/world.ts';
import { dayMs } from '../../../db/domain/time.ts';

const by = { type: 'user' as const, id: 'usr_admin' };
const idOf = (server: string) => `t:${PLATFORM_TENANT_ID}:deprecate-server:${server}`;

describe('[MCP-R4] deprecating a server', function () {
  this.timeout(150_000);
  let environment: TestWorkflowEnvironment;
  let world: World;
  let worker: { stop(): Promise<void> };
  let processes: Processes;

  before(async () => {
    [environment, world] = await Promise.all([timeSkippingEnvironment(), openWorld()]);
    const namespace = environment.namespace ?? 'default';
    worker = await runWorker(world, {
      address: '',
      namespace,
      nativeConnection: environment.nativeConnection,
    });
    processes = createProcesses(clientFor(world, environment.connection as never, namespace));
  });
  after(async () => {
    await worker.stop();
    await environment.teardown();
    await world.close();
  });

  /** A business with completed onboarding: others would be closed after two weeks. */
  async function liveBusiness(): Promise<{ tenantId: string; email: string }> {
    const [tenantId, id] = [newId('tenant'), newId('user')];
    const email = `${id}@example.com`;
    await world.database.owner(
      `insert into tenants (id, name, name_key, status, timezone, language)
       values ($1, 'Rivera Bakery', $1, 'live', 'UTC', 'en')`,
      [tenantId],
    );
    const person = { id, email, name: 'Olga Owner', timezone: 'UTC', language: 'en' as const };
    await world.database.db.inScope(scope({ tenantId }), async (tx) => {
      await users.insert(tx, { ...person, passwordHash: 'x' });
      await users.addMember(tx, tenantId, id, 'owner');
    });
    return { tenantId, email };
  }

  async function announce(server: string, days: number, successor: string | null = null) {
    // The database does not skip time: what is past for it must be told by its own clock.
    const nowMs = days < 0 ? Date.now() : await environment.currentTimeMs();
    const offAt = new Date(nowMs + days * dayMs).toISOString();
    const reason = 'The vendor closes its interface';
    const input = { server, successor, offAt, notice: 'Exports stay open.', reason, actor: by };
    await processes.start(deprecateServerContract, input, by);
    await processes.update(deprecateServerContract, idOf(server), 'deprecated', null);
  }
  const status = async (server: string) =>
    (await world.database.db.inScope(scope('platform'), (tx) => getServer(tx, server))).status;
  const mails = async (email: string) =>
    (await world.mails(email)).filter(({ subject }) => / ends on |has been retired/.test(subject)).length;
  const reached = (email: string, count: number) =>
    eventually(
      () => mails(email),
      (found) => found === count,
    );

  it('plans the mails that lie ahead and no others', () => {
    const plan = (days: number) => noticesBefore(0, days * dayMs).map(({ key, atMs }) => [key, atMs / dayMs]);
    assert.deepEqual(plan(90), [
      ['now', 0],
      ['month', 60],
      ['week', 83],
      ['day', 89],
    ]);
    assert.deepEqual(plan(5), [
      ['now', 0],
      ['day', 4],
    ]);
    assert.deepEqual(plan(30), [
      ['now', 0],
      ['week', 23],
      ['day', 29],
    ]);
  });

  it('tells owners over months, leaves out who disconnects, and switches the server off', async () => {
    const [stays, leaves, never] = [await liveBusiness(), await liveBusiness(), await liveBusiness()];
    await connectTenant(world.deps, stays.tenantId, 'sendgrid', { apiKey: 'x' });
    await connectTenant(world.deps, leaves.tenantId, 'sendgrid', { apiKey: 'y' });
    await announce('sendgrid', 90, 'mailchimp');
    await Promise.all([reached(stays.email, 1), reached(leaves.email, 1)]);
    assert.equal(await status('sendgrid'), 'deprecated');
    const [mail] = (await world.mails(stays.email)).filter(({ subject }) => subject.includes(' ends on '));
    assert.match(mail?.text ?? '', /Mailchimp/);
    assert.match(mail?.text ?? '', /Exports stay open\./);
    await assert.rejects(connectTenant(world.deps, never.tenantId, 'sendgrid', { apiKey: 'z' }), {
      code: 'server.off',
    });
    await environment.sleep('61 days');
    await Promise.all([reached(stays.email, 2), reached(leaves.email, 2)]);
    await world.database.db.inScope(scope({ tenantId: leaves.tenantId }), (tx) => disconnect(tx, 'sendgrid'));
    await environment.sleep('23 days');
    await reached(stays.email, 3);
    await environment.sleep('5 days');
    await environment.sleep('12 hours');
    await reached(stays.email, 4);
    assert.equal(await status('sendgrid'), 'deprecated');
    await environment.sleep('1 day');
    await reached(stays.email, 5);
    assert.equal(await status('sendgrid'), 'off');
    assert.deepEqual([await mails(leaves.email), await mails(never.email)], [2, 0]);
    const found = await eventually(
      () => processes.findProgress(idOf('sendgrid')),
      (run) => run?.progress.state === 'done',
    );
    assert.ok(found?.progress.steps.every(({ state }) => state === 'done'));
  });

  it('sends only future notices, and none after the deprecation is undone', async () => {
    const owner = await liveBusiness();
    await connectTenant(world.deps, owner.tenantId, 'zoom', { accessToken: 'x' });
    await announce('zoom', 5);
    await reached(owner.email, 1);
    const found = await processes.findProgress(idOf('zoom'));
    const states = Object.fromEntries((found?.progress.steps ?? []).map(({ key, state }) => [key, state]));
    assert.deepEqual([states['month'], states['week']], ['skipped', 'skipped']);
    const reason = 'The vendor changed its mind';
    await processes.update(deprecateServerContract, idOf('zoom'), 'undo', { reason, by });
    assert.equal(await status('zoom'), 'available');
    await environment.sleep('10 days');
    assert.equal(await mails(owner.email), 1);
    assert.equal(await status('zoom'), 'available');
    const ended = await processes.findProgress(idOf('zoom'));
    assert.deepEqual([ended?.open, ended?.progress.state], [false, 'stopped']);
    await announce('zoom', 3);
    assert.equal(await status('zoom'), 'deprecated');
  });

  it('answers why it cannot be announced', async () => {
    await assert.rejects(announce('trello', -1), (error: { code?: string; fields?: object }) => {
      assert.deepEqual([error.code, Object.keys(error.fields ?? {})], ['request.invalid', ['offAt']]);
      return true;
    });
    await assert.rejects(announce('notion', 10, 'notion'), { code: 'request.invalid' });
    assert.equal(await status('notion'), 'available');
  });
});
