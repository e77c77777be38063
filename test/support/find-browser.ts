import { findProgram } from '../../workers/dev/kit/find-program.ts';

/** Debian's names; the shell without a window does the same work with less than half the processor time. */
const programs = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

export const missingBrowser =
  'Browser tests need Chromium (Debian: apt-get install chromium-headless-shell).';

/** The path of the browser the tests use, or null when there is none. */
export async function findBrowser(): Promise<string | null> {
  for (const name of programs) {
    const path = await findProgram(name);
    if (path) return path;
  }
  return null;
}
