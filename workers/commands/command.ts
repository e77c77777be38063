import type { Db, Scope } from '../../db/connect.ts';
import type { Config } from '../runtime/config.ts';

/** One command of the command line. */
export interface Command {
  usage: string;
  summary: string;
  /** Answers the exit code. */
  run(context: { config: Config; db: Db; say: (line: string) => void }, args: string[]): Promise<number>;
}

/** Commands act for the platform, from the machine it runs on. */
export const commandScope: Scope = {
  reach: 'platform',
  by: { actor: { type: 'system', id: 'command-line' }, context: {} },
};
