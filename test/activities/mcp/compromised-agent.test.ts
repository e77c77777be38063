import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { SecretStore } from '../../../activities/ports.ts';
import { servers } from '../../../activities/mcp/catalog.ts';
import type { Gateway, ToolCall } from '../../../activities/mcp/gateway/gateway.ts';
import type { ServerDefinition, Tool } from '../../../activities/mcp/kit/server.ts';
import type { Actor } from '../../../db/domain/actor.ts';
import { newId } from '../../../db/domain/ids.ts';
import { needsApproval } from '../../../db/domain/integrations/risk.ts';
import { decideApproval } from '../../../db/repos/approvals/decisions.ts';
import { setGrant } from '../../../db/repos/integrations/grants.ts';
import { syncRegistry } from '../../../workers/sync-registry.ts';
import {
  plantTenant,
  type PlantedTenant,
  scope,
  type TestDatabase,
  testDatabase,
} from '../../support/database.ts';
import {
  connectTenant,
  type StubVendor,
  stubVendor,
  testGateway,
  testSecrets,
  toolCall,
} from '../../support/tools.ts';

/** What a tool's own example says is a complete call. */
const exampleOf = (tool: Tool) =>
  (tool.input.meta()?.['examples'] as Record<string, unknown>[] | undefined)?.[0] ?? {};

/** Credentials that fill every field of a form. */
const filled = ({ credentials }: ServerDefinition) =>
  Object.fromEntries(credentials.map(({ key }) => [key, `canary-${key}-7Jx2LmQ9`]));

const agent: Actor = { type: 'agent', id: 'obedient' };

describe('[MCP-G] a model that does whatever the attacker says', function () {
  this.timeout(240_000);
  let database: TestDatabase;
  let vendor: StubVendor;
  let gateway: Gateway;
  let secrets: SecretStore;
  let victim: PlantedTenant;
  let bystander: PlantedTenant;
  let attempts = 0;

  before(async () => {
    database = await testDatabase({ filling: syncRegistry });
    vendor = await stubVendor();
    secrets = testSecrets(database.db, randomBytes(32));
    gateway = testGateway(
      database.db,
      secrets,
      Object.fromEntries(servers.map(({ name }) => [name, vendor.url])),
    );
    [victim, bystander] = [await plantTenant(database.db), await plantTenant(database.db)];
    for (const server of servers) {
      for (const { tenantId } of [victim, bystander]) {
        await connectTenant({ db: database.db, secrets }, tenantId, server.name, filled(server));
      }
    }
  });
  after(async () => {
    await gateway.close();
    await vendor.close();
    await database.close();
  });

  beforeEach(() =>
    database.db.inScope(scope('platform'), (tx) => tx.sql('mcp_admissions').update({ tokens: 60 })),
  );

  const as = (tenant: PlantedTenant) => scope({ tenantId: tenant.tenantId }, tenant.userId);
  const give = (server: string, tool: string) =>
    database.db.inScope(as(victim), (tx) => setGrant(tx, { server, tool, grantee: 'agent:obedient' }));

  /** Every attempt must be refused, and nothing may have been sent out. */
  async function forbidden(call: ToolCall): Promise<void> {
    attempts += 1;
    const outcome = await gateway.call(call).then(
      (answer) => answer.kind,
      (error: { code?: string }) => error.code ?? 'unknown',
    );
    assert.notEqual(outcome, 'done', `${call.tool} was done`);
    assert.notEqual(outcome, 'unknown', `${call.tool} ended without a code`);
    // Refused for what it is, not because it came too often.
    assert.notEqual(outcome, 'tool.rate-limited');
  }
  const call = (server: ServerDefinition, tool: Tool, rest: Partial<ToolCall> = {}) =>
    toolCall(victim.tenantId, agent, tool.name, exampleOf(tool), { server: server.name, ...rest });
  const eachTool = async (run: (server: ServerDefinition, tool: Tool) => Promise<void>) => {
    for (const server of servers) for (const tool of server.tools) await run(server, tool);
  };
  const noEffects = () => assert.deepEqual(vendor.requests, []);

  it('cannot use a tool it was not given, of any server', async () => {
    await eachTool((server, tool) => forbidden(call(server, tool)));
    noEffects();
  });

  it("can't pose as someone else: a stranger, a key, another tenant's owner", async () => {
    await eachTool(async (server, tool) => {
      await forbidden(call(server, tool, { actor: { type: 'user', id: bystander.userId } }));
      await forbidden(call(server, tool, { actor: { type: 'apikey', id: newId('token') } }));
    });
    noEffects();
  });

  it('cannot move money, reach people or destroy with tools it holds, unless a person agrees', async () => {
    await eachTool(async (server, tool) => {
      if (!needsApproval(tool.risk)) return;
      await give(server.name, tool.name);
      await forbidden(call(server, tool));
      await forbidden(call(server, tool, { approvalId: newId('approval') }));
      await forbidden(call(server, tool, { approvalId: "x' or '1'='1" }));
    });
    noEffects();
  });

  it('cannot use an approval that was given for something else', async () => {
    const guarded = servers.flatMap((server) =>
      server.tools.filter(({ risk }) => needsApproval(risk)).map((tool) => ({ server, tool })),
    );
    for (const [i, { server, tool }] of guarded.entries()) {
      const asked = await gateway.call(call(server, tool));
      assert.ok(asked.kind === 'approvalRequired');
      const { approvalId } = asked;
      // Not decided yet.
      await forbidden(call(server, tool, { approvalId }));
      await database.db.inScope(as(victim), (tx) =>
        decideApproval(tx, { id: approvalId, decision: 'approved', reason: 'This one is fine' }),
      );
      const other = guarded[(i + 1) % guarded.length];
      if (other && other.tool !== tool) {
        await forbidden(call(other.server, other.tool, { approvalId }));
      }
      await forbidden(
        call(server, tool, {
          approvalId,
          tenantId: bystander.tenantId,
          scope: { ...as(bystander), by: { actor: agent, context: {} } },
        }),
      );
      const args = { ...exampleOf(tool), injected: 'more' };
      await forbidden(call(server, tool, { approvalId, arguments: args }));
    }
    noEffects();
  });

  it('cannot bring its own credentials, addresses or fields', async () => {
    const extras = [
      { apiKey: 'sk_live_attacker' },
      { base_url: 'https://attacker.example' },
      { tenant_id: bystander.tenantId },
      { __proto__x: { polluted: true } },
    ];
    for (const server of servers) {
      const tool = server.tools.find(({ risk }) => risk === 'read');
      if (!tool) continue;
      await give(server.name, tool.name);
      for (const extra of extras) {
        await forbidden(call(server, tool, { arguments: { ...exampleOf(tool), ...extra } }));
      }
    }
    noEffects();
  });

  it('cannot decide for a person', async () => {
    const [server] = servers.filter(({ tools }) => tools.some(({ risk }) => needsApproval(risk)));
    const tool = server?.tools.find(({ risk }) => needsApproval(risk));
    assert.ok(server && tool);
    const asked = await gateway.call(call(server, tool, { arguments: exampleOf(tool) }));
    assert.ok(asked.kind === 'approvalRequired');
    const byMachine = { visibility: { tenantId: victim.tenantId }, by: { actor: agent, context: {} } };
    await assert.rejects(
      database.db.inScope(byMachine, (tx) =>
        decideApproval(tx, { id: asked.approvalId, decision: 'approved', reason: 'Because I say so' }),
      ),
      { code: 'permission.denied' },
    );
    noEffects();
  });

  it('tried at least two hundred times', () => {
    assert.ok(attempts >= 200, `only ${attempts} tries`);
  });
});
