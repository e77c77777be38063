import assert from 'node:assert/strict';
import pg from 'pg';
import { verifyChain } from '../../db/audit-verify.ts';
import { newId } from '../../db/domain/ids.ts';
import { plantTenant, scope, testDatabase, type TestDatabase } from '../support/database.ts';

const events = 8;

/** A change of the stored chain, and the place at which it must be found. */
interface Tampering {
  what: string;
  sql: string;
  at: number;
}

/** Values no honest event has at that place. */
const newValues = ['null', '"x"', '17', '1e400', '[]', '{}', 'true'] as const;

const paths = [
  ['id'], ['tenantId'], ['occurredAt'], ['action'], ['outcome'], ['actor'], ['actor', 'type'], ['actor', 'id'],
  ['impersonatorId'], ['targets'], ['targets', '0'], ['targets', '0', 'type'], ['targets', '0', 'id'], ['data'],
  ['data', 'amountMinor'], ['data', 'reason'], ['context'], ['context', 'ip'], ['context', 'workflowId'], ['schemaVersion'],
]; // prettier-ignore

function bodyTamperings(): Tampering[] {
  return paths.flatMap((path, index) => {
    const at = 1 + (index % events);
    const place = `'{${path.join(',')}}'`;
    const where = `where tenant_id = $1 and seq = ${at}`;
    const set = newValues
      // The honest events have no impersonator, so saying so again changes nothing.
      .filter((value) => !(value === 'null' && path[0] === 'impersonatorId'))
      .map((value) => ({
        what: `body ${path.join('.')} becomes ${value}`,
        sql: `update events set body = jsonb_set(body, ${place}, '${value}') ${where}`,
        at,
      }));
    return [
      ...set,
      { what: `body ${path.join('.')} goes`, sql: `update events set body = body #- ${place} ${where}`, at },
    ];
  });
}

function columnTamperings(): Tampering[] {
  const changes: Record<string, string[]> = {
    id: [`'evt_forged'`],
    occurred_at: [`occurred_at + interval '1 hour'`, `occurred_at + interval '1 microsecond'`, `'infinity'`],
    action: [`'tenant.abandoned'`, `''`],
    outcome: [`'denied'`],
    actor_type: [`'system'`],
    actor_id: [`'usr_somebody'`],
    impersonator_id: [`'usr_admin'`, `''`],
    target_type: [`'user'`, 'null'],
    target_id: [`'other'`, 'null'],
    workflow_id: [`'w'`, 'null'],
    body: [`'null'`, `'[]'`, `'"text"'`, `'{}'`, `body || '{"extra": 1}'`, `body - 'data'`],
    leaf_hash: [`''`, `sha256('x')`, `leaf_hash || '\\x00'`, 'hash'],
    prev_hash: [`''`, `sha256('x')`, 'leaf_hash'],
    hash: [`''`, `sha256('x')`, 'leaf_hash'],
    tenant_id: [`'ten_elsewhere'`],
    seq: ['seq + 100', '0', '-5', '9223372036854775807'],
  };
  return Object.entries(changes).flatMap(([column, values]) =>
    values.flatMap((value) =>
      [2, 5].map((at) => ({
        what: `column ${column} of event ${at} becomes ${value}`,
        sql: `update events set ${column} = ${value} where tenant_id = $1 and seq = ${at}`,
        // A place before the first is found at the first.
        at: column === 'seq' && (value === '0' || value === '-5') ? 1 : at,
      })),
    ),
  );
}

function rowTamperings(): Tampering[] {
  const copyOf = (seq: number, place: string) =>
    `insert into events select tenant_id, ${place}, id || '_copy', occurred_at, action, outcome, actor_type, actor_id, impersonator_id,
       target_type, target_id, workflow_id, body, leaf_hash, prev_hash, hash from events where tenant_id = $1 and seq = ${seq}`;
  const swap = (a: number, b: number) =>
    `update events set seq = case seq when ${a} then ${b} + 1000 else ${a} + 1000 end where tenant_id = $1 and seq in (${a}, ${b});
     update events set seq = seq - 1000 where tenant_id = $1 and seq > 1000`;
  const places = Array.from({ length: events }, (_, index) => index + 1);
  return [
    ...places.map((at) => ({
      what: `event ${at} goes`,
      sql: `delete from events where tenant_id = $1 and seq = ${at}`,
      at,
    })),
    ...places.map((at) => ({
      what: `all from ${at} on go`,
      sql: `delete from events where tenant_id = $1 and seq >= ${at}`,
      at,
    })),
    ...places
      .slice(1)
      .map((at) => ({ what: `events ${at - 1} and ${at} change places`, sql: swap(at - 1, at), at: at - 1 })),
    ...places.map((at) => ({
      what: `event ${at} is repeated at the end`,
      sql: copyOf(at, `${events + 1}`),
      at: events + 1,
    })),
    { what: 'an event is put before the first', sql: copyOf(1, '0'), at: 1 },
    { what: 'an event is put far behind the last', sql: copyOf(1, '9007199254740993'), at: events + 1 },
    {
      what: 'events move up over a gap',
      sql: `delete from events where tenant_id = $1 and seq = 3; update events set seq = seq + 1000 where tenant_id = $1 and seq > 3; update events set seq = seq - 1001 where tenant_id = $1 and seq > 1000`,
      at: 3,
    },
    { what: 'the head goes', sql: 'delete from event_heads where tenant_id = $1', at: events + 1 },
    {
      what: 'the head is set back',
      sql: `update event_heads set seq = seq - 1 where tenant_id = $1`,
      at: events + 1,
    },
    {
      what: 'the head has another hash',
      sql: `update event_heads set hash = sha256('x') where tenant_id = $1`,
      at: events + 1,
    },
    {
      what: 'the tail goes and the head is set back with it',
      sql: `delete from events where tenant_id = $1 and seq > 6; update event_heads set seq = 6 where tenant_id = $1`,
      at: 7,
    },
  ];
}

describe('[SEC-7] a chain that a superuser changed', () => {
  let database: TestDatabase;
  let tenantId: string;
  let superuser: pg.Client;
  before(async () => {
    database = await testDatabase();
    ({ tenantId } = await plantTenant(database.db));
    const act = { type: 'user' as const, id: 'usr_tester' };
    const by = { actor: act, context: { ip: '192.0.2.7', workflowId: 't:x:y:z' } };
    for (let i = 3; i < events; i += 1) {
      await database.db.inScope({ visibility: { tenantId }, by }, async (tx) => {
        const data = { amountMinor: 4_900 + i, reason: `reason ${i}` };
        tx.record({ action: 'payment.refunded', targets: [{ type: 'payment', id: newId('payment') }], data });
      });
    }
    // The first three come from the sign-up; every mutation of a body needs all members, so they are said again.
    superuser = new pg.Client({ connectionString: database.urls.owner });
    await superuser.connect();
    await superuser.query('set session_replication_role = replica');
  });
  after(async () => {
    await superuser.end();
    await database.close();
  });

  const verdict = () => database.db.inScope(scope('platform'), (tx) => verifyChain(tx, tenantId));

  const restore = async () => {
    await superuser.query(`delete from events; delete from event_heads`);
    await superuser.query(
      'insert into events select * from kept_events; insert into event_heads select * from kept_heads',
    );
  };

  it('is found broken at the right place, for every generated change', async () => {
    assert.deepEqual(await verdict(), { tenantId, events, broken: null });
    await superuser.query(
      'create table kept_events as table events; create table kept_heads as table event_heads',
    );
    const tamperings = [...bodyTamperings(), ...columnTamperings(), ...rowTamperings()];
    const missed: string[] = [];
    let found = 0;
    for (const { what, sql, at } of tamperings) {
      const changed = await differs(sql);
      const { broken } = await verdict();
      if (changed && broken?.seq !== at) missed.push(`${what}: ${JSON.stringify(broken)} instead of ${at}`);
      if (changed) found += 1;
      await restore();
    }
    assert.deepEqual(missed, []);
    assert.ok(found >= 200, `only ${found} changes changed anything`);
    assert.deepEqual(await verdict(), { tenantId, events, broken: null });
  });

  /** Runs the change; false when it left everything as it was (a member that is not there cannot be removed). */
  async function differs(sql: string): Promise<boolean> {
    for (const statement of sql.split(';')) {
      const params = statement.includes('$1') ? [tenantId] : [];
      await superuser.query(statement, params);
    }
    const { rows } = await superuser.query<{ same: boolean }>(
      `select not exists (table events except table kept_events) and not exists (table kept_events except table events)
         and not exists (table event_heads except table kept_heads) and not exists (table kept_heads except table event_heads) as same`,
    );
    return rows[0]?.same === false;
  }
});
