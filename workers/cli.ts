import { connectDb } from '../db/connect.ts';
import { auditVerify } from './commands/audit-verify.ts';
import type { Command } from './commands/command.ts';
import { doctor } from './commands/doctor.ts';
import { runsRebuild } from './commands/runs-rebuild.ts';
import { readSettings } from './dev/launch/environment.ts';
import { ConfigError, loadConfigOver, loadLauncherConfig } from './runtime/config.ts';

const commands: readonly Command[] = [auditVerify, doctor, runsRebuild];
const say = (line: string) => console.log(line);

function help(): void {
  say('npx bizosaas <command>\n');
  for (const { usage, summary } of commands) say(`  ${usage.padEnd(28)}${summary}`);
  say('\nSettings come from the environment, or from the platform that npm start last ran on DATA_DIR.');
}

/** The command whose words the arguments begin with, and the arguments that are left. */
function choose(args: readonly string[]): { command: Command; rest: string[] } | null {
  for (const command of commands) {
    const words = command.usage.split(' ').filter((word) => !word.startsWith('['));
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
  const settings = await readSettings(loadLauncherConfig().dataDir);
  const config = loadConfigOver(settings);
  const db = connectDb(config.databaseUrls, 4);
  try {
    return await chosen.command.run({ config, db, say }, chosen.rest);
  } finally {
    await db.close();
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(
      error instanceof ConfigError
        ? error.message
        : `It did not work: ${error instanceof Error ? error.message : String(error)}`,
    );
    process.exit(2);
  },
);
