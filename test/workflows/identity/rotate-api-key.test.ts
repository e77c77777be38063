import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Connection } from '@temporalio/client';
import { openConnection } from '../../../workers/runtime/connection.ts';
import { apiKeyReader } from '../../../db/auth/api-keys.ts';
import { writeKey } from '../../../db/auth/api-key-token.ts';
import { createProcesses } from '../../../api/kit/processes/client.ts';
import type { AppError } from '../../../db/domain/errors.ts';
import type { Progress } from '../../../db/domain/progress.ts';
import { newId, PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import * as apiKeys from '../../../db/repos/identity/api-keys.ts';
import { rotateApiKeyContract } from '../../../workflows/identity/rotate-api-key.contract.ts';
import { startReminding } from '../../../workers/start-singletons.ts';
import { workflowId } from '../../../workflows/define.ts';
import { plantTenant } from '../../support/database.ts';
import { ownTemporal } from '../../support/platform.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../../support/world.ts';

describe('[SEC-5] rotating an API key', function () {
  this.timeout(90_000);
  let world: World;
  let worker: { stop(): Promise<void> };
  let temporal: Awaited<ReturnType<typeof ownTemporal>>;
  let connection: Connection;
  let processes: ReturnType<typeof createProcesses>;

  before(async () => {
    temporal = await ownTemporal();
    world = await openWorld(temporal);
    connection = await openConnection({ address: temporal.address });
    processes = createProcesses(clientFor(world, connection, temporal.namespace));
    worker = await runWorker(world, temporal);
  });
  after(async () => {
    await worker.stop();
    await connection.close();
    await world.close();
  });

  const sql = <T extends object>(text: string, values: unknown[] = []) =>
    world.database.owner<T>(text, values);

  async function plant() {
    const { tenantId, userId } = await plantTenant(world.database.db, { status: 'live' });
    const id = newId('apiKey');
    const written = writeKey(id, randomBytes(32));
    const by = { actor: { type: 'user', id: userId }, context: {} } as const;
    const { secretHash, last4 } = written;
    const owner = { tenantId, kind: 'tenant', name: 'Export', userId: null, agent: null } as const;
    const rest = { scopes: ['team.read'], networks: [], expires: null, createdBy: userId, secretHash, last4 };
    await world.database.db.inScope({ visibility: { tenantId }, by }, (tx) =>
      apiKeys.insert(tx, { id, ...owner, ...rest }),
    );
    return { tenantId, id, key: written.key, actor: by.actor };
  }

  const works = async (key: string) =>
    (await apiKeyReader(world.database.db)(key, '127.0.0.1')).refused ?? 'works';

  function rotation({ tenantId, id, actor }: Awaited<ReturnType<typeof plant>>, overlapHours: number) {
    const written = writeKey(id, randomBytes(32));
    const { secretHash, last4 } = written;
    const requestKey = written.last4 + String(overlapHours);
    const input = { tenantId, keyId: id, overlapHours, secretHash, last4, by: actor, requestKey };
    const run = workflowId(tenantId, rotateApiKeyContract.name, `${id}-${requestKey}`);
    const start = () => processes.startWithUpdate(rotateApiKeyContract, input, actor, 'keyRotated', null);
    return { key: written.key, run, start };
  }
  const overlapOver = (id: string) =>
    sql(`update api_keys set previous_until = now() - interval '1 millisecond' where id = $1`, [id]);

  it('keeps the old secret until the overlap ends by the clock of the database, worker or not', async () => {
    const planted = await plant();
    const next = rotation(planted, 24);
    const { previousUntil } = await next.start();
    assert.ok(Math.abs(Date.parse(previousUntil ?? '') - Date.now() - 24 * 3_600_000) < 60_000);
    assert.deepEqual([await works(planted.key), await works(next.key)], ['works', 'works']);
    assert.deepEqual(await next.start(), { previousUntil }, 'asked again, it is the same rotation');
    await assert.rejects(rotation(planted, 1).start(), (error: AppError) => error.code === 'key.rotating');
    await overlapOver(planted.id);
    assert.deepEqual([await works(planted.key), await works(next.key)], ['unknown', 'works']);
  });

  it('without an overlap ends the old secret at once, also during another overlap', async () => {
    const planted = await plant();
    const first = rotation(planted, 24);
    await first.start();
    const second = rotation(planted, 0);
    assert.deepEqual(await second.start(), { previousUntil: null });
    const all = await Promise.all([planted.key, first.key, second.key].map(works));
    assert.deepEqual(all, ['unknown', 'unknown', 'works']);
    await processes.result(rotateApiKeyContract, second.run);
  });

  it('survives the end of its worker between any two steps, and forgets the old secret once', async () => {
    const planted = await plant();
    const next = rotation(planted, 1);
    await next.start();
    await worker.stop();
    const client = clientFor(world, connection, temporal.namespace);
    assert.equal((await client.workflow.getHandle(next.run).describe()).status.name, 'RUNNING');
    assert.deepEqual([await works(planted.key), await works(next.key)], ['works', 'works']);
    await overlapOver(planted.id);
    assert.equal(await works(planted.key), 'unknown', 'also while no worker runs');
    worker = await runWorker(world, temporal);
    const forget = { tenantId: planted.tenantId, keyId: planted.id };
    const [{ secret_hash: secretHash } = { secret_hash: '' }] = await sql<{ secret_hash: string }>(
      `select secret_hash from api_keys where id = $1`,
      [planted.id],
    );
    const scope = { visibility: 'platform', by: { actor: planted.actor, context: {} } } as const;
    for (const _attempt of [1, 2])
      assert.deepEqual(
        await world.database.db.inScope(scope, (tx) => apiKeys.endOverlap(tx, { ...forget, secretHash })),
        { msLeft: 0 },
      );
    const events = await sql(`select 1 from events where action = 'key.overlap-ended' and tenant_id = $1`, [
      planted.tenantId,
    ]);
    assert.equal(events.length, 1);
  });

  it('refuses a key that ended, and keeps its secrets out of the history', async () => {
    const planted = await plant();
    await sql(`update api_keys set revoked_at = now() where id = $1`, [planted.id]);
    const late = rotation(planted, 24);
    await assert.rejects(late.start(), (error: AppError) => error.code === 'key.ended');
    const client = clientFor(world, connection, temporal.namespace);
    const history = JSON.stringify(await client.workflow.getHandle(late.run).fetchHistory());
    assert.ok(!history.includes(late.key.slice(-36)));
  });

  it('reminds once before each expiry: the maker of a key, the owners when the maker has left', async () => {
    const planted = await plant();
    const [owner] = await sql<{ email: string }>(
      `select email from users u join memberships m on m.user_id = u.id where m.tenant_id = $1 and m.role = 'owner'`,
      [planted.tenantId],
    );
    const expire = (days: number) =>
      sql(`update api_keys set expires_at = now() + $2 * interval '1 day' where id = $1`, [planted.id, days]);
    const sent = async () => {
      const client = clientFor(world, connection, temporal.namespace);
      await startReminding(client);
      const run = client.workflow.getHandle(workflowId(PLATFORM_TENANT_ID, 'remind-api-keys', 'all'));
      const progress = async () => (await run.describe()).memo?.['progress'] as Progress | undefined;
      await eventually(progress, (known) => known?.state === 'waiting');
      await run.terminate('it has looked once');
      const mails = await world.mails(owner?.email ?? '');
      return mails.filter(({ subject }) => subject?.includes('expires')).length;
    };
    await expire(20);
    assert.equal(await sent(), 0);
    await expire(13);
    assert.deepEqual([await sent(), await sent()], [1, 1]);
    await expire(0.5);
    assert.deepEqual([await sent(), await sent()], [2, 2]);
    await sql(`update api_keys set revoked_at = now(), reminded_days = null where id = $1`, [planted.id]);
    assert.equal(await sent(), 2);
  });
});
