import assert from 'node:assert/strict';
import type { Tx } from '../../../../db/scope.ts';
import type { ServerRecord } from '../../../../db/domain/integrations/servers.ts';
import * as categories from '../../../../db/repos/integrations/categories.ts';
import * as connections from '../../../../db/repos/integrations/connections.ts';
import * as registry from '../../../../db/repos/integrations/servers.ts';
import { syncServer } from '../../../../db/repos/integrations/tool-sync.ts';
import * as tools from '../../../../db/repos/integrations/tools.ts';
import { plantTenant, scope, testDatabase, type TestDatabase } from '../../../support/database.ts';
import { plantConnection, recordOf, toolOf } from './tool-world.ts';
import { dayMs } from '../../../../db/domain/time.ts';

const reason = 'Because it has to be.';
const remote = { kind: 'remote', launch: { url: 'https://tools.example.com/mcp', headers: {} } } as const;

describe('the registry of servers', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  const atPlatform = <T>(work: (tx: Tx) => Promise<T>) =>
    database.db.inScope(scope('platform', 'usr_admin'), work);
  const add = async (more: Partial<ServerRecord> = {}) => {
    const record = recordOf({ ...remote, ...more });
    await atPlatform((tx) => registry.addServer(tx, record));
    return record;
  };
  const addOwn = async () => {
    const record = recordOf();
    await atPlatform((tx) => syncServer(tx, record, [toolOf('list')]));
    return record;
  };
  const get = (name: string) => atPlatform((tx) => registry.getServer(tx, name));
  const remove = (name: string) => atPlatform((tx) => registry.removeServer(tx, name, reason));
  const connect = (tenantId: string, server: string) =>
    database.db.inScope(scope({ tenantId }), (tx) =>
      connections.saveConnection(tx, { server, accountLabel: 'Shop' }),
    );
  const events = async (name: string) =>
    (
      await database.owner<{ action: string }>(
        'select action from events where target_id = $1 and tenant_id = $2 order by seq',
        [name, 'ten_platform'],
      )
    ).map(({ action }) => action);

  it('[MCP-R1] takes package and remote servers, changes and removes them', async () => {
    const record = await add();
    const { createdAt, updatedAt, ...found } = await get(record.name);
    assert.ok(createdAt && updatedAt);
    const ends = { successor: null, disabledAt: null, deprecatedAt: null, offAt: null, notice: null };
    assert.deepEqual(found, { ...record, ...ends, featured: false, status: 'available' });
    const changed = { ...record, title: 'Other', version: '1.1.0', category: 'finance' };
    await atPlatform((tx) => registry.updateServer(tx, changed));
    assert.equal((await get(record.name)).title, 'Other');
    await remove(record.name);
    await assert.rejects(get(record.name), { code: 'server.not-found' });
    await assert.rejects(remove(record.name), { code: 'server.not-found' });
    assert.deepEqual(await events(record.name), ['server.added', 'server.updated', 'server.removed']);
  });

  it('[MCP-R1] refuses a name that is taken, a category that is none, and a server that turns into another', async () => {
    const record = await add();
    await assert.rejects(add({ name: record.name }), { code: 'server.name-taken' });
    await assert.rejects(add({ category: 'nowhere' }), { code: 'category.not-found' });
    await assert.rejects(add({ kind: 'builtin', launch: null }), { code: 'request.invalid' });
    const turned = { ...record, kind: 'builtin' as const, launch: null };
    await assert.rejects(
      atPlatform((tx) => registry.updateServer(tx, turned)),
      { code: 'request.invalid' },
    );
    assert.deepEqual(await events(record.name), ['server.added']);
  });

  it('[MCP-R1] keeps ours: they can be disabled, not removed, and only their category can be changed', async () => {
    const record = await addOwn();
    await assert.rejects(remove(record.name), { code: 'server.built-in' });
    const changed = { ...record, title: 'Mine', category: 'finance' };
    await atPlatform((tx) => registry.updateServer(tx, changed));
    const { title, category } = await get(record.name);
    assert.deepEqual([title, category], [record.title, 'finance']);
    const set = (status: 'available' | 'disabled') =>
      atPlatform((tx) => registry.setStatus(tx, { name: record.name, status, reason }));
    await set('disabled');
    await set('disabled');
    assert.equal((await get(record.name)).status, 'disabled');
    const { tenantId } = await plantTenant(database.db);
    await assert.rejects(connect(tenantId, record.name), { code: 'server.disabled' });
    assert.ok((await get(record.name)).disabledAt);
    await set('available');
    assert.equal((await get(record.name)).disabledAt, null);
    assert.deepEqual((await events(record.name)).slice(-2), ['server.disabled', 'server.enabled']);
  });

  it('[MCP-R1] removes nothing that tenants use, and checks the tools of what comes back', async () => {
    const record = await add();
    await atPlatform((tx) => syncServer(tx, record, [toolOf('list')]));
    const { tenantId } = await plantConnection(database, record.name);
    await assert.rejects(remove(record.name), { code: 'server.in-use' });
    assert.equal((await get(record.name)).status, 'available');
    await database.db.inScope(scope({ tenantId }), (tx) => connections.disconnect(tx, record.name));
    await remove(record.name);
    await assert.rejects(
      atPlatform((tx) => syncServer(tx, record, [])),
      { code: 'server.not-found' },
    );
    await add({ name: record.name, title: 'Back again' });
    const [tool] = await atPlatform((tx) => tools.listTools(tx, { server: record.name }));
    assert.equal(tool?.state, 'withdrawn');
    const drifted = [toolOf('list', { description: 'Other.' })];
    const { quarantined } = await atPlatform((tx) =>
      syncServer(tx, { ...record, title: 'Back again' }, drifted),
    );
    assert.deepEqual(quarantined, ['list']);
  });

  it('[MCP-R2] has categories in their order with their servers, and removes only empty ones', async () => {
    const save = (title: string, position: number) =>
      atPlatform((tx) => categories.saveCategory(tx, { key: 'legal', title, position }));
    await save('Law', 5);
    await save('Legal', 1);
    const list = () => atPlatform((tx) => categories.listCategories(tx));
    assert.deepEqual((await list())[0], { key: 'legal', title: 'Legal', position: 1, servers: 0 });
    const record = await add({ category: 'legal' });
    assert.equal((await list())[0]?.servers, 1);
    const removeIt = () => atPlatform((tx) => categories.removeCategory(tx, 'legal'));
    await assert.rejects(removeIt(), { code: 'category.in-use' });
    await atPlatform((tx) => registry.updateServer(tx, { ...record, category: 'finance' }));
    await removeIt();
    await assert.rejects(removeIt(), { code: 'category.not-found' });
    assert.deepEqual(await events('legal'), ['category.saved', 'category.saved', 'category.removed']);
  });

  it('[MCP-R4] ends a server in the open: no new tenants, work until the day, then none', async () => {
    const [old, next] = [await add(), await add()];
    const { tenantId } = await plantConnection(database, old.name);
    const offAt = new Date(Date.now() + dayMs);
    const end = { name: old.name, successor: next.name, offAt, notice: 'Use the other one.', reason };
    await atPlatform((tx) => registry.deprecate(tx, end));
    const { status, successor, notice, deprecatedAt, offAt: stored } = await get(old.name);
    assert.deepEqual([status, successor, notice], ['deprecated', next.name, 'Use the other one.']);
    assert.ok(deprecatedAt && stored?.getTime() === offAt.getTime());
    await connect(tenantId, old.name);
    const { tenantId: newcomer } = await plantTenant(database.db);
    await assert.rejects(connect(newcomer, old.name), { code: 'server.off' });
    await database.owner(`update mcp_servers set off_at = now() - interval '1 second' where name = $1`, [
      old.name,
    ]);
    assert.equal((await get(old.name)).status, 'off');
    await assert.rejects(connect(tenantId, old.name), { code: 'server.off' });
    await atPlatform((tx) => registry.undeprecate(tx, old.name, reason));
    const { status: again, successor: none, offAt: never } = await get(old.name);
    assert.deepEqual([again, none, never], ['available', null, null]);
    await atPlatform((tx) => registry.retireServer(tx, old.name, reason));
    assert.equal((await get(old.name)).status, 'off');
    await assert.rejects(
      atPlatform((tx) => registry.deprecate(tx, end)),
      { code: 'server.off' },
    );
    assert.deepEqual((await events(old.name)).slice(1), [
      'server.deprecated',
      'server.undeprecated',
      'server.retired',
    ]);
  });

  it('[MCP-R4] refuses an end in the past and a successor that is none', async () => {
    const { name } = await add();
    const tomorrow = new Date(Date.now() + dayMs);
    const end = (more: { successor?: string; offAt?: Date }) =>
      atPlatform((tx) =>
        registry.deprecate(tx, { name, successor: null, offAt: tomorrow, notice: null, reason, ...more }),
      );
    const invalid = (field: string) => (error: { code: string; fields: object }) =>
      error.code === 'request.invalid' && Object.keys(error.fields).join() === field;
    await assert.rejects(end({ successor: name }), invalid('successor'));
    await assert.rejects(end({ successor: 'nowhere' }), invalid('successor'));
    await assert.rejects(end({ offAt: new Date(Date.now() - 1_000) }), invalid('offAt'));
    assert.equal((await get(name)).status, 'available');
    await end({});
    await assert.rejects(
      atPlatform((tx) => registry.setStatus(tx, { name, status: 'disabled', reason })),
      invalid('status'),
    );
  });

  it('[MCP-R5] features servers, lists them by words, category, status, and in pages', async () => {
    const names: string[] = [];
    for (const title of ['Zebra ledger', 'apple ledger', 'Mango ledger', 'Berry ledger']) {
      names.push((await add({ title, category: 'research' })).name);
    }
    const list = (filter: Partial<registry.ServerFilter>) =>
      atPlatform((tx) => registry.listServers(tx, { limit: 3, ...filter }));
    const titles = (page: { items: { title: string }[] }) =>
      page.items.map(({ title }) => title.split(' ')[0]);
    const first = await list({ q: 'LEDGER' });
    assert.deepEqual(titles(first), ['apple', 'Berry', 'Mango']);
    const second = await list({ q: 'LEDGER', cursor: first.nextCursor ?? '' });
    assert.deepEqual([titles(second), second.nextCursor], [['Zebra'], null]);
    assert.equal((await list({ q: '%' })).items.length, 0);
    const feature = (featured: boolean) =>
      atPlatform((tx) => registry.setFeatured(tx, names[0] ?? '', featured));
    await feature(true);
    await feature(true);
    assert.deepEqual(titles(await list({ featured: true })), ['Zebra']);
    assert.equal((await list({ category: 'research', featured: false })).items.length, 3);
    await feature(false);
    assert.deepEqual((await events(names[0] ?? '')).slice(1), ['server.featured', 'server.unfeatured']);
    await remove(names[1] ?? '');
    assert.deepEqual(titles(await list({ q: 'ledger' })), ['Berry', 'Mango', 'Zebra']);
    assert.deepEqual(titles(await list({ q: 'ledger', status: 'removed' })), ['apple']);
  });

  it('[MCP-R1] is read by tenants and partners and changed by the platform alone', async () => {
    const record = await add();
    const { tenantId } = await plantTenant(database.db);
    for (const visibility of [{ tenantId }, { partnerId: 'par_x' }]) {
      await database.db.inScope(scope(visibility), async (tx) => {
        assert.equal((await registry.getServer(tx, record.name)).name, record.name);
      });
      for (const change of [
        (tx: Tx) => registry.setFeatured(tx, record.name, true),
        (tx: Tx) => registry.addServer(tx, recordOf(remote)),
        (tx: Tx) => registry.retireServer(tx, record.name, reason),
        (tx: Tx) => categories.saveCategory(tx, { key: 'x', title: 'X', position: 1 }),
        (tx: Tx) => tools.quarantineTool(tx, { server: record.name, tool: 'list', reason }),
      ]) {
        await assert.rejects(database.db.inScope(scope(visibility), change), { code: '42501' });
      }
    }
  });
});
