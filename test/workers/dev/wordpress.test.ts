import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { isFree } from '../../../workers/dev/kit/ports.ts';
import { findPhp } from '../../../workers/dev/wordpress/php.ts';
import type { RunningWordPress } from '../../../workers/dev/wordpress/start.ts';
import { reclaimWordPress, startWordPress } from '../../../workers/dev/wordpress/start.ts';
import { testDirectory } from '../../support/workspace.ts';
import { basicAuth } from '../../support/wordpress.ts';

const portOf = (site: RunningWordPress) => Number(new URL(site.url).port);

async function ask(site: RunningWordPress, path: string, method = 'GET', body?: object) {
  const answer = await fetch(`${site.url}/wp-json/wp/v2${path}`, {
    method,
    headers: { ...basicAuth(site.user, site.applicationPassword), 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as any };
}

describe('a local WordPress', function () {
  this.timeout(180_000);
  let dataDir = '';
  let site: RunningWordPress;
  before(async () => {
    dataDir = await testDirectory('wordpress');
    site = await startWordPress({ dataDir });
  });
  after(() => reclaimWordPress(dataDir));

  it('ends with all its workers and gives its port back', async () => {
    await ask(site, '/pages', 'POST', { title: 'Kept', status: 'publish', slug: 'kept' });
    await site.stop();
    assert.equal(await isFree(portOf(site)), true);
  });

  it('starts again at the same address with the same content and the same ways in', async () => {
    const again = await startWordPress({ dataDir });
    assert.equal(again.url, site.url);
    assert.equal(again.applicationPassword, site.applicationPassword);
    assert.equal((await ask(again, '/pages?slug=kept')).body[0].title.rendered, 'Kept');
    site = again;
  });

  it('takes over from a start that was killed, whose workers still hold the port', async () => {
    process.kill(site.pid, 'SIGKILL');
    await site.exited;
    assert.equal(await isFree(portOf(site)), false, 'its workers live on');
    const next = await startWordPress({ dataDir });
    assert.equal(next.url, site.url);
    await next.stop();
    assert.equal(await isFree(portOf(next)), true);
  });

  it('is at home at a new port at once', async () => {
    const { port } = await new Promise<{ port: number }>((resolve) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const address = probe.address() as { port: number };
        probe.close(() => resolve(address));
      });
    });
    const moved = await startWordPress({ dataDir, port });
    assert.equal(moved.url, `http://127.0.0.1:${port}`);
    assert.equal((await ask(moved, '/pages?slug=kept')).body[0].link, `${moved.url}/kept/`);
    await moved.stop();
  });

  it('keeps its ways in to its owner', async () => {
    const { mode } = await stat(join(dataDir, 'settings.json'));
    assert.equal(mode & 0o077, 0);
    const log = await readFile(join(dataDir, 'server.log'), 'utf8');
    assert.ok(!log.includes(site.applicationPassword) && !log.includes(site.password));
  });

  it('says in one sentence that its port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    await assert.rejects(startWordPress({ dataDir, port }), {
      name: 'PlainError',
      message: `Port ${port}, meant for WordPress, is taken.`,
    });
    other.close();
  });

  it('says in one sentence that there is no PHP, and how to get it', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    try {
      await assert.rejects(findPhp(), {
        name: 'PlainError',
        message: /^WordPress needs PHP \(.*php-cli.*\)\.$/,
      });
    } finally {
      process.env['PATH'] = path;
    }
  });
});
