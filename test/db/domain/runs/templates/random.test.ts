import assert from 'node:assert/strict';
import { check } from '../../../../../db/domain/runs/templates/check.ts';
import type { Library } from '../../../../../db/domain/runs/templates/issue.ts';
import type { Definition, Step } from '../../../../../db/domain/runs/templates/definition.ts';
import { dryRun } from '../../../../../db/domain/runs/templates/dry-run.ts';
import type { Effect } from '../../../../../db/domain/runs/templates/effects.ts';
import { interpret, type Taken } from '../../../../../db/domain/runs/templates/interpret.ts';
import { definition as shape } from '../../../../../db/domain/runs/templates/schema.ts';

const library: Library = { tool: () => null, template: () => null, isEvent: () => true };
const facts = { business: { name: 'Rivera' }, run: { started_at: '2026-11-29T10:00:00Z' } };

/** Numbers that look random and are the same for a seed. */
function dice(seed: number) {
  let state = seed * 2_654_435_761 + 1;
  return (sides: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0;
    return state % sides;
  };
}

/** A template from the grammar of steps: deeper lists get shorter, loops are bounded. */
function randomTemplate(seed: number): Definition {
  const roll = dice(seed);
  let count = 0;
  const number = () =>
    ['1', 'parameters.n', 'parameters.n * 2 - 3', 'length(parameters.list)'][roll(4)] ?? '1';
  const test = () => `${number()} ${['<', '==', '>='][roll(3)]} ${number()}`;
  const steps = (level: number): Step[] =>
    Array.from({ length: 1 + roll(level > 2 ? 1 : 3) }, () => one(level));
  function one(level: number): Step {
    count += 1;
    const base = { id: `s${count}`, title: `Step ${count}` };
    const kind = count > 25 || level > 3 ? roll(4) : roll(7);
    if (kind === 0)
      return { ...base, kind: 'record', change: 'note', text: `{{ ${number()} }} of {{ business.name }}` };
    if (kind === 1) return { ...base, kind: 'set', values: { value: `=${number()}` } };
    if (kind === 2) return { ...base, kind: 'wait', for: { minutes: `=max(${number()}, 0)` } };
    if (kind === 3)
      return {
        ...base,
        kind: 'mail',
        to: 'owner',
        subject: 'S',
        body: `=text(${number()})`,
        optional: roll(2) === 0,
      };
    if (kind === 4)
      return { ...base, kind: 'condition', if: test(), then: steps(level + 1), else: steps(level + 1) };
    if (kind === 5) return { ...base, kind: 'parallel', branches: [steps(level + 1), steps(level + 1)] };
    const loop = {
      ...base,
      kind: 'loop' as const,
      as: `item${count}`,
      max: 1 + roll(3),
      steps: steps(level + 1),
    };
    return roll(2) === 0 ? { ...loop, over: '=parameters.list' } : { ...loop, while: test() };
  }
  const properties = {
    n: { type: 'integer' as const },
    list: { type: 'array' as const, items: { type: 'string' as const } },
  };
  return { parameters: { type: 'object', properties, required: [] }, steps: steps(0) };
}

const byPath = <T extends { path: string }>(list: readonly T[]) =>
  [...list].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));

describe('[WF-4a] random workflow templates', function () {
  this.timeout(60_000);

  it('a dry run takes the steps and asks for the effects of a real one, and every run ends', async () => {
    let longest = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const root = shape.parse(randomTemplate(seed));
      assert.deepEqual(check(root, library, 'wft_self'), [], `seed ${seed}`);
      const bundle = { root, used: {} };
      const parameters = { n: (seed % 7) - 2, list: ['a', 'b', 'c'].slice(seed % 4) };
      const dry = await dryRun(bundle, parameters, facts, 0);
      const taken: Taken[] = [];
      const effects: { path: string; effect: Effect }[] = [];
      const roll = dice(seed + 1_000);
      const answers = new Map(dry.effects.map(({ path, result }) => [path, result]));
      const run = interpret(
        bundle,
        parameters,
        facts,
        {
          nowMs: (clock) => clock.nowMs,
          async perform(effect, { path, clock }) {
            effects.push({ path, effect });
            // Branches answer in an order of their own.
            for (let turns = roll(5); turns > 0; turns--) await Promise.resolve();
            if (effect.kind === 'wait') clock.nowMs = Math.max(clock.nowMs, effect.untilMs);
            return answers.get(path) ?? null;
          },
          take: (_key, work) => work(),
          leaveOut: () => undefined,
          codeOf: () => null,
        },
        { nowMs: 0 },
        taken,
      );
      const fault = await run.then(
        () => null,
        ({ code, about }: { code: string; about: string }) => ({ code, about }),
      );
      assert.equal(fault?.code ?? null, dry.fault?.code ?? null, `seed ${seed}`);
      longest = Math.max(longest, taken.length);
      if (fault) continue;
      assert.deepEqual(byPath(taken), byPath(dry.taken), `seed ${seed}`);
      const asked = dry.effects.map(({ path, effect }) => ({ path, effect }));
      assert.deepEqual(byPath(effects), byPath(asked), `seed ${seed}`);
    }
    assert.ok(longest > 30 && longest <= 500, String(longest));
  });
});
