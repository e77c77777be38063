import { mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProcess } from '../../workers/dev/kit/processes.ts';
import { reclaim } from '../../workers/dev/kit/pid-file.ts';
import type { PortRange, Ports } from '../../workers/dev/kit/ports.ts';
import { openPorts, usualPorts } from '../../workers/dev/kit/ports.ts';
import { reclaimCluster } from '../../workers/dev/postgres/cluster.ts';
import { reclaimWordPress } from '../../workers/dev/wordpress/start.ts';

// What every test process has, with servers or without: it loads no client of a server, so that a process is there soon.

/** Folders of test processes below the system's temporary one; the pid follows. */
const prefix = 'bizosaas-test-';
const stops: (() => Promise<void>)[] = [];
let workspace: Promise<{ directory: string; ports: Ports }> | undefined;
let counter = 0;

/** A folder of its own that goes away with the process. */
export async function testDirectory(purpose: string): Promise<string> {
  return (await place(purpose)).directory;
}

/** A folder of its own with the ports of this process, and a name for both that no other has. */
export async function place(purpose: string): Promise<{ directory: string; ports: Ports; name: string }> {
  const { directory, ports } = await openWorkspace();
  const name = `${purpose}-${(counter += 1)}`;
  await mkdir(join(directory, name), { recursive: true });
  return { directory: join(directory, name), ports, name };
}

/** Registers a service for the end of the process; its own `stop` may come earlier. */
export function stoppedAtTheEnd<T extends { stop: () => Promise<void> }>(service: T): T {
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= service.stop());
  stops.push(stop);
  return { ...service, stop };
}

/** Stops everything this process started for its tests and removes its files; called once, at its end. */
export async function stopTestServices(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
  if (workspace) await rm((await workspace).directory, { recursive: true, force: true });
}

/** The folder of this process and its ports. */
export function openWorkspace(): Promise<{ directory: string; ports: Ports }> {
  return (workspace ??= (async () => {
    await sweepDeadRuns();
    const directory = join(tmpdir(), `${prefix}${process.pid}`);
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
    return { directory, ports: await openPorts(directory, portRange()) };
  })());
}

/** Processes that run side by side choose from shares of their own (TEST_PORTS, "from-to"), so never the same port. */
export function portRange(): PortRange {
  const [from, to] = (process.env['TEST_PORTS'] ?? '').split('-').map(Number);
  return from && to ? { from, to } : usualPorts;
}

/** A test process that was killed leaves its servers and files; a later one, or the runner, clears them away. */
export async function sweepDeadRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length) : Number.NaN);
    if (!Number.isInteger(pid) || pid === process.pid || (await findProcess(pid))) continue;
    const directory = join(tmpdir(), name);
    await reclaimCluster(join(directory, 'postgres'));
    await reclaim(join(directory, 'temporal', 'server.pid'));
    for (const part of await sitesIn(directory)) await reclaimWordPress(join(directory, part));
    await rm(directory, { recursive: true, force: true });
  }
}

/** The folders of WordPress sites; none when another run has cleared the directory away meanwhile. */
async function sitesIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter((name) => name.startsWith('wordpress-'));
}
