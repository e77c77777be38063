import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { confirmEmailContract } from '../../../../../workflows/identity/confirm-email.contract.ts';
import { resetPasswordContract } from '../../../../../workflows/identity/reset-password.contract.ts';
import { type Caller, type Platform, startPlatform } from '../../../../support/api.ts';
import { ownTemporal } from '../../../../support/platform.ts';
import { eventually, runWorker } from '../../../../support/world.ts';

const reason = 'Before the release, by the test';
const tester = { type: 'system', id: 'test' } as const;
const quiet = () => undefined;
/** Runs of other code than the deployed one. */
const otherBundle = () =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../broken.workflow.ts', import.meta.url)),
    logger: { trace: quiet, debug: quiet, info: quiet, log: quiet, warn: quiet, error: quiet },
  });

describe('[WF-3] [WF-9] a run is replayed against the deployed code', function () {
  this.timeout(180_000);
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

  const swap = async (bundle?: Awaited<ReturnType<typeof otherBundle>>) => {
    await worker?.stop();
    worker = await runWorker(platform.world, temporal, bundle);
  };
  const replay = (runId: string) => admin.call('POST', `/api/admin/runs/${runId}/replay`, { reason });
  const told = (runId: string, words: RegExp) =>
    eventually(
      () => admin.call('GET', `/admin/workflows/${runId}`),
      ({ text }) => words.test(text),
      60_000,
    );

  it('says that the code can continue it, whether the run is open or has ended', async () => {
    await swap();
    const business = await platform.business();
    const { body } = await eventually(
      () => admin.call('GET', `/api/admin/runs?tenant=${business.tenantId}&process=onboard-tenant`),
      (answer) => answer.body.items[0]?.state === 'waiting',
    );
    const runId = body.items[0].runId as string;
    assert.equal((await admin.call('POST', `/api/admin/runs/${runId}/replay`, {})).status, 422);
    const form = await admin.form(`/admin/workflows/${runId}/replay`, { reason });
    assert.equal(form.status, 303, form.text.slice(0, 300));
    // A second click joins the replay that is under way, or makes another; it never fails.
    assert.equal((await replay(runId)).status, 200);
    await told(runId, /Replay: the deployed code can continue this run/);

    const ended = await platform.processes.start(
      confirmEmailContract,
      { tenantId: business.tenantId, userId: business.userId },
      tester,
    );
    await eventually(
      () => admin.call('GET', `/api/admin/runs/${ended.runId}`),
      ({ status, body: run }) => status === 200 && run.state === 'done',
    );
    assert.equal((await replay(ended.runId)).status, 200);
    await told(ended.runId, /Replay: the deployed code can continue this run/);
    const audit = await admin.call(
      'GET',
      `/api/admin/audit-events?tenant=${business.tenantId}&action=run.replayed`,
    );
    assert.ok(audit.body.items.every(({ data }: { data: { reason: string } }) => data.reason === reason));
    assert.equal((await business.call('POST', `/api/admin/runs/${runId}/replay`, { reason })).status, 403);
  });

  it('says where the code differs from what was recorded', async () => {
    await swap(await otherBundle());
    const { runId } = await platform.processes.start(resetPasswordContract, { resetId: 'rst_1' }, tester);
    await eventually(
      () => admin.call('GET', `/admin/workflows/${runId}?tab=history&view=full`),
      ({ status, text }) => status === 200 && text.includes('StartChildWorkflowExecutionInitiated'),
      30_000,
    );
    // From now on a worker has the deployed code.
    await swap();
    assert.equal((await replay(runId)).status, 200);
    const page = await told(runId, /Replay: the deployed code can(?:’t)? continue this run/);
    const list = /<ul class="bz-relatives"[^]*?<\/ul>/.exec(page.text)?.[0] ?? '';
    assert.match(list, /can’t continue this run[^]*nondeterminism/i);
  });
});
