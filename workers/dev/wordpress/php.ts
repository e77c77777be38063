import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findProgram } from '../kit/find-program.ts';
import { PlainError } from '../kit/say.ts';

const run = promisify(execFile);

/** What WordPress, its SQLite drop-in and our plugin need, and the Debian packages that bring it. */
const extensions = ['curl', 'dom', 'mbstring', 'pdo_sqlite', 'sodium', 'zip'];
const packages = 'php-cli php-curl php-mbstring php-sqlite3 php-xml php-zip';

/** Settings for every PHP of ours: errors go to the log and never into an answer; mail goes nowhere. */
const settings = [
  'display_errors=0',
  'log_errors=1',
  'memory_limit=512M',
  'upload_max_filesize=64M',
  'post_max_size=72M',
  'sendmail_path=true',
].flatMap((setting) => ['-d', setting]);

/** A PHP script of this folder. */
export function phpScript(name: string): string {
  return fileURLToPath(new URL(`php/${name}`, import.meta.url));
}

/** The path of a PHP with everything WordPress needs. Throws PlainError when there is none. */
export async function findPhp(): Promise<string> {
  const php = await findProgram('php');
  if (php === null) throw new PlainError(`WordPress needs PHP (Debian: apt-get install ${packages}).`);
  const { stdout } = await run(php, ['-m']);
  const present = new Set(stdout.toLowerCase().split('\n'));
  const missing = extensions.filter((name) => !present.has(name));
  if (missing.length > 0) {
    throw new PlainError(
      `WordPress needs the PHP extensions ${missing.join(', ')} (Debian: apt-get install ${packages}).`,
    );
  }
  return php;
}

/** The arguments before a script or `-S`. */
export function phpArguments(...args: string[]): string[] {
  return [...settings, ...args];
}

/** Runs a script of ours to its end and answers what it printed; its error output is in what it throws. */
export async function runPhp(script: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(await findPhp(), phpArguments(phpScript(script), ...args), {
    timeout: 60_000,
  });
  return stdout;
}
