import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createGateway, type Gateway } from '../../../activities/mcp/gateway/gateway.ts';
import { readThirdParty } from '../../../activities/mcp/read-third-party.ts';
import type { SecretStore } from '../../../activities/ports.ts';
import type { Actor } from '../../../db/domain/actor.ts';
import type { ServerRecord } from '../../../db/domain/integrations/servers.ts';
import { setGrant } from '../../../db/repos/integrations/grants.ts';
import { addServer } from '../../../db/repos/integrations/servers.ts';
import { approveTool, getTool } from '../../../db/repos/integrations/tools.ts';
import {
  plantTenant,
  type PlantedTenant,
  scope,
  type TestDatabase,
  testDatabase,
} from '../../support/database.ts';
import { connectTenant, testSecrets, toolCall } from '../../support/tools.ts';

const script = fileURLToPath(new URL('fixtures/foreign-server.mjs', import.meta.url));
const workflow: Actor = { type: 'workflow', id: 'wf' };
const token = 'canary7Jx2LmQ9';

const record = (name: string, launch: ServerRecord['launch'], kind: ServerRecord['kind']): ServerRecord => ({
  name,
  title: 'Foreign',
  summary: 'A third-party server.',
  category: 'research',
  priority: 'special',
  kind,
  version: '1.0.0',
  docsUrl: 'https://example.com',
  credentialFields: [
    { key: 'TOKEN', label: 'Token', secret: true },
    { key: 'MOOD', label: 'Mood', secret: false, optional: true },
    { key: 'UNASKED', label: 'Not for the process', secret: true, optional: true },
  ],
  auth: { kind: 'key' },
  webhook: null,
  launch,
});

describe('[MCP-G] [MCP-R4] third-party servers', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let secrets: SecretStore;
  let gateway: Gateway;
  let tenant: PlantedTenant;
  const deps = () => ({
    db: database.db,
    secrets,
    oauthClients: { find: async () => null, save: async () => undefined },
    packages: {
      pin: () => Promise.reject(new Error('nothing is fetched here')),
      programOf: async () => script,
    },
    tools: { baseUrls: {}, allowPrivateHosts: false },
  });

  before(async () => {
    database = await testDatabase();
    secrets = testSecrets(database.db, randomBytes(32));
    gateway = createGateway(deps());
    tenant = await plantTenant(database.db);
    const launch = {
      package: 'foreign',
      version: '1.0.0',
      program: 'foreign-server.mjs',
      lock: 'a'.repeat(64),
      args: [],
      environment: ['TOKEN', 'MOOD'],
    };
    await database.db.inScope(scope('platform'), (tx) => addServer(tx, record('foreign', launch, 'npm')));
    const inside = { url: 'https://127.0.0.1:8443/mcp', headers: {} };
    await database.db.inScope(scope('platform'), (tx) => addServer(tx, record('inside', inside, 'remote')));
  });
  after(async () => {
    await gateway.close();
    await database.close();
  });

  const place = (server: string) => ({
    scope: scope({ tenantId: tenant.tenantId }),
    tenantId: tenant.tenantId,
    server,
  });
  const connect = (server: string, more: Record<string, string> = {}) =>
    connectTenant({ db: database.db, secrets }, tenant.tenantId, server, {
      TOKEN: token,
      UNASKED: 'secret-unasked',
      ...more,
    });
  const tell = (args: Record<string, unknown> = { word: 'hello' }) =>
    gateway.call(toolCall(tenant.tenantId, workflow, 'tell', args, { server: 'foreign' }));
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => 'done',
      (error: { code?: string }) => error.code,
    );

  it('nothing it offers can be used before a person has read and classed it', async () => {
    await connect('foreign');
    await readThirdParty(deps(), place('foreign'));
    const before = await database.db.inScope(scope('platform'), (tx) => getTool(tx, 'foreign', 'tell'));
    await database.db.inScope(scope({ tenantId: tenant.tenantId }), (tx) =>
      setGrant(tx, { server: 'foreign', tool: 'tell', grantee: 'workflow' }),
    );
    assert.equal(await codeOf(tell()), 'tool.quarantined');
    await database.db.inScope(scope('platform'), (tx) =>
      approveTool(tx, {
        server: 'foreign',
        tool: 'tell',
        liveHash: before.liveHash,
        risk: 'read',
        reason: 'Read and found harmless',
      }),
    );
    assert.equal(await codeOf(tell()), 'done');
  });

  it('its process gets an empty home, a path, and the fields it was promised: nothing else', async () => {
    const outcome = await tell();
    assert.ok(outcome.kind === 'done');
    const [part] = (outcome.result as { content: { text: string }[] }).content;
    const told = JSON.parse(part?.text ?? '{}') as { environment: string[]; token: string };
    assert.deepEqual(
      told.environment.filter((name) => !['_', 'PWD', 'SHLVL'].includes(name)),
      ['HOME', 'PATH', 'TOKEN'],
    );
    // The server may know its token; the result must not show it.
    assert.equal(told.token, '•••');
    assert.ok(!JSON.stringify(outcome).includes(token));
  });

  it('refuses unknown fields although it would take them', async () => {
    assert.equal(await codeOf(tell({ word: 'x', more: 1 })), 'tool.arguments-invalid');
    assert.equal(await codeOf(tell({})), 'tool.arguments-invalid');
  });

  it('a tool that changes its description is set aside at once', async () => {
    await connect('foreign', { MOOD: 'changed' });
    assert.equal(await codeOf(tell()), 'tool.quarantined');
    await readThirdParty(deps(), place('foreign'));
    const tool = await database.db.inScope(scope('platform'), (tx) => getTool(tx, 'foreign', 'tell'));
    assert.equal(tool.state, 'quarantined');
    await connect('foreign');
  });

  it('a remote one is not reached in private networks', async () => {
    await connect('inside');
    await assert.rejects(
      readThirdParty(deps(), place('inside')),
      (error: { code?: string; cause?: unknown }) => {
        assert.equal(error.code, 'connection.refused');
        const causes: string[] = [];
        for (let cause = error.cause; cause; cause = (cause as { cause?: unknown }).cause) {
          causes.push(String((cause as { code?: string }).code));
        }
        assert.ok(causes.includes('EHOSTFORBIDDEN'), causes.join(' < '));
        return true;
      },
    );
  });
});
