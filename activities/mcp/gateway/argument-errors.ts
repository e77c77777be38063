import { sentences } from '../../../db/domain/validation.ts';

interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: readonly unknown[];
}

/** The part of a schema that a path leads to; undefined where it leads through references or choices. */
function schemaAt(schema: Schema, path: readonly string[]): Schema | undefined {
  return path.reduce<Schema | undefined>((at, name) => at?.properties?.[name] ?? at?.items, schema);
}

type Sentence = (found: readonly string[], schema: Schema | undefined) => string;

/** What the JSON Schema checker of the MCP client writes, keyword by keyword, in our words. */
const known: readonly [RegExp, Sentence][] = [
  [
    /^must be equal to one of the allowed values$/,
    (_, schema) => sentences.oneOf(schema?.enum ?? ['those listed']),
  ],
  [/^must be equal to constant$/, () => sentences.other],
  [/^must be (\w+)$/, ([name = '']) => sentences.type(name)],
  [/^must match format "([^"]+)"$/, ([name = '']) => sentences.format(name)],
  [/^must match pattern /, () => sentences.pattern],
  [/^must NOT have fewer than (\d+) characters$/, ([min]) => sentences.shortest(Number(min))],
  [/^must NOT have more than (\d+) characters$/, ([max]) => sentences.longest(Number(max))],
  [/^must NOT have fewer than (\d+) items$/, ([min]) => sentences.fewest(Number(min))],
  [/^must NOT have more than (\d+) items$/, ([max]) => sentences.most(Number(max))],
  [/^must be >= (\S+)$/, ([min]) => sentences.lowest(min)],
  [/^must be > (\S+)$/, ([min]) => sentences.lowest(min, false)],
  [/^must be <= (\S+)$/, ([max]) => sentences.highest(max)],
  [/^must be < (\S+)$/, ([max]) => sentences.highest(max, false)],
  [/^must be multiple of (\S+)$/, ([step]) => sentences.multipleOf(step)],
  [/^must NOT have additional properties$/, () => sentences.unknownField],
];

function sentenceOf(words: string, schema: Schema | undefined): string {
  for (const [pattern, sentence] of known) {
    const found = pattern.exec(words);
    if (found) return sentence(found.slice(1), schema);
  }
  return sentences.other;
}

/**
 * Field messages of the text in which the checker names everything that is wrong: "data must have required property
 * 'a', data/b must be string". Words it is not known for become a general sentence, never themselves.
 */
export function argumentErrors(text: string, schema: Schema): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const one of text.split(/, (?=data[ /])/)) {
    const [, at = '', words = ''] = /^data(\/\S*)? (.*)$/s.exec(one) ?? [];
    const path = at
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const missing = /^must have required property '(.+)'$/s.exec(words)?.[1];
    const place = [...path, ...(missing === undefined ? [] : [missing])].join('.') || 'arguments';
    fields[place] ??= missing === undefined ? sentenceOf(words, schemaAt(schema, path)) : sentences.missing;
  }
  return fields;
}
