import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { exitOf } from '../../../workers/dev/kit/child.ts';

const runtime = new URL('../../../workers/runtime/shutdown.ts', import.meta.url).href;

/** A process that says "up", then runs these shutdown steps (JavaScript) when it is told to stop. */
async function start(steps: string, before = ''): Promise<ChildProcess> {
  const script = `
    import { exitWithParent, onShutdown } from ${JSON.stringify(runtime)};
    const log = { info: () => {}, error: (_fields, message) => console.log(message) };
    setInterval(() => {}, 1000);
    ${before}
    exitWithParent(onShutdown(log, ${steps}, { forceMs: 300 }));
    console.log('up');`;
  const child = spawn(process.execPath, ['--import=tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (!before) await once(child.stdout ?? child, 'readable');
  return child;
}

async function ending(child: ChildProcess): Promise<[string, string]> {
  assert.ok(child.stdout);
  const [ended, output] = await Promise.all([exitOf(child), text(child.stdout)]);
  return [ended, output.replace('up\n', '')];
}

const inOrder = `[
  { name: 'first', run: async () => { await new Promise((done) => setTimeout(done, 50)); console.log('first'); } },
  { name: 'second', run: () => console.log('second') },
]`;

describe('the shutdown of a process', () => {
  it('runs its steps in order and once, however many signals come, and exits 0', async () => {
    const child = await start(inOrder);
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGTERM'] as const) child.kill(signal);
    assert.deepEqual(await ending(child), ['exit code 0', 'first\nsecond\n']);
  });

  it('continues after a failed step, reports it and exits 1', async () => {
    const child = await start(`[
      { name: 'broken', run: () => { throw new Error('no'); } },
      { name: 'last', run: () => console.log('last') },
    ]`);
    child.kill('SIGTERM');
    assert.deepEqual(await ending(child), ['exit code 1', 'a shutdown step failed\nlast\n']);
  });

  it('exits 1 when a step hangs', async () => {
    const child = await start(`[{ name: 'hangs', run: () => new Promise(() => {}) }]`);
    child.kill('SIGTERM');
    assert.deepEqual(await ending(child), ['exit code 1', 'shutdown took too long, exiting now\n']);
  });

  it('begins when the launcher is gone', async () => {
    const child = await start(inOrder);
    child.disconnect();
    assert.deepEqual(await ending(child), ['exit code 0', 'first\nsecond\n']);
  });

  it('begins when the launcher went while the process was still loading', async () => {
    const child = await start(inOrder, 'await new Promise((done) => setTimeout(done, 300));');
    child.disconnect();
    assert.deepEqual(await ending(child), ['exit code 0', 'first\nsecond\n']);
  });
});
