import type { Db } from '../db/scope.ts';
import { adminAllowAll } from './commands/admin-allow-all.ts';
import { auditVerify } from './commands/audit-verify.ts';
import type { Command } from './commands/command.ts';
import { doctor } from './commands/doctor.ts';
import { mcpList } from './commands/mcp-list.ts';
import { mcpServe } from './commands/mcp-serve.ts';
import { runsRebuild } from './commands/runs-rebuild.ts';
import { secondFactorRemove } from './commands/second-factor-remove.ts';
import { explain } from './dev/kit/say.ts';
import { readSettings } from './dev/launch/environment.ts';
import { ConfigError, loadConfigOver, loadLauncherConfig } from './runtime/config.ts';

const commands: readonly Command[] = [
  adminAllowAll,
  auditVerify,
  doctor,
  mcpList,
  mcpServe,
  runsRebuild,
  secondFactorRemove,
];
const say = (line: string) => console.log(line);

function help(): void {
  say('npx bizosaas <command>\n');
  for (const { usage, summary } of commands) say(`  ${usage.padEnd(28)} ${summary}`);
  say('\nSettings come from the environment, or from the platform that npm start last ran on DATA_DIR.');
}

/** The command whose words the arguments begin with, and the arguments that are left. */
function choose(args: readonly string[]): { command: Command; rest: string[] } | null {
  for (const command of commands) {
    const words = command.usage.split(/ [[<]/)[0]?.split(' ') ?? [];
    if (words.every((word, i) => args[i] === word)) return { command, rest: args.slice(words.length) };
  }
  return null;
}

async function main(args: readonly string[]): Promise<number> {
  const chosen = choose(args);
  if (!chosen) {
    help();
    return args.length === 0 || args[0] === 'help' || args[0] === '--help' ? 0 : 2;
  }
  let db: Db | null = null;
  async function platform() {
    const config = loadConfigOver(await readSettings(loadLauncherConfig().dataDir));
    // Loaded here: a tool server that runs alone has no database, and starts sooner without the client.
    const { connectDb } = await import('../db/connect.ts');
    db ??= connectDb(config.databaseUrls, 4);
    return { config, db };
  }
  try {
    return await chosen.command.run({ say, platform }, chosen.rest);
  } finally {
    await (db as Db | null)?.close();
  }
}

/** A pipe takes what its reader has room for; what is still to be written would be lost. */
function leave(code: number): void {
  process.stdout.write('', () => process.exit(code));
}

main(process.argv.slice(2)).then(leave, (error: unknown) => {
  say(error instanceof ConfigError ? error.message : `It did not work: ${explain(error)}`);
  leave(2);
});
