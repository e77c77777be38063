import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from './command.ts';

const patienceMs = 5_000;

/** Asks a part whether it is there; the answer in words. */
async function probe(ask: () => Promise<string>): Promise<{ well: boolean; words: string }> {
  try {
    const late = sleep(patienceMs).then(() => {
      throw new Error(`no answer within ${patienceMs / 1_000} s`);
    });
    return { well: true, words: await Promise.race([ask(), late]) };
  } catch (error) {
    return { well: false, words: error instanceof Error ? error.message : String(error) };
  }
}

/** Loads the clients of what it asks only when it runs: every other command would wait for them to load as well. */
export const doctor: Command = {
  usage: 'doctor',
  summary: 'Asks every part of the platform whether it is well',
  async run({ platform, say }) {
    const { config, db } = await platform();
    const parts: [string, () => Promise<string>][] = [
      ['PostgreSQL', () => db.ping().then(() => 'answers')],
      [
        'Temporal',
        async () => {
          const { connectClient } = await import('../runtime/temporal.ts');
          const client = await connectClient(config);
          const { serverVersion } = await client.workflowService.getSystemInfo({});
          await client.connection.close();
          return `answers, version ${serverVersion}, namespace ${config.temporal.namespace}`;
        },
      ],
      [
        'API and worker',
        async () => {
          const answer = await fetch(`http://${config.host}:${config.port}/readyz`);
          if (answer.ok) return 'ready';
          throw new Error(`not ready: ${await answer.text()}`);
        },
      ],
      [
        'Mail',
        async () => {
          const { createTransport } = await import('nodemailer');
          await createTransport(config.smtpUrl ?? '').verify();
          return 'answers';
        },
      ],
    ];
    let well = true;
    for (const [name, ask] of parts) {
      const result = await probe(ask);
      well &&= result.well;
      say(`${result.well ? 'ok     ' : 'PROBLEM'}  ${name.padEnd(16)}${result.words}`);
    }
    return well ? 0 : 1;
  },
};
