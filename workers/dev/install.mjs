import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const stamp = `${root}node_modules/.bizosaas-lock`;

/** Makes `node_modules` match package-lock.json; quick when it does already. Ends the process with one sentence if it cannot. */
export async function install() {
  process.chdir(root);
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    give(`BizOSaaS needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
  }
  const lock = readFileSync(`${root}package-lock.json`, 'utf8');
  const hash = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  if (!matchesInstalled(JSON.parse(lock))) await npmCi();
  writeFileSync(stamp, hash);
}

/** An install made by hand (`npm ci`, CI caches) counts: npm leaves a list of what it put there. */
function matchesInstalled(lock) {
  const list = `${root}node_modules/.package-lock.json`;
  if (!existsSync(list)) return false;
  const installed = JSON.parse(readFileSync(list, 'utf8')).packages;
  return Object.entries(lock.packages).every(
    ([path, wanted]) =>
      path === '' ||
      (installed[path] ? installed[path].version === wanted.version : wanted.optional === true),
  );
}

async function npmCi() {
  const startedAt = Date.now();
  console.log('Installing dependencies with npm ci (about a minute the first time) …');
  const npm = process.env.npm_execpath?.endsWith('.js')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm'];
  const [command, ...args] = [...npm, 'ci', '--include=dev', '--no-fund', '--no-audit'];
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', resolve);
  });
  if (code !== 0) give('npm ci failed; its message is above. Once it is mended, run the same command again.');
  console.log(`Dependencies installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

function give(sentence) {
  console.error(sentence);
  process.exit(1);
}
