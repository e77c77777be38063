import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode, Worker, type WorkflowBundle } from '@temporalio/worker';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { contracts } from '../../workflows/contracts.ts';
import { workflowType } from '../../workflows/define.ts';
import { dataConverter } from '../../workers/runtime/temporal.ts';
import { corpusKey, readCorpus } from './corpus.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Errors of replays by the name of the history; empty when every run could go on with this code. */
async function replay(workflowBundle: WorkflowBundle): Promise<Record<string, string>> {
  const stored = await readCorpus();
  const histories = stored.map(({ workflowId, history }) => ({
    workflowId,
    history: historyFromJSON(history),
  }));
  const failed: Record<string, string> = {};
  const options = { workflowBundle, dataConverter: dataConverter(corpusKey) };
  for await (const result of Worker.runReplayHistories(options, histories)) {
    const name = stored.find(({ workflowId }) => workflowId === result.workflowId)?.name ?? result.workflowId;
    if (result.error) failed[name] = String(result.error);
  }
  return failed;
}

/** The workflow type that a history began with. */
const typeOf = (history: unknown) =>
  historyFromJSON(history).events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? '';

describe('[WF-9] stored histories', function () {
  this.timeout(60_000);

  it('replay on the code as it stands: every run under way survives a deployment', async () => {
    assert.ok((await readCorpus()).length >= 8);
    assert.deepEqual(await replay(await bundleWorkflows()), {});
  });

  it('are there for every process', async () => {
    const kept = (await readCorpus()).map(({ history }) => typeOf(history));
    const missing = Object.keys(contracts).filter((name) => !kept.includes(workflowType(name)));
    assert.deepEqual(
      missing,
      [],
      'play them in test/replay/scenes.ts and record them: test/replay/record.ts',
    );
  });

  it('do not replay on a workflow that was changed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bizosaas-replay-'));
    try {
      for (const part of ['workflows', 'db/domain', 'package.json', 'tsconfig.json']) {
        await cp(join(root, part), join(folder, part), { recursive: true });
      }
      await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
      const path = join(folder, 'workflows/onboarding/onboard-tenant.workflow.ts');
      const source = await readFile(path, 'utf8');
      const changed = source.replace(
        `template: 'verify-email', data: {} });`,
        `$&\n    await db.activateTenant({ tenantId, userId });`,
      );
      assert.notEqual(changed, source);
      await writeFile(path, changed);
      const quiet = () => undefined;
      const failed = await replay(
        await bundleWorkflowCode({
          workflowsPath: join(folder, 'workflows/index.ts'),
          failureConverterPath: join(root, 'workers/runtime/failure-converter.cjs'),
          logger: { trace: quiet, debug: quiet, info: quiet, log: quiet, warn: quiet, error: quiet },
        }),
      );
      // Those that were refused end before what was changed.
      const isTouched = (name: string) =>
        name.startsWith('onboard-tenant') && !/-(known-address|refused)\.json$/.test(name);
      const onboardings = (await readCorpus()).filter(({ name }) => isTouched(name));
      assert.deepEqual(Object.keys(failed).sort(), onboardings.map(({ name }) => name).sort());
      assert.ok(Object.values(failed).every((error) => /DeterminismViolation|Nondeterminism/i.test(error)));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
