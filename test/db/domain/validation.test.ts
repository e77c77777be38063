import assert from 'node:assert/strict';
import { z } from 'zod';
import { fieldsOf, sentences } from '../../../db/domain/validation.ts';

const raw = /invalid|expected|received|too (?:small|big)|regex|pattern/i;

/** The message for one value of a schema. */
function messageOf(schema: z.ZodType, value: unknown): string {
  const parsed = z.object({ value: schema }).safeParse({ value });
  assert.ok(!parsed.success, `${JSON.stringify(value)} is accepted`);
  return fieldsOf(parsed.error)['value'] ?? '';
}

describe('[WF-6] [MCP-G] what people read of a value that does not fit', () => {
  const cases: [z.ZodType, unknown, string][] = [
    [z.string(), undefined, 'Enter a value.'],
    [z.string(), 5, 'Enter text.'],
    [z.string().min(1), '', 'Enter a value.'],
    [z.string().min(8), 'short', 'Must be 8 characters or more.'],
    [z.string().max(120), 'x'.repeat(121), 'Must be 120 characters or fewer.'],
    [z.email(), 'ada', 'Enter an email address such as name@example.com.'],
    [z.url(), 'x', 'Enter a web address such as https://example.com.'],
    [z.string().regex(/^a$/), 'b', 'Check the format.'],
    [z.coerce.number(), 'ten', 'Enter a number.'],
    [z.int(), 1.5, 'Enter a whole number.'],
    [z.number().min(3), 1, 'Must be 3 or more.'],
    [z.number().lt(3), 3, 'Must be less than 3.'],
    [z.number().multipleOf(5), 3, 'Must be a multiple of 5.'],
    [z.boolean(), 'x', 'Choose yes or no.'],
    [z.enum(['a', 'b', 'c']), 'd', 'Choose one of a, b or c.'],
    [z.enum(['a', 'b', 'c']), undefined, 'Choose an option.'],
    [z.literal(true), false, 'Tick this box.'],
    [z.array(z.string()).min(1), [], 'Choose at least 1.'],
    [z.array(z.string()), 'x', 'Enter a list.'],
    [z.union([z.string(), z.number()]), {}, 'Check this value.'],
    [z.string('Enter your name.'), undefined, 'Enter your name.'],
  ];
  for (const [schema, value, sentence] of cases) {
    it(`${JSON.stringify(value)?.slice(0, 20)}: ${sentence}`, () => {
      assert.equal(messageOf(schema, value), sentence);
      assert.doesNotMatch(sentence, raw);
    });
  }

  it('names a field of its own for each that is not known, and the first message of each field', () => {
    const parsed = z.strictObject({ a: z.string().min(3).regex(/^x/) }).safeParse({ a: 'b', c: 1, d: 2 });
    assert.deepEqual(parsed.error && fieldsOf(parsed.error), {
      a: 'Must be 3 characters or more.',
      c: sentences.unknownField,
      d: sentences.unknownField,
    });
  });
});
