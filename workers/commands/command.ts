import type { Db, Scope } from '../../db/scope.ts';
import type { Config } from '../runtime/config.ts';

/** What a command works with. */
export interface CommandContext {
  say: (line: string) => void;
  /** The platform that was started on DATA_DIR; some commands need none. */
  platform: () => Promise<{ config: Config; db: Db }>;
}

/** One command of the command line. */
export interface Command {
  usage: string;
  summary: string;
  /** Answers the exit code. */
  run(context: CommandContext, args: string[]): Promise<number>;
}

/** Commands act for the platform, from the machine it runs on. */
export const commandScope: Scope = {
  visibility: 'platform',
  by: { actor: { type: 'system', id: 'command-line' }, context: {} },
};
