import assert from 'node:assert/strict';
import { tokenizeSandboxCard } from '../../../activities/adapters/sandbox-cards.ts';
import { hashPassword } from '../../../db/auth/passwords.ts';
import { idFromKey } from '../../../db/domain/ids.ts';
import { ApiError, signIn } from '../../../workers/dev/demo/api-client.ts';
import { otherBusinesses, ownBusiness } from '../../../workers/dev/demo/businesses.ts';
import type { Demo } from '../../../workers/dev/demo/demo.ts';
import { mailedLinks } from '../../../workers/dev/demo/mails.ts';
import { bringAlong } from '../../../workers/dev/demo/onboarding.ts';
import { demoParts } from '../../../workers/dev/demo/parts.ts';
import { startStandIns } from '../../../workers/dev/demo/stand-ins/start.ts';
import { openPorts } from '../../../workers/dev/kit/ports.ts';
import { type Platform, startPlatform, testPassword } from '../../support/api.ts';
import { testDirectory } from '../../support/workspace.ts';
import { standIn } from '../../support/tools.ts';
import { eventually } from '../../support/world.ts';

/** The demo's surroundings on the platform of this test. */
async function demoOn(platform: Platform): Promise<Demo> {
  const { config } = platform.world;
  const admin = await platform.admin();
  return {
    processes: platform.processes,
    own: { ...ownBusiness, email: 'owner@demo.bizosaas.example' },
    password: testPassword,
    passwordHash: await hashPassword(testPassword),
    tenantIdOf: (name) => idFromKey('tenant', `demo:${name}`),
    tokenizeCard: (number) =>
      tokenizeSandboxCard(config.paymentSandboxUrl ?? '')({
        number,
        expMonth: 12,
        expYear: 2040,
        cvc: '123',
      }),
    origin: platform.url,
    linksMailedTo: (address) => mailedLinks(config.mailboxUrl ?? '', address),
    async as(person) {
      if (person !== 'admin') return signIn(platform.url, { email: person.email, password: testPassword });
      return {
        async call<T>(method: string, path: string, body?: unknown) {
          const answer = await admin.call(method, path, body);
          if (answer.status >= 300) throw new ApiError(`${path}: ${answer.status}`, answer.text);
          return answer.body as T;
        },
      };
    },
  };
}

describe('the demo', function () {
  this.timeout(90_000);
  let platform: Platform;
  let demo: Demo;
  let stopVendors: () => Promise<void>;

  before(async () => {
    platform = await startPlatform();
    const vendors = await startStandIns(
      await openPorts(await testDirectory('stand-ins')),
      {},
      () => undefined,
    );
    for (const [server, url] of Object.entries(vendors.baseUrls)) standIn(platform.world, server, url);
    stopVendors = vendors.stop;
    for (const name of ['Northwind Partners', 'Lakeside Digital']) {
      const row = [await idFromKey('partner', name), name];
      await platform.world.database.owner('insert into partners (id, name) values ($1, $2)', row);
    }
    demo = await demoOn(platform);
  });
  after(async () => {
    await stopVendors();
    await platform.stop();
  });

  async function plant(): Promise<void> {
    await bringAlong(demo, demo.own);
    for (const { plant: part } of demoParts) await part(demo, () => undefined);
  }

  async function counts() {
    const { owner } = platform.world.database;
    const sql = `select
      (select json_object_agg(status, n) from (select status, count(*) n from tenants group by 1) t) as tenants,
      (select count(*)::int from invitations) as invitations,
      (select count(*)::int from mcp_calls) as calls,
      (select count(*)::int from approvals) as approvals,
      (select json_agg(status order by status) from mcp_connections) as connections,
      (select count(*)::int from mcp_tools where state = 'quarantined' and server = 'trello') as quarantined,
      (select json_agg(name order by name) from mcp_servers where status in ('review', 'deprecated')) as servers`;
    return (await owner(sql))[0];
  }

  it('shows every capability, and makes nothing twice when it is planted again', async () => {
    await plant();
    const first = await counts();
    const live = [ownBusiness, ...otherBusinesses].filter(({ until }) => until === 'live').length;
    const closed = otherBusinesses.filter(({ trouble }) => trouble === 'closed').length;
    assert.deepEqual(first?.['tenants'], {
      live,
      abandoned: closed,
      onboarding: otherBusinesses.length + 1 - live - closed,
    });
    assert.deepEqual(first?.['connections'], [
      'connected',
      'connected',
      'connected',
      'connected',
      'needsReconnect',
    ]);
    assert.deepEqual([first?.['quarantined'], first?.['servers']], [1, ['planner-crm', 'zapier']]);
    await plant();
    assert.deepEqual(await counts(), first);
    await eventually(
      async () => platform.world.database.owner('select process from runs where needs_attention'),
      (rows) => rows.length === 1 && rows[0]?.['process'] === 'send-invite',
    );
  });
});
