import type { Say } from '../kit/say.ts';
import { buildOfficialServer, canBuild, findOfficialServer } from './build.ts';
import { cliServer, findCli } from './cli.ts';
import { downloadCli } from './download.ts';
import { officialServer } from './official.ts';
import { lastKind } from './own-server.ts';
import type { TemporalOptions, TemporalServer } from './types.ts';

/**
 * Chooses the server: TEMPORAL_ADDRESS, else the kind that ran here last, else the `temporal` CLI,
 * else the official server built earlier, else what can be obtained: the CLI by download, the server by `go install`.
 */
export async function chooseTemporal(options: TemporalOptions): Promise<TemporalServer> {
  if (options.address) return { kind: 'existing server', address: options.address, service: null };
  const official = await findOfficialServer();
  const kept = await lastKind(options.directory);
  // A CLI installed later must not hide the runs that the official server keeps here.
  if (official && kept === 'official' && !options.cliPath) return officialServer(official, options);
  const cli = await findCli(options.cliPath, options.say);
  if (cli) return cliServer(cli, options);
  if (kept === 'cli')
    options.say('Temporal: the runs kept here need the temporal CLI, which is gone; they are not shown.');
  if (official) return officialServer(official, options);
  const downloaded = await downloadCli(options.say, options.signal);
  if (downloaded) return cliServer(downloaded, options);
  return officialServer(await buildOfficialServer(options.say, options.signal), options);
}

/** The same for tests and measurements, which use the pinned official server wherever it can be had. */
export async function chooseTestedTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const official = await obtainTestedServer(options.say, options.signal);
  return official ? officialServer(official, options) : chooseTemporal(options);
}

/** The pinned official server, built if need be; null when there is no Go but a CLI that can stand in. */
export async function obtainTestedServer(say: Say, signal: AbortSignal): Promise<string | null> {
  const official = await findOfficialServer();
  if (official) return official;
  if (!(await canBuild()) && (await findCli(process.env['TEMPORAL_CLI_PATH'], say))) return null;
  return buildOfficialServer(say, signal);
}
