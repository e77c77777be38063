import type { AddressInfo } from 'node:net';
import autocannon from 'autocannon';
import express from 'express';
import pg from 'pg';
import type { Platform } from '../support/api.ts';
import { type Figure, median } from './table.ts';

const seconds = 4;

async function rate(url: string, cookie: string): Promise<number> {
  const result = await autocannon({ url, connections: 10, duration: seconds, headers: { cookie } });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} failed`);
  return result.requests.average;
}

/** A read of the API, with its session, rights and row-level security, against Express and one select. */
export async function measureReads(platform: Platform): Promise<Figure[]> {
  const owner = await platform.business();
  const pool = new pg.Pool({ connectionString: platform.world.database.urls.owner, max: 10 });
  const app = express();
  app.get('/tenant', async (_request, response) => {
    const { rows } = await pool.query('select id, name, status from tenants where id = $1', [owner.tenantId]);
    response.json(rows[0]);
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const bareUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tenant`;
  const cookie = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const rates: Record<'session' | 'subscription' | 'bare', number[]> = {
    session: [],
    subscription: [],
    bare: [],
  };
  for (let round = 0; round < 2; round++) {
    rates.bare.push(await rate(bareUrl, ''));
    rates.session.push(await rate(`${platform.url}/api/session`, cookie));
    rates.subscription.push(await rate(`${platform.url}/api/client/subscription`, cookie));
    rates.bare.push(await rate(bareUrl, ''));
  }
  server.close();
  await pool.end();
  const bare = median(rates.bare);
  return (['session', 'subscription'] as const).map((name) => {
    const ratio = median(rates[name]) / bare;
    return {
      what: `GET ${name} against bare Express and one select (${median(rates[name]).toFixed(0)} / ${bare.toFixed(0)} req/s)`,
      measured: ratio.toFixed(2),
      bar: '≥ 0.60',
      met: ratio >= 0.6,
    };
  });
}
