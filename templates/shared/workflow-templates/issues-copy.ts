import type { Issue } from '../../../db/domain/runs/templates/issue.ts';
import type { ExpressionProblem } from '../../../db/domain/runs/templates/expression.ts';

const problems: Record<ExpressionProblem, (about: string) => string> = {
  'too-long': () => 'The expression is too long.',
  'too-deep': () => 'The expression has too many brackets inside each other.',
  unreadable: (about) => `The expression has an unexpected ${about}.`,
  unfinished: () => 'The expression ends too early.',
  'unknown-name': (about) => `There is no “${about}” here.`,
  'unknown-function': (about) => `There is no function “${about}”.`,
  'wrong-count': (about) => `“${about}” takes another number of values.`,
  'wrong-type': (about) => `A value before or after “${about}” has the wrong type.`,
  'not-whole': () => 'Only whole numbers can be calculated with.',
  'too-large': () => 'The value is too large.',
  'by-zero': () => 'A number can’t be divided by zero.',
  'no-date': () => 'This isn’t a date such as 2026-11-30.',
};

const types: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  string: 'a text',
  boolean: 'yes or no',
  array: 'a list',
  object: 'an object',
};

const texts: Record<Exclude<Issue['code'], 'expression' | 'shape'>, (about: string) => string> = {
  'duplicate-name': (about) => `Two steps are named “${about}”. Give one another name.`,
  'too-many-steps': (about) => `A template has at most ${about} steps.`,
  'too-deep': (about) => `At most ${about} levels inside each other.`,
  'unknown-tool': (about) => `There is no tool “${about}”.`,
  'unknown-argument': (about) => `“${about}” isn’t taken here.`,
  'missing-argument': (about) => `“${about}” is missing.`,
  'wrong-type': (about) => `This must be ${types[about] ?? about}.`,
  'unknown-template': () => 'There is no published template with this id.',
  'template-cycle': () => 'This template would use itself.',
  'unknown-event': (about) => `There is no event “${about}”.`,
  'one-of': () => 'Fill in exactly one of the ways.',
  'not-public': () => 'Use a public web address that begins with https://.',
  'wrong-default': () => 'The default doesn’t fit the parameter.',
  'wrong-address': () => 'Use starter, owner, admins, team or an email address.',
};

/** What people read about one thing that is wrong with a definition. */
export function issueText({ code, about = '', problem, place, text }: Issue): string {
  if (code === 'shape') return text ?? '';
  if (code !== 'expression') return texts[code](about);
  const said = problem ? problems[problem](about) : '';
  return place === undefined ? said : `${said} (character ${place + 1})`;
}
