import assert from 'node:assert/strict';
import { argumentsHash } from '../../../../db/domain/approvals/approval.ts';
import { defaultGrantees, grantee } from '../../../../db/domain/integrations/grants.ts';
import { needsApproval, riskClasses } from '../../../../db/domain/integrations/risk.ts';
import { serverRecord } from '../../../../db/domain/integrations/servers.ts';
import { definitionHash, toolDefinition } from '../../../../db/domain/integrations/tools.ts';
import { recordOf, toolOf } from '../../repos/integrations/tool-world.ts';

describe('[MCP-G] risk classes', () => {
  it('ask a person before something is sent, paid or destroyed, and not before', () => {
    assert.deepEqual(riskClasses, ['read', 'write', 'send', 'money', 'destructive']);
    assert.deepEqual(riskClasses.filter(needsApproval), ['send', 'money', 'destructive']);
  });

  it('decide who is given a tool by default: members what reads, agents nothing', () => {
    for (const risk of riskClasses) {
      const given = defaultGrantees(risk);
      assert.equal(given.includes('role:member'), risk === 'read');
      assert.ok(given.every((one) => grantee.safeParse(one).success && !one.startsWith('agent:')));
    }
  });

  it('are granted to roles, agents and workflows only', () => {
    assert.ok(grantee.safeParse('agent:bookkeeper').success);
    for (const wrong of ['role:superAdmin', 'agent:', 'agent:A', 'workflow:x', '', 'role:owner ', 'user']) {
      assert.equal(grantee.safeParse(wrong).success, false, wrong);
    }
  });
});

describe('[MCP-R4] the fingerprint of a tool', () => {
  it('is the same in any member order, and for a missing or null output schema', async () => {
    const { name, title, description, inputSchema, annotations } = toolOf('list');
    const turned = {
      annotations,
      inputSchema: Object.fromEntries(Object.entries(inputSchema).reverse()),
      description,
      title,
      name,
    };
    const hash = await definitionHash(toolOf('list'));
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.equal(await definitionHash(turned), hash);
    assert.equal(await definitionHash({ ...turned, outputSchema: null }), hash);
    assert.equal(await definitionHash(toolOf('list', { risk: 'money' })), hash);
  });

  it('is another one for any change of what a model reads', async () => {
    const changed = [
      toolOf('list'),
      toolOf('lists'),
      toolOf('list', { title: 'Tool  list' }),
      toolOf('list', { description: 'Does list' }),
      toolOf('list', { inputSchema: { type: 'object', properties: { limit: { type: 'number' } } } }),
      toolOf('list', { outputSchema: {} }),
      toolOf('list', { annotations: { readOnlyHint: false } }),
      toolOf('list', { annotations: {} }),
    ];
    const hashes = await Promise.all(changed.map(definitionHash));
    assert.equal(new Set(hashes).size, changed.length);
  });

  it('of arguments tells a text from a number and nothing from null', async () => {
    const some = [{ amount: 1 }, { amount: '1' }, { amount: null }, {}, { amount: 1, to: 'x' }];
    const hashes = await Promise.all(some.map(argumentsHash));
    assert.equal(new Set(hashes).size, some.length);
    assert.equal(await argumentsHash({ to: 'x', amount: 1 }), hashes[4]);
  });
});

describe('[MCP-R1] what is declared about a server', () => {
  const npm = {
    package: '@acme/tools',
    version: '1.2.3',
    program: 'server.js',
    lock: 'a'.repeat(64),
    args: [],
    environment: ['apiKey'],
  };
  const errorsOf = (more: object) => {
    const { error } = serverRecord.safeParse({ ...recordOf(), ...more });
    return error?.issues.map(({ path }) => path.join('.')) ?? [];
  };

  it('is taken when it is whole, with what else its sign-in and its notices need', () => {
    const record = recordOf({ auth: { kind: 'oauth2', scopes: ['a'], tokenUrl: 'https://example.com/t' } });
    assert.deepEqual(serverRecord.parse(record), record);
    assert.deepEqual(errorsOf({ kind: 'npm', launch: npm }), []);
    assert.deepEqual(
      errorsOf({ kind: 'remote', launch: { url: 'https://example.com/mcp', headers: {} } }),
      [],
    );
  });

  it('is refused at the field that is wrong', () => {
    const wrong: readonly [object, string][] = [
      [{ name: 'Shop' }, 'name'],
      [{ name: 'shop--two' }, 'name'],
      [{ title: ' ' }, 'title'],
      [{ version: 'latest' }, 'version'],
      [{ docsUrl: 'javascript:alert(1)' }, 'docsUrl'],
      [{ priority: 'urgent' }, 'priority'],
      [{ auth: { kind: 'basic' } }, 'auth.kind'],
      [{ credentialFields: [{ key: '1', label: 'x', secret: true }] }, 'credentialFields.0.key'],
      [{ kind: 'npm' }, 'launch'],
      [{ kind: 'builtin', launch: npm }, 'launch'],
      [{ kind: 'remote', launch: npm }, 'launch'],
      [{ kind: 'remote', launch: { url: 'http://example.com/mcp', headers: {} } }, 'launch.url'],
      [{ kind: 'npm', launch: { ...npm, lock: 'none' } }, 'launch.lock'],
      [{ kind: 'npm', launch: { ...npm, version: '^1.2.3' } }, 'launch.version'],
      [{ kind: 'npm', launch: { ...npm, package: 'a b' } }, 'launch.package'],
    ];
    for (const [more, field] of wrong) assert.deepEqual(errorsOf(more), [field], JSON.stringify(more));
  });

  it('names tools as the protocol lets them be named', () => {
    assert.ok(toolDefinition.safeParse(toolOf('stripe_list.v2-beta')).success);
    for (const name of ['', 'a b', 'ä', 'x'.repeat(129)]) {
      assert.equal(toolDefinition.safeParse(toolOf(name)).success, false, name);
    }
  });
});
