import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { createActivities } from '../../activities/index.ts';
import { contracts } from '../../workflows/contracts.ts';
import type { ProcessDeclaration } from '../../workflows/define.ts';
import { adminActionUpdates } from '../../workflows/shared/admin-actions.ts';
import { queues } from '../../workflows/shared/queues.ts';
import { effectOf } from '../../workflows/shared/effects.ts';
import { readCorpus } from '../replay/corpus.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

async function sourcesIn(...folders: string[]): Promise<{ path: string; text: string }[]> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(join(root, folder), { recursive: true });
      return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
    }),
  );
  return Promise.all(
    found.flat().map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })),
  );
}

/**
 * What is proven by types is not tested again: names and argument shapes of activities, of updates and of signals, since
 * workflows call `proxyActivities<Activities>` and register by their contracts. This holds what types can't see.
 */
describe('[WF-9] what is started and called is what workers register', () => {
  const registered = new Set(Object.keys(createActivities({} as never)));
  const all: readonly ProcessDeclaration[] = Object.values(contracts);

  it('starts every process on the queue whose workers run workflows', () => {
    for (const { name, queue } of all) assert.equal(queue, 'core', name);
    assert.ok((queues as readonly string[]).includes('core'));
  });

  it('starts by contracts only, never by a name that no one checks', async () => {
    const starts = /\.(?:start|execute|signalWithStart)\(\s*['"`]|new WithStartWorkflowOperation\(\s*['"`]/;
    const byName = (await sourcesIn('api', 'workers', 'activities')).filter(({ text }) => starts.test(text));
    assert.deepEqual(
      byName.map(({ path }) => path),
      [],
    );
  });

  it('calls activities and other runs in the checked ways only', async () => {
    const unchecked = /proxyLocalActivities|scheduleActivity|executeChild\(\s*['"`]|startChild\(\s*['"`]/;
    for (const { path, text } of await sourcesIn('workflows')) {
      assert.doesNotMatch(text, unchecked, path);
      for (const [call] of text.matchAll(/proxyActivities.*\(/g))
        assert.match(call, /^proxyActivities<Activities>\(/, path);
    }
  });

  it('says of every activity whether it acts on the outside, so that a reset can be previewed', () => {
    assert.deepEqual(
      [...registered].filter((name) => effectOf(name) === 'unknown'),
      [],
    );
  });

  it('registers the updates and signals of a contract by the contract', async () => {
    const sources = await sourcesIn('workflows');
    for (const { name, updates, signals = {} } of all) {
      const workflow = sources.find(({ path }) => path.endsWith(`/${name}.workflow.ts`))?.text ?? '';
      assert.equal(Object.keys(updates).length > 0, /\bhandle</.test(workflow), `updates of ${name}`);
      assert.equal(Object.keys(signals).length > 0, /\bonSignals</.test(workflow), `signals of ${name}`);
    }
  });

  it('recorded nothing in any history that isn’t registered under the same name, on a served queue', async () => {
    const problems: string[] = [];
    for (const { name, workflowId, history } of await readCorpus()) {
      const contract = contracts[workflowId.split(':')[2] ?? ''];
      const messages = { ...adminActionUpdates, ...contract?.updates, ...contract?.signals };
      for (const event of historyFromJSON(history).events ?? []) {
        const scheduled = event.activityTaskScheduledEventAttributes;
        const activity = scheduled?.activityType?.name;
        const queue = scheduled?.taskQueue?.name ?? 'core';
        if (activity && !registered.has(activity)) problems.push(`${name}: activity ${activity}`);
        if (!(queues as readonly string[]).includes(queue)) problems.push(`${name}: queue ${queue}`);
        const message =
          event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name ??
          event.workflowExecutionSignaledEventAttributes?.signalName;
        if (message && !(message in messages)) problems.push(`${name}: message ${message}`);
      }
    }
    assert.deepEqual(problems, []);
  });
});
