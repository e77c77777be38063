import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dictionary } from '@zxcvbn-ts/language-common';
import { passwordProblems } from '../../../db/auth/password-problem.ts';
import { passwordLength } from '../../../db/domain/people/user.ts';
import { testDirectory } from '../../support/workspace.ts';

const noErrors = (error: unknown) => assert.fail(String(error));

const common =
  `passwordpassword password12345 Password1234! P@ssw0rd2024! p@$$w0rdp@$$w0rd MyPassword123! mysecretpassword
  thisismypassword qwertyuiop123 qwertyuiop[] 1q2w3e4r5t6y zaq12wsxcde3 asdfghjkl123 1234567890qwerty iloveyou12345
  iloveyousomuch ilovemyfamily letmeinplease Welcome2024!! Summer2024!!! Winter2025!!! September2024 December2025!
  football2023 liverpoolfc123 manchesterunited chelsea12345 starwars12345 pokemon123456 minecraft1234 Superman1234
  princess12345 administrator1 changeme12345 trustno1trustno1 abcd1234efgh michaeljordan monkeymonkey
  blink182blink182 harrypotter123 onedirection1 lordoftherings correcthorsebatterystaple tobeornottobe
  maythe4thbewithyou 111111111111 abcdefghijkl 987654321987 january2024!`.split(/\s+/);

describe('[SEC-1] passwords that are refused', () => {
  const problem = passwordProblems(undefined, noErrors);
  const words = ['rosa.rivera@example.com', 'Rosa Rivera', 'Rivera Bakery'];

  it('are common ones of the length we ask for, with leet, case, digits, years and keyboard patterns', async () => {
    const passed: string[] = [];
    for (const password of common) if ((await problem(password, [])) === null) passed.push(password);
    assert.deepEqual(passed, []);
  });

  it('are all of the lists of leaked ones that are long enough, and of the top 3,000 those made long enough', async () => {
    const leaked = dictionary['passwords-common'] as string[];
    const long = leaked.filter((password) => password.length >= passwordLength.min);
    assert.ok(long.length > 200, String(long.length));
    const made = leaked.slice(0, 3_000).map((password, i) => {
      const year = `${password}${2020 + (i % 10)}`;
      return year.length >= passwordLength.min ? year : `${password}${'1234567890'.slice(year.length - 2)}`;
    });
    // All of them are refused; one in twenty keeps the test short.
    const some = made.filter((password, i) => i % 20 === 0 && password.length >= passwordLength.min);
    const tried = [...long, ...some];
    const passed: string[] = [];
    for (const password of tried) if ((await problem(password, [])) === null) passed.push(password);
    assert.deepEqual(passed, []);
  });

  it('are the name, address and business of the person, and of this platform', async () => {
    for (const password of [
      'riverabakery1',
      'RiveraBakery#99',
      'rosa.rivera2024',
      'rosa rivera bakery',
      'Bizosaas2024!',
    ])
      assert.match((await problem(password, words)) ?? 'none', /mostly your name/, password);
  });

  it('are none that hold: phrases, random ones, long ones', async () => {
    for (const password of [
      'a sturdy otter sings 77',
      'tulip-harbor-mosaic-quiver',
      'kF9#vLq2!xWz',
      'violet canyon drums',
      'Größe Überall schön 9',
      'x'.repeat(20) + 'tulip harbor mosaic',
    ])
      assert.equal(await problem(password, words), null, password);
  });

  it('take no longer to judge for being long or odd', async () => {
    for (const password of [
      'x9'.repeat(128),
      'a1b2c3d4e5f6g7h8i9j0'.repeat(12),
      '4@8({[</369&#!1/|0$5+7%2'.repeat(10),
    ]) {
      const from = performance.now();
      await problem(password, words);
      assert.ok(performance.now() - from < 500, password.slice(0, 20));
    }
  });

  it('are those of the operator’s folder, which refuses no one where a file is missing or unreadable', async () => {
    const folder = await testDirectory('leaked');
    const errors: unknown[] = [];
    const found = passwordProblems(folder, (error) => errors.push(error));
    const file = async (password: string, name = (prefix: string) => prefix) => {
      const digest = createHash('sha1').update(password).digest('hex').toUpperCase();
      await writeFile(
        join(folder, name(digest.slice(0, 5))),
        `0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n${digest.slice(5)}:3\r\n`,
      );
      return digest.slice(0, 5);
    };
    await file('tulip-harbor-mosaic-quiver');
    await file('violet canyon drums', (prefix) => `${prefix}.txt`);
    for (const password of ['tulip-harbor-mosaic-quiver', 'violet canyon drums'])
      assert.match((await found(password, [])) ?? 'none', /known data leaks/);
    assert.deepEqual(errors, []);
    const other = createHash('sha1').update('a sturdy otter sings 77').digest('hex').toUpperCase();
    await mkdir(join(folder, `${other.slice(0, 5)}.txt`));
    assert.equal(await found('a sturdy otter sings 77', []), null);
    assert.equal(await found('kF9#vLq2!xWz', []), null);
    assert.equal(errors.length, 2);
  });
});
