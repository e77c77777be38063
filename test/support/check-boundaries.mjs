import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Runs dependency-cruiser over the source folders; ends with 1 when a rule is broken or too little was looked at. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = ['activities', 'api', 'db', 'templates', 'test', 'workers', 'workflows'];
const atLeast = 80;

const cruiser = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
const present = folders.filter((folder) => existsSync(join(root, folder)));
const args = [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...present];
const { stdout, stderr, status } = spawnSync(process.execPath, args, {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 1 << 28,
});

let report;
try {
  report = JSON.parse(stdout);
} catch {
  console.error(stderr || `dependency-cruiser ended with ${status} and without a report`);
  process.exit(1);
}

const { violations } = report.summary;
for (const { rule, from, to, cycle } of violations) {
  const way = cycle ? [from, ...cycle.map((step) => step.name ?? step)].join(' → ') : `${from} → ${to}`;
  console.error(`${rule.name}: ${way}`);
}

const own = report.modules.filter(({ source }) => present.some((folder) => source.startsWith(`${folder}/`)));
const missing = ['.ts', '.tsx'].filter((ending) => !own.some(({ source }) => source.endsWith(ending)));
if (own.length <= atLeast || missing.length > 0) {
  console.error(
    `Only ${own.length} files were looked at (${missing.join(', ') || 'every kind'} missing): the check saw too little.`,
  );
  process.exit(1);
}
console.log(`${own.length} files, ${violations.length} broken boundaries.`);
process.exit(violations.length === 0 ? 0 : 1);
