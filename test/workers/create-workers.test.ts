import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createActivities } from '../../activities/index.ts';
import type { Deps } from '../../activities/deps.ts';
import { contracts } from '../../workflows/contracts.ts';
import { workflowType } from '../../workflows/define.ts';
import { queues } from '../../workflows/shared/queues.ts';
import { projectRoot } from '../support/source-files.ts';

async function sourcesOf(folder: string): Promise<{ file: string; text: string }[]> {
  const names = await readdir(join(projectRoot, folder), { recursive: true });
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
  return Promise.all(
    files.map(async (file) => ({ file, text: await readFile(join(projectRoot, file), 'utf8') })),
  );
}

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found);
const namesOf = (sources: readonly { text: string }[], pattern: RegExp) =>
  new Set(sources.flatMap(({ text }) => matches(text, pattern)));

/** Activities are made of functions that only close over what they need. */
const registered = () => Object.keys(createActivities({} as Deps));

describe('[WF-9] what code asks for, and what workers register', () => {
  it('is the same: every activity that a workflow calls is registered, and none is left over', async () => {
    const workflows = await sourcesOf('workflows');
    const profiles = await readFile(join(projectRoot, 'workflows/shared/profiles.ts'), 'utf8');
    const proxies = matches(profiles, /export const (\w+) = (?:proxyActivities|holdWhileFrozen)/g);
    assert.ok(proxies.length >= 8);
    const called = namesOf(workflows, new RegExp(`\\b(?:${proxies.join('|')})\\s*\\.(\\w+)\\(`, 'g'));
    assert.ok(called.size > 40);
    const known = new Set(registered());
    assert.deepEqual([...called].filter((name) => !known.has(name)).sort(), [], 'called, not registered');
    const mentioned = workflows.map(({ text }) => text).join('\n');
    assert.deepEqual(
      [...known].filter((name) => !called.has(name) && !new RegExp(`\\b${name}\\b`).test(mentioned)).sort(),
      [],
      'registered, never called',
    );
  });

  it('is the same: every process that can be started is in the bundle, under its own type', async () => {
    const index = await readFile(join(projectRoot, 'workflows/index.ts'), 'utf8');
    const exported = matches(index, /export \{ (\w+) \}/g).sort();
    assert.deepEqual(exported, Object.keys(contracts).map(workflowType).sort());
    const everything = (
      await Promise.all(['workflows', 'activities', 'api', 'workers'].map(sourcesOf))
    ).flat();
    const started = namesOf(
      everything,
      /\b(?:startChild|executeChild|workflow\.(?:start|execute|signalWithStart))\(\s*'(\w+)'/g,
    );
    assert.deepEqual(
      [...started].filter((type) => !exported.includes(type)),
      [],
    );
  });

  it('is the same: every queue that work is sent to is served, and none is served for nothing', async () => {
    const sources = await sourcesOf('workflows');
    const sentTo = new Set([
      ...Object.values(contracts).map(({ queue }) => queue as string),
      ...namesOf(sources, /\btaskQueue: '(\w+)'/g),
    ]);
    assert.deepEqual([...sentTo].sort(), [...queues].sort());
    // Workers of the other queues run no workflows.
    assert.deepEqual([...new Set(Object.values(contracts).map(({ queue }) => queue))], ['core']);
  });
});
