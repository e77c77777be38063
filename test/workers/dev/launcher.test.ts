import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { access, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { exitOf, startChild } from '../../../workers/dev/kit/child.ts';
import { takeLock } from '../../../workers/dev/kit/lock.ts';
import { supervise } from '../../../workers/dev/kit/supervise.ts';
import { testDirectory } from '../../support/workspace.ts';

async function npmStart(env: NodeJS.ProcessEnv): Promise<{ ended: string; output: string }> {
  const child = spawn(process.execPath, ['--import=tsx', 'workers/dev/up.ts'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [ended, output] = await Promise.all([exitOf(child), text(child.stdout)]);
  return { ended, output };
}

describe('npm start', () => {
  it('names the way out when the port is taken, and leaves nothing behind', async () => {
    const dataDir = await testDirectory('launcher port');
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const { port } = squatter.address() as AddressInfo;
    try {
      const { ended, output } = await npmStart({ PORT: String(port), DATA_DIR: dataDir });
      assert.equal(ended, 'exit code 1');
      assert.equal(output, `Port ${port} is taken; choose another one: PORT=${port + 1} npm start\n`);
    } finally {
      squatter.close();
    }
    await assert.rejects(access(join(dataDir, 'launcher.pid')));
    await assert.rejects(access(join(dataDir, 'postgres')));
  });

  it('refuses a data directory on which another one runs', async () => {
    const dataDir = await testDirectory('launcher-lock');
    const lock = await takeLock(join(dataDir, 'launcher.pid'));
    assert.ok('release' in lock);
    const { ended, output } = await npmStart({ DATA_DIR: dataDir });
    assert.equal(ended, 'exit code 1');
    assert.match(
      output,
      new RegExp(`^BizOSaaS already runs on .+ \\(process ${process.pid}\\); stop it, or [^\n]+\n$`),
    );
    await lock.release();
  });

  it('says in one sentence which setting is wrong', async () => {
    const { ended, output } = await npmStart({ PORT: 'many' });
    assert.deepEqual([ended, output], ['exit code 1', 'PORT must be a port number.\n']);
  });
});

describe('the launcher’s lock', () => {
  it('is taken over from a process that is gone, even when its pid is alive again', async () => {
    const path = join(await testDirectory('lock'), 'launcher.pid');
    await writeFile(path, JSON.stringify({ pid: process.pid, startedAt: 'another time' }));
    const lock = await takeLock(path);
    assert.ok('release' in lock);
    assert.equal(lock.tookOver, process.pid);
    assert.deepEqual(await takeLock(path), { heldBy: process.pid });
    await lock.release();
    assert.ok('release' in (await takeLock(path)));
  });

  it('is taken over when a crash left the file empty', async () => {
    const path = join(await testDirectory('lock-empty'), 'launcher.pid');
    await writeFile(path, '');
    const lock = await takeLock(path);
    assert.ok('release' in lock && lock.tookOver === 0);
  });
});

describe('supervision', () => {
  it('starts a crashing process again, quickly at first, and shows the end of its log once it is a loop', async () => {
    const logFile = join(await testDirectory('supervise'), 'crasher.log');
    const start = () =>
      startChild({
        command: process.execPath,
        args: ['-e', 'console.log("no licence"); process.exit(3)'],
        logFile,
      });
    const lines: string[] = [];
    const loop = new Promise<void>((resolve) => {
      const say = (line: string) => {
        lines.push(line);
        if (line.includes('keeps ending')) resolve();
      };
      void supervise({ name: 'crasher', logFile, start }, { say, onChange: () => undefined }).then(
        async (supervised) => {
          await loop;
          await supervised.stop();
        },
      );
    });
    await loop;
    assert.deepEqual(lines.slice(0, 4), Array(4).fill('crasher ended (exit code 3); starting it again.'));
    assert.match(lines[4] ?? '', /^crasher keeps ending \(exit code 3\); .+:\n( {4}no licence\n?)+$/s);
  });
});
