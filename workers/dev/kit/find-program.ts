import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The first executable with this name on PATH or in the further folders; null when there is none. */
export async function findProgram(name: string, folders: readonly string[] = []): Promise<string | null> {
  for (const folder of [...(process.env['PATH'] ?? '').split(delimiter), ...folders]) {
    const candidate = join(folder || '.', name);
    if (await isExecutable(candidate)) return candidate;
  }
  return null;
}

export function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
