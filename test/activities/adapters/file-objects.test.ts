import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileObjects } from '../../../activities/adapters/file-objects.ts';
import type { AppError, ErrorCode } from '../../../db/domain/errors.ts';
import { testDirectory } from '../../support/workspace.ts';

const content = Buffer.from('content');
const failsWith = (code: ErrorCode) => (error: AppError) => error.code === code;

async function filesUnder(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

describe('objects as files', () => {
  let place = '';
  let root = '';
  beforeEach(async () => {
    place = await testDirectory('objects');
    root = join(place, 'store');
  });

  it('keeps what it was given, replaces it, and forgets it', async () => {
    const store = fileObjects(root);
    for (const key of ['a', 'ten_1/invoices/INV-2026-1.pdf', 'ten_1/x..y', '_a/-b'.replace('-b', 'b-')]) {
      await store.put(key, content);
      await store.put(key, Buffer.from(key));
      assert.equal((await store.get(key)).toString(), key);
      await store.remove(key);
      await store.remove(key);
      await assert.rejects(store.get(key), failsWith('object.not-found'));
    }
    assert.deepEqual(await filesUnder(root), []);
  });

  it('keeps bytes as they are, also none and many', async () => {
    const store = fileObjects(root);
    for (const bytes of [Buffer.of(), Buffer.from([0, 255, 13, 10]), Buffer.alloc(3_000_000, 7)]) {
      await store.put('bytes', bytes);
      assert.ok((await store.get('bytes')).equals(bytes));
    }
  });

  it('answers the same for a missing object, a folder, and a path through a file', async () => {
    const store = fileObjects(root);
    await store.put('folder/file', content);
    for (const key of ['missing', 'folder', 'folder/missing', 'folder/file/below', 'no/such/folder']) {
      await assert.rejects(store.get(key), failsWith('object.not-found'), key);
      if (key !== 'folder') await store.remove(key);
    }
    assert.equal((await store.get('folder/file')).toString(), 'content');
  });

  const traversals = [
    '',
    '.',
    '..',
    '/',
    '//',
    '../secret',
    'a/../../secret',
    'a/..',
    'a/./b',
    './a',
    '/etc/passwd',
    '//server/share',
    'a//b',
    'a/',
    '/a',
    '..\\secret',
    'a\\..\\b',
    'C:\\windows',
    'C:secret',
    '%2e%2e/secret',
    '..%2fsecret',
    '..;/secret',
    'a/\u0000b',
    'a\u0000',
    '\u2025/secret',
    '．．/secret',
    '~/secret',
    '-rf',
    '.hidden',
    'a/.hidden',
    'a b',
    'a\nb',
    'ä',
    'file:///etc/passwd',
    'a'.repeat(201),
    'a/'.repeat(251) + 'a',
  ];
  for (const key of traversals) {
    it(`refuses the key ${JSON.stringify(key).slice(0, 40)}`, async () => {
      await writeFile(join(place, 'secret'), 'outside');
      const store = fileObjects(root);
      await assert.rejects(store.put(key, content), failsWith('object.invalid-key'));
      await assert.rejects(store.get(key), failsWith('object.invalid-key'));
      await assert.rejects(store.remove(key), failsWith('object.invalid-key'));
      assert.equal(await readFile(join(place, 'secret'), 'utf8'), 'outside');
      assert.deepEqual(await filesUnder(place), ['secret']);
    });
  }

  it('reads and writes through no link that lies in the store', async () => {
    const outside = join(place, 'outside');
    await mkdir(outside);
    await mkdir(root);
    await writeFile(join(outside, 'secret'), 'outside');
    await symlink(outside, join(root, 'folder'));
    await symlink(join(outside, 'secret'), join(root, 'file'));
    const store = fileObjects(root);
    for (const key of ['folder/secret', 'folder/deeper/secret']) {
      await assert.rejects(store.get(key), failsWith('object.invalid-key'));
      await assert.rejects(store.put(key, content), failsWith('object.invalid-key'));
      await assert.rejects(store.remove(key), failsWith('object.invalid-key'));
    }
    await assert.rejects(store.get('file'), failsWith('object.invalid-key'));
    await store.put('file', content);
    assert.equal((await store.get('file')).toString(), 'content', 'the link was replaced');
    assert.equal(await readFile(join(outside, 'secret'), 'utf8'), 'outside');
  });

  it('works where the store itself is a link', async () => {
    await mkdir(join(place, 'disk'));
    await symlink(join(place, 'disk'), root);
    await fileObjects(root).put('a/b', content);
    assert.equal(await readFile(join(place, 'disk/a/b'), 'utf8'), 'content');
  });

  it('shows readers one whole version while writers replace it', async () => {
    const store = fileObjects(root);
    const versions = [1, 2, 3, 4].map((digit) => Buffer.alloc(500_000, digit));
    await store.put('shared', versions[0] ?? content);
    let writing = true;
    const reading = (async () => {
      while (writing) {
        const seen = await store.get('shared');
        assert.ok(versions.some((version) => version.equals(seen)));
      }
    })();
    for (let round = 0; round < 5; round++)
      await Promise.all(versions.map((version) => store.put('shared', version)));
    writing = false;
    await reading;
    assert.deepEqual(await filesUnder(root), ['shared'], 'no draft stays behind');
  });

  it('leaves no draft behind when a write fails, and reports the failure', async () => {
    const store = fileObjects(root);
    await store.put('folder/file', content);
    await assert.rejects(store.put('folder', content), { code: 'EISDIR' });
    assert.deepEqual(await readdir(root), ['folder']);
  });

  it('is readable for the owner of the process only', async () => {
    await fileObjects(root).put('a/b', content);
    assert.equal((await stat(join(root, 'a/b'))).mode & 0o077, 0);
    assert.equal((await stat(dirname(join(root, 'a/b')))).mode & 0o077, 0);
  });
});
