import { homedir } from 'node:os';
import { join } from 'node:path';

/** A folder for things fetched or built once per machine, shared by every copy of the project. */
export function machineCache(name: string): string {
  return join(homedir(), '.cache', 'bizosaas', name);
}
