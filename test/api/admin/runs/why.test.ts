import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { PLATFORM_TENANT_ID } from '../../../../db/domain/ids.ts';
import { purgeOldRecordsContract } from '../../../../workflows/audit/purge-old-records.contract.ts';
import { confirmEmailContract } from '../../../../workflows/identity/confirm-email.contract.ts';
import { resetPasswordContract } from '../../../../workflows/identity/reset-password.contract.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { ownTemporal } from '../../../support/platform.ts';
import { eventually, runWorker } from '../../../support/world.ts';

interface Item {
  code: string;
  text: string;
  ask: string | null;
  action: { kind: string; title: string; href: string } | null;
  runId: string | null;
}

const tester = { type: 'system', id: 'test' } as const;
/** The same processes with code that gets stuck. */
const brokenBundle = () =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('broken.workflow.ts', import.meta.url)),
    logger: {
      trace: () => undefined,
      debug: () => undefined,
      info: () => undefined,
      log: () => undefined,
      warn: () => undefined,
      error: () => undefined,
    },
  });

describe('[WF-2] [WF-9] why it is stuck, as Temporal itself has it', function () {
  this.timeout(120_000);
  let platform: Platform;
  let temporal: Awaited<ReturnType<typeof ownTemporal>>;
  let admin: Caller;
  let worker: { stop(): Promise<void> } | null = null;

  before(async () => {
    temporal = await ownTemporal();
    platform = await startPlatform({ worker: false, temporal });
    admin = await platform.admin();
  });
  after(async () => {
    await worker?.stop();
    await platform.stop();
  });

  const why = async (query = '', caller: Caller = admin): Promise<Item[]> => {
    const { status, body } = await caller.call('GET', `/api/admin/why?${query}`);
    return status === 200 ? (body.items as Item[]) : [];
  };
  const codes = (items: readonly Item[]) => items.map(({ code }) => code).join(' ');
  /** The explainer names this, and nothing else. */
  const becomes = (query: string, expected: string) =>
    eventually(
      () => why(query),
      (items) => codes(items) === expected,
      40_000,
    );
  const swap = async (bundle?: Awaited<ReturnType<typeof brokenBundle>>) => {
    await worker?.stop();
    worker = await runWorker(platform.world, temporal, bundle);
  };

  it('names a queue that no worker polls: for the run, for the platform, on Home and at /readyz', async () => {
    const { runId } = await platform.processes.start(purgeOldRecordsContract, { purgeRun: 0 }, tester);
    const [item] = await becomes(`run=${runId}`, 'noWorker');
    assert.deepEqual(item?.action, { kind: 'openWorkers', title: 'Open workers', href: '/admin/workers' });
    assert.equal(item?.ask, 'Platform operator');
    assert.equal((await why())[0]?.code, 'noWorker');
    assert.match((await admin.call('GET', '/admin')).text, /No worker is available for the queue “core”/);
    assert.match((await admin.call('GET', `/admin/workflows/${runId}`)).text, /No worker is available/);
    assert.equal((await platform.caller().call('GET', '/readyz')).status, 503);

    const before = (await admin.call('GET', '/api/admin/workers')).body.queues[0];
    assert.deepEqual([before.queue, before.unpolled, before.workers], ['core', ['workflow', 'activity'], []]);
    assert.match((await admin.call('GET', '/admin/workers')).text, /No worker polls “core”/);

    await swap();
    await becomes(`run=${runId}`, 'timer');
    await becomes('', '');
    assert.doesNotMatch((await admin.call('GET', '/admin')).text, /No worker is available/);
    const { queues } = (await admin.call('GET', '/api/admin/workers')).body;
    const [core, tools, mail] = queues;
    assert.deepEqual(
      queues.map(({ queue, unpolled, workers }: typeof core) => [queue, unpolled, workers.length]),
      [
        ['core', [], 1],
        ['tools', [], 1],
        ['mail', [], 1],
      ],
    );
    assert.deepEqual(core.workers[0].kinds, ['workflow', 'activity']);
    assert.deepEqual([tools.workers[0].kinds, mail.workers[0].kinds], [['activity'], ['activity']]);
    assert.match(core.workers[0].identity, /^\d+@/);
    assert.ok(core.workers[0].build);
    const page = (await admin.call('GET', '/admin/workers')).text;
    assert.ok(page.includes(core.workers[0].identity) && !page.includes('No worker polls'));
  });

  it('names the customer, and then code that doesn’t match the history', async () => {
    const business = await platform.business();
    const [waits] = await eventually(
      () => why(`tenant=${business.tenantId}`),
      (items) => items.some(({ code }) => code === 'waitsCustomer'),
    );
    const runId = waits?.runId ?? '';
    assert.equal(codes(await why(`run=${runId}`)), 'waitsCustomer');
    assert.match(
      waits?.text ?? '',
      /^Waiting for the owner to complete the business profile\. Nothing is wrong\./,
    );
    assert.deepEqual(waits?.action?.href, `/admin/workflows/${runId}`);

    await swap(await brokenBundle());
    assert.equal(
      (await admin.call('POST', `/api/admin/runs/${runId}/cancel`, { reason: 'To wake it up' })).status,
      200,
    );
    const broken = await eventually(
      () => why(`run=${runId}`),
      (items) => items[0]?.code === 'cannotReplay',
      40_000,
    );
    assert.match(broken[0]?.text ?? '', /doesn’t match what this run has recorded/);
    assert.equal(broken[0]?.action?.href, `/admin/workflows/${runId}?tab=history`);
    const page = (await admin.call('GET', `/admin/workflows/${runId}`)).text;
    assert.match(page, /doesn’t match what this run has recorded/);
    assert.match(page, /Open history/);
  });

  it('names work that is tried again, and a run that waits for one like it', async () => {
    const input = { tenantId: PLATFORM_TENANT_ID, userId: 'usr_1' };
    const { runId } = await platform.processes.start(confirmEmailContract, input, tester);
    const [retrying] = await becomes(`run=${runId}`, 'retrying');
    assert.match(retrying?.text ?? '', /^1 attempt of “Send the link” failed\. .*Retries automatically in/);
    const parent = await platform.processes.start(resetPasswordContract, { resetId: 'rst_1' }, tester);
    const [stuck] = await becomes(`run=${parent.runId}`, 'childStuck');
    assert.match(stuck?.text ?? '', /^It waits for “.*”, which is stuck\. 1 attempt of “.*” failed\./);
    assert.equal(stuck?.action?.href, `/admin/workflows/${stuck?.runId}`);
  });

  it('shows partners nothing but their own tenants', async () => {
    const partner = await platform.partner();
    const { body } = await admin.call('GET', '/api/admin/runs?process=onboard-tenant');
    const { runId, tenant } = body.items[0];
    for (const query of [`run=${runId}`, `tenant=${tenant.id}`]) {
      assert.equal((await partner.call('GET', `/api/admin/why?${query}`)).status, 404, query);
      assert.equal((await admin.call('GET', `/api/admin/why?${query}`)).status, 200, query);
    }
    assert.deepEqual(await why('', partner), []);
    assert.equal((await partner.call('GET', '/api/admin/workers')).status, 403);
    assert.equal((await platform.caller().call('GET', '/api/admin/why')).status, 401);
  });
});
