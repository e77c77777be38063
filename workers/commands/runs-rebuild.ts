import { rebuild } from '../projection/project.ts';
import { connectClient } from '../runtime/temporal.ts';
import type { Command } from './command.ts';

export const runsRebuild: Command = {
  usage: 'runs rebuild',
  summary: 'Drops the list of runs and reads it anew from Temporal',
  async run({ platform, say }) {
    const { config, db } = await platform();
    const client = await connectClient(config);
    const count = await rebuild(client, db);
    await client.connection.close();
    say(`${count} runs read from Temporal.`);
    return 0;
  },
};
