import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { fairQueue } from '../../../db/auth/fair-queue.ts';

describe('[SEC-1] the queue of password hashes', () => {
  /** Sends work into a queue and notes in which order it was done. */
  function watch(atOnce: number, mostWaiting: number) {
    const queue = fairQueue({ atOnce, mostWaiting });
    const done: string[] = [];
    const refused: string[] = [];
    const send = (line: string, first = false) =>
      queue({ line, first }, async () => {
        await sleep(1);
        done.push(line);
      }).catch((error: unknown) => {
        assert.equal((error as { code?: string }).code, 'session.busy');
        refused.push(line);
      });
    return { send, done, refused };
  }

  it('lets lines take turns: who sends much waits for it alone', async () => {
    const { send, done } = watch(1, 40);
    const flood = Array.from({ length: 20 }, () => send('flood'));
    await Promise.all([...flood, send('one'), send('two')]);
    assert.equal(done.length, 22);
    assert.ok(done.indexOf('one') <= 3 && done.indexOf('two') <= 4, done.join(' '));
  });

  it('serves known devices before everyone else', async () => {
    const { send, done } = watch(1, 40);
    const strangers = Array.from({ length: 30 }, (_, i) => send(`stranger ${i}`));
    await Promise.all([...strangers, send('known', true)]);
    assert.equal(done.indexOf('known'), 1, done.join(', '));
  });

  it('refuses at once beyond the bound, and the longest line first', async () => {
    const { send, done, refused } = watch(2, 10);
    const flood = Array.from({ length: 150 }, () => send('flood'));
    await Promise.all([...flood, send('newcomer'), send('known', true)]);
    assert.equal(done.filter((line) => line === 'flood').length, 10);
    assert.deepEqual(new Set(refused), new Set(['flood']));
    assert.ok(done.includes('newcomer') && done.includes('known'));
  });

  it('serves no stranger at the cost of a known device, and runs no more at once than it may', async () => {
    const queue = fairQueue({ atOnce: 3, mostWaiting: 5 });
    let [now, most, served] = [0, 0, 0];
    const work = async () => {
      most = Math.max(most, (now += 1));
      await sleep(1);
      now -= 1;
      served += 1;
    };
    const knowns = Array.from({ length: 8 }, (_, i) => queue({ line: `device ${i}`, first: true }, work));
    await assert.rejects(queue({ line: 'stranger', first: false }, work), { code: 'session.busy' });
    await Promise.all(knowns);
    assert.deepEqual([most, served], [3, 8]);
    // What fails gives its place back, too.
    await assert.rejects(
      queue({ line: 'a', first: false }, () => Promise.reject(new Error('no'))),
      /no/,
    );
    await Promise.all(Array.from({ length: 3 }, (_, i) => queue({ line: `${i}`, first: false }, work)));
    assert.equal(served, 11);
  });
});
