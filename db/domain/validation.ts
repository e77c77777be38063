import { plainCount } from './plural.ts';
import { z } from 'zod';

type Issue = Parameters<z.core.$ZodErrorMap>[0];

/** "a, b or c"; a long list is cut, since no one reads it. */
function anyOf(values: readonly unknown[]): string {
  const words = values.map(String);
  if (words.length > 8) return `${words.slice(0, 8).join(', ')} …`;
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter(Boolean).join(' or ');
}

const characters = (count: number) => plainCount(count, 'character', 'characters');
const formats: Readonly<Record<string, string>> = {
  email: 'Enter an email address such as name@example.com.',
  url: 'Enter a web address such as https://example.com.',
  uri: 'Enter a web address such as https://example.com.',
  date: 'Enter a date such as 2026-11-30.',
  time: 'Enter a time such as 09:00:00.',
  datetime: 'Enter a date and time such as 2026-11-30T09:00:00Z.',
  'date-time': 'Enter a date and time such as 2026-11-30T09:00:00Z.',
};
const types: Readonly<Record<string, string>> = {
  number: 'Enter a number.',
  int: 'Enter a whole number.',
  integer: 'Enter a whole number.',
  boolean: 'Choose yes or no.',
  date: formats['date'] ?? '',
  string: 'Enter text.',
  array: 'Enter a list.',
  object: 'Enter an object.',
  record: 'Enter an object.',
};

/** What people read of a value that doesn't fit, whichever validator found it. */
export const sentences = {
  missing: 'Enter a value.',
  notChosen: 'Choose an option.',
  unknownField: 'This field is not known.',
  unknownFields: (names: readonly string[]) => `Unknown field: ${names.join(', ')}.`,
  other: 'Check this value.',
  pattern: 'Check the format.',
  type: (name: string) => types[name] ?? sentences.other,
  format: (name: string) => formats[name] ?? sentences.pattern,
  oneOf: (values: readonly unknown[]) => `Choose one of ${anyOf(values)}.`,
  only: (value: unknown) => (value === true ? 'Tick this box.' : `Must be ${String(value)}.`),
  shortest: (min: number) => (min <= 1 ? sentences.missing : `Must be ${characters(min)} or more.`),
  longest: (max: number) => `Must be ${characters(max)} or fewer.`,
  fewest: (min: number) => `Choose at least ${min}.`,
  most: (max: number) => `Choose ${max} or fewer.`,
  lowest: (min: unknown, inclusive = true) =>
    inclusive ? `Must be ${String(min)} or more.` : `Must be more than ${String(min)}.`,
  highest: (max: unknown, inclusive = true) =>
    inclusive ? `Must be ${String(max)} or less.` : `Must be less than ${String(max)}.`,
  multipleOf: (step: unknown) => `Must be a multiple of ${String(step)}.`,
};

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

function sizeOf(issue: Issue & { code: 'too_small' | 'too_big' }): string {
  const [isLow, limit] =
    issue.code === 'too_small' ? [true, Number(issue.minimum)] : [false, Number(issue.maximum)];
  if (issue.origin === 'string') return isLow ? sentences.shortest(limit) : sentences.longest(limit);
  if (issue.origin === 'array' || issue.origin === 'set')
    return isLow ? sentences.fewest(limit) : sentences.most(limit);
  return isLow ? sentences.lowest(limit, issue.inclusive) : sentences.highest(limit, issue.inclusive);
}

/** The sentence for an issue whose schema brings none of its own. */
function sentenceOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (isEmpty(issue.input)) return sentences.missing;
      return sentences.type(issue.expected === 'nonoptional' ? 'string' : issue.expected);
    case 'invalid_value':
      if (issue.values.length === 1) return sentences.only(issue.values[0]);
      return isEmpty(issue.input) ? sentences.notChosen : sentences.oneOf(issue.values);
    case 'too_small':
    case 'too_big':
      return sizeOf(issue);
    case 'invalid_format':
      return isEmpty(issue.input) ? sentences.missing : sentences.format(issue.format);
    case 'not_multiple_of':
      return sentences.multipleOf(issue.divisor);
    case 'unrecognized_keys':
      // Programs read this one without the place of the field.
      return sentences.unknownFields(issue.keys);
    case 'invalid_union':
      return isEmpty(issue.input) ? sentences.missing : sentences.other;
    default:
      return sentences.other;
  }
}

// Here and not at each parse: a schema that is parsed anywhere must not answer in the words of its validator.
z.config({ customError: sentenceOf });

/** Field path ("card.number") to message; of several messages for a field the first. `whole` names the value itself. */
export function fieldsOf(error: z.ZodError, whole = 'body'): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    const message = issue.code === 'unrecognized_keys' ? sentences.unknownField : issue.message;
    for (const path of paths) fields[path.map(String).join('.') || whole] ??= message;
  }
  return fields;
}
