import { readFileSync } from 'node:fs';

const allowedSkips = JSON.parse(
  readFileSync(new URL('allowed-skips.json', import.meta.url), 'utf8'),
) as string[];

/** Under CI: the full titles of skipped tests that end with no line of allowed-skips.json. Elsewhere none. */
export function forbiddenSkips(titles: readonly string[]): string[] {
  if (!process.env['CI']) return [];
  return titles.filter((title) => !allowedSkips.some((allowed) => title.endsWith(allowed)));
}

/** The last line of a run, which CI reads. */
export function sumLine(sum: { passed: number; failed: number; skipped: number }): string {
  return `${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`;
}
