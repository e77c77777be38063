import { openPorts } from '../../workers/dev/kit/ports.ts';
import type { Caller, Platform } from '../support/api.ts';
import { testDirectory } from '../support/workspace.ts';
import type { Size } from './size.ts';
import { requestRate, type ServerApart, serveApart } from './servers.ts';
import { type Figure, median } from './table.ts';

/** The first rounds warm up. */
const sizes = {
  full: { seconds: 3, rounds: 5, warmUps: 1 },
  small: { seconds: 1, rounds: 1, warmUps: 0 },
} as const;
const reads = { session: '/api/session', subscription: '/api/client/subscription' } as const;
type Read = keyof typeof reads;

interface Measured {
  bare: number;
  ours: number;
}

/** The API as `npm start` runs it, on the platform's database. */
async function serveApi({ world }: Platform, port: number): Promise<ServerApart> {
  const { config, database } = world;
  return serveApart('api/main.ts', `http://127.0.0.1:${port}/api/openapi.json`, {
    BIZOSAAS_ENV: 'test',
    PORT: String(port),
    DATA_DIR: config.dataDir,
    DATABASE_URL: database.urls.owner,
    DATABASE_APP_URL: database.urls.app,
    DATABASE_PLATFORM_URL: database.urls.platform,
    DATABASE_PARTNER_URL: database.urls.partner,
    TEMPORAL_ADDRESS: config.temporal.address,
    TEMPORAL_NAMESPACE: config.temporal.namespace,
    BIZOSAAS_MASTER_KEY: config.masterKey.toString('base64'),
    PAYMENT_SANDBOX_URL: world.sandboxUrl,
  });
}

/** A business with a running subscription, so that the read finds something. */
async function subscriber({ business, world }: Platform): Promise<Caller & { tenantId: string }> {
  const owner = await business();
  await world.database.owner(
    `insert into subscriptions (id, tenant_id, plan_key, plan_version, gateway, timezone, anchor_at, interval, status, amount_minor, currency, payment_method, period_start, period_end)
     values ('sub_bench', $1, 'growth', 1, 'sandbox', 'UTC', now(), 'month', 'active', 9900, 'EUR', '{}', now(), now() + interval '1 month')`,
    [owner.tenantId],
  );
  return owner;
}

/** Reads of the API, with session, rights, log and row-level security, against Express and one select; taking turns. */
export async function measureReads(platform: Platform, size: Size): Promise<Figure[]> {
  const { seconds, rounds, warmUps } = sizes[size];
  const owner = await subscriber(platform);
  const cookie = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const [apiPort, barePort] = await (await openPorts(await testDirectory('reads'))).take('api', 'bare');
  const bareUrl = `http://127.0.0.1:${barePort}/tenants/${owner.tenantId}`;
  const urlOf = (read: Read) => `http://127.0.0.1:${apiPort}${reads[read]}`;
  const servers = [
    await serveApi(platform, Number(apiPort)),
    await serveApart('test/bench/bare-server.ts', bareUrl, {
      PORT: String(barePort),
      DATABASE_URL: platform.world.database.urls.owner,
    }),
  ];
  const measured: Record<Read, Measured[]> = { session: [], subscription: [] };
  try {
    for (let round = -warmUps; round < rounds; round++)
      for (const read of Object.keys(reads) as Read[]) {
        const both = await inTurn(
          round,
          () => requestRate(bareUrl, '', seconds),
          () => requestRate(urlOf(read), cookie, seconds),
        );
        if (round >= 0) measured[read].push(both);
      }
  } finally {
    for (const { stop } of servers) await stop();
  }
  return (Object.keys(reads) as Read[]).map((read) => toFigure(read, measured[read]));
}

async function inTurn(
  round: number,
  bare: () => Promise<number>,
  ours: () => Promise<number>,
): Promise<Measured> {
  if (round % 2 === 0) return { bare: await bare(), ours: await ours() };
  const first = await ours();
  return { bare: await bare(), ours: first };
}

function toFigure(read: Read, measured: Measured[]): Figure {
  const ratio = median(measured.map(({ bare, ours }) => ours / bare));
  const [ours, bare] = [median(measured.map((one) => one.ours)), median(measured.map((one) => one.bare))];
  return {
    what: `GET ${reads[read]} against bare Express and one select (${ours.toFixed(0)} / ${bare.toFixed(0)} req/s)`,
    measured: ratio.toFixed(2),
    bar: '≥ 0.60',
    met: ratio >= 0.6,
  };
}
