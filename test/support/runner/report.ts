import type { Failure, FileResult } from './child.ts';
import { isOverBudget, type Row } from './capabilities.ts';

const slowestCount = 15;
const seconds = (value: number) => value.toFixed(1).padStart(7);

/** All that a file printed, under its name. */
export function block(folder: string, { name, seconds: took, output, failures, passed }: FileResult): string {
  const mark = failures.length > 0 ? 'FAILED' : 'passed';
  const title = `── ${folder}/${name} · ${mark} · ${passed + failures.length} tests · ${took.toFixed(1)} s`;
  return `${title}\n${output.replace(/^\n+|\s+$/g, '')}\n`;
}

/** The failures once more, together at the end: title, file and stack of each, and what was logged as an error. */
export function failureList(folder: string, failures: readonly (Failure & { name?: string })[]): string {
  return failures
    .map(({ title, error, name }, index) => {
      const lines = [name && `${folder}/${name}`, error].filter(Boolean).join('\n').trim();
      return `${index + 1}) ${title}\n${lines.replace(/^/gm, '     ')}\n`;
    })
    .join('\n');
}

const shownErrors = 5;

/** The first errors that workers logged while files with failures ran, with the lines that follow each. */
export function loggedErrors(folder: string, results: readonly FileResult[]): string {
  return results
    .filter(({ failures }) => failures.length > 0)
    .flatMap(({ name, output }) =>
      [...output.matchAll(/^\S+ \[ERROR\].*(?:\n.*){0,12}/gm)]
        .slice(0, shownErrors)
        .map(([entry]) => `${folder}/${name}\n${entry.replace(/^/gm, '     ')}\n`),
    )
    .join('\n');
}

/** The files that took longest. */
export function slowest(folder: string, results: readonly FileResult[]): string {
  const sorted = [...results].sort((a, b) => b.seconds - a.seconds);
  return [
    'Slowest files',
    ...sorted.slice(0, slowestCount).map((one) => `${seconds(one.seconds)} s  ${folder}/${one.name}`),
  ].join('\n');
}

/** Seconds per capability against its budget. */
export function capabilityTable(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.map((row) => {
    const budget = row.budgetSeconds === null ? '' : `of ${row.budgetSeconds} s`;
    const over = isOverBudget(row) ? ', over its budget' : '';
    const reason = row.reason ? ` (${row.reason})` : '';
    return `${seconds(row.seconds)} s  ${row.name.padEnd(width)}  ${budget}${over}${reason}`.trimEnd();
  });
  return ['Seconds of each capability’s own tests, all processes together', ...lines].join('\n');
}
