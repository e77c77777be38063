import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';

const root = fileURLToPath(new URL('../', import.meta.url));
const failureConverterPath = join(root, 'workers/runtime/failure-converter.cjs');

/** The workflow code as workers run it and replays check it: one bundle, made the same way everywhere. */
export async function bundleWorkflows(): Promise<WorkflowBundle> {
  const quiet = () => undefined;
  return bundleWorkflowCode({
    workflowsPath: join(root, 'workflows/index.ts'),
    failureConverterPath,
    logger: { trace: quiet, debug: quiet, info: quiet, log: quiet, warn: console.warn, error: console.error },
  });
}

/** Changes with every file that can be part of the bundle, and with the SDK that makes it. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const sdk = createRequire(import.meta.url).resolve('@temporalio/worker/package.json');
  for (const file of [failureConverterPath, sdk]) hash.update(await readFile(file));
  for (const folder of ['workflows', 'db/domain']) {
    const names = await readdir(join(root, folder), { recursive: true });
    for (const name of names.filter((entry) => entry.endsWith('.ts')).sort()) {
      hash.update(name).update(await readFile(join(root, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 24);
}

/** The bundle of the code as it stands, kept in `directory`, so that a worker starts without making it again. */
export async function keptBundle(directory: string): Promise<WorkflowBundle> {
  const path = join(directory, `workflows-${await fingerprint()}.js`);
  try {
    return { code: await readFile(path, 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const bundle = await bundleWorkflows();
  if (!('code' in bundle)) throw new Error('the bundler gave no code');
  await mkdir(directory, { recursive: true });
  // Whole or not at all, also when two workers make it at once.
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, bundle.code);
  await rename(draft, path);
  return bundle;
}
