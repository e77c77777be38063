import assert from 'node:assert/strict';
import type { Json } from '../../../../../db/domain/runs/templates/definition.ts';
import { evaluate, valueOf } from '../../../../../db/domain/runs/templates/evaluate.ts';
import { ExpressionError } from '../../../../../db/domain/runs/templates/expression.ts';
import { parse } from '../../../../../db/domain/runs/templates/parse.ts';

const names = new Map<string, Json>([
  ['parameters', { amount: 129_900, name: 'Ada', list: ['a', 'b'], none: null }],
  ['steps.mail', { sent: true }],
]);
const value = (source: string) => evaluate(parse(source), names);
const problem = (source: string): string => {
  try {
    value(source);
    return 'none';
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return `${error.problem}@${error.place}`;
  }
};

describe('[WF-4a] expressions of workflow templates', () => {
  it('have the values that people expect', () => {
    const expected: [string, Json][] = [
      ['1 + 2 * 3', 7],
      ['(1 + 2) * 3', 9],
      ['7 / 2', 3],
      ['-7 / 2', -3],
      ['0 * -1', 0],
      ['7 % 4', 3],
      ['10 - 3 - 2', 5],
      ['1 < 2 and not (2 < 1)', true],
      ['1 == 1 or 1 / 0 == 1', true],
      ['"a" & 1 & null & true', 'a1true'],
      [`'it\\'s' == "it's"`, true],
      ['parameters.name', 'Ada'],
      ['parameters["name"]', 'Ada'],
      ['parameters.list[1]', 'b'],
      ['parameters.list[-1]', 'b'],
      ['parameters.list.0', 'a'],
      ['parameters.none.deeper[3].still', null],
      ['steps.mail.sent', true],
      ['steps.later', null],
      ['length(parameters.list) + length("xyz")', 5],
      ['join(parameters.list, ", ")', 'a, b'],
      ['either(parameters.none, "nothing")', 'nothing'],
      ['amount(parameters.amount, "EUR")', '1,299.00 EUR'],
      ['amount(-5, "EUR")', '-0.05 EUR'],
      ['addDays("2026-02-27", 2)', '2026-03-01'],
      ['daysBetween("2026-11-01", "2026-11-29")', 28],
      ['integer("42")', 42],
      ['contains(lower("ABC"), "bc")', true],
    ];
    for (const [source, wanted] of expected) assert.deepEqual(value(source), wanted, source);
  });

  it('say what is wrong, and where', () => {
    const expected: [string, string][] = [
      ['', 'unfinished@0'],
      ['1 +', 'unfinished@3'],
      ['1 + + 2', 'unreadable@4'],
      ['(1', 'unfinished@2'],
      ['"open', 'unreadable@0'],
      ['unheard.name', 'unknown-name@0'],
      ['1 + nothing(2)', 'unknown-function@4'],
      ['length()', 'wrong-count@0'],
      ['1 + parameters.name', 'wrong-type@2'],
      ['1 < "a"', 'wrong-type@2'],
      ['1 / 0', 'by-zero@2'],
      ['9007199254740991 + 1', 'too-large@17'],
      ['99999999999999999999', 'too-large@0'],
      ['addDays("tomorrow", 1)', 'no-date@0'],
      ['1 = 1', 'unreadable@2'],
      ['a => b', 'unreadable@2'],
      [`${'('.repeat(40)}1${')'.repeat(40)}`, 'too-deep@31'],
      ['1'.padEnd(1_001), 'too-long@1000'],
    ];
    for (const [source, wanted] of expected) assert.equal(problem(source), wanted, source);
  });

  it('reach no prototype, no function and nothing that grows with itself', () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      assert.match(problem(`parameters.${name}`), /^unknown-name/);
      assert.equal(value(`parameters["${name}"]`), null);
      assert.match(problem(name), /^unknown-name/);
    }
    assert.equal(value('parameters.toString'), null);
    assert.equal(value('parameters.list.length'), null);
    assert.match(problem('steps'), /^unknown-name/);
    assert.match(problem('toString()'), /^unknown-function/);
  });

  it('stand in values after an equals sign and in texts between braces', () => {
    assert.equal(valueOf('=parameters.amount', names), 129_900);
    assert.equal(valueOf('Hello {{ parameters.name }}, {{ 1 + 1 }}.', names), 'Hello Ada, 2.');
    assert.deepEqual(valueOf({ a: ['=1', 'x'], b: null }, names), { a: [1, 'x'], b: null });
    assert.throws(() => valueOf('{{ open', names), { problem: 'unfinished' });
  });
});
