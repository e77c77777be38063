import { join } from 'node:path';
import { connectDb } from '../../db/connect.ts';
import { openPorts } from '../../workers/dev/kit/ports.ts';
import { postgresCluster } from '../../workers/dev/postgres/cluster.ts';
import { createDatabase } from '../../workers/dev/postgres/databases.ts';
import { migrate, roleUrls, scope } from '../support/database.ts';
import { testDirectory } from '../support/workspace.ts';
import type { Size } from './size.ts';
import type { Figure } from './table.ts';

const writers = 32;
const tenants = 500;
const forMs = { full: 5_000, small: 200 } as const;
/** A change of the product records one to three events; two is what the onboarding's steps write. */
const perTransaction = 2;

/** Events per second that are on disk when the writer hears of it, each in the chain of its tenant. */
export async function measureEvents(size: Size): Promise<Figure[]> {
  const directory = await testDirectory('durable');
  const [port] = await (await openPorts(directory)).take('postgres');
  const { service, ownerUrl } = postgresCluster({
    directory: join(directory, 'postgres'),
    port: Number(port),
    password: 'bench',
    logFile: join(directory, 'postgres.log'),
    durable: true,
  });
  const running = await service.start();
  await createDatabase(ownerUrl('postgres'), 'bench');
  const urls = roleUrls(ownerUrl('bench'));
  await migrate(urls);
  const db = connectDb(urls, writers);
  const until = Date.now() + forMs[size];
  let written = 0;
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let i = writer; Date.now() < until; i += writers) {
        const tenantId = `ten_bench${i % tenants}`;
        await db.inScope(scope({ tenantId }), async (tx) => {
          for (let n = 0; n < perTransaction; n++)
            tx.record({ action: 'mail.sent', targets: [{ type: 'mail', id: `m${i}` }] });
        });
        written += perTransaction;
      }
    }),
  );
  await db.close();
  await running.stop();
  const rate = written / (forMs[size] / 1_000);
  return [
    {
      what: `durable events/s, ${writers} writers, ${tenants} chains`,
      measured: rate.toFixed(0),
      bar: '≥ 2000',
      met: rate >= 2_000,
    },
  ];
}
