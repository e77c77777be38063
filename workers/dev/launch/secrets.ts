import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeFileAtomic } from '../kit/files.ts';

const schema = z.object({ masterKey: z.string(), postgresPassword: z.string() });

/** The secrets of one data directory: base64 master key, owner password of the embedded PostgreSQL. */
export type Secrets = z.infer<typeof schema>;

/** Reads them, or makes them once; only the owner of the data directory may read the file. */
export async function openSecrets(dataDir: string): Promise<Secrets> {
  const path = join(dataDir, 'secrets.json');
  const known = await readJson(path, schema);
  if (known) return known;
  const made = {
    masterKey: randomBytes(32).toString('base64'),
    postgresPassword: randomBytes(24).toString('base64url'),
  };
  await writeFileAtomic(path, `${JSON.stringify(made, null, 2)}\n`, 0o600);
  return made;
}
