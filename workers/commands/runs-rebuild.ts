import type { Command } from './command.ts';
import { plainCount } from '../../db/domain/plural.ts';

export const runsRebuild: Command = {
  usage: 'runs rebuild',
  summary: 'Drops the list of runs and reads it anew from Temporal',
  async run({ platform, say }) {
    // Loaded here, so that the other commands don't wait for Temporal's client to load.
    const [{ rebuild }, { connectClient }] = await Promise.all([
      import('../projection/project.ts'),
      import('../runtime/temporal.ts'),
    ]);
    const { config, db } = await platform();
    const client = await connectClient(config);
    const count = await rebuild(client, db);
    await client.connection.close();
    say(`${plainCount(count, 'run', 'runs')} read from Temporal.`);
    return 0;
  },
};
