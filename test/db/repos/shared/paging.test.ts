import assert from 'node:assert/strict';
import { newId } from '../../../../db/domain/ids.ts';
import type { Tx } from '../../../../db/scope.ts';
import type { Page, Paging } from '../../../../db/domain/common.ts';
import * as attention from '../../../../db/repos/runs/attention.ts';
import { listInvoices } from '../../../../db/repos/billing/invoices.ts';
import * as events from '../../../../db/repos/audit/events.ts';
import { decodeCursor, encodeCursor } from '../../../../db/repos/shared/paging.ts';
import * as people from '../../../../db/repos/people/people.ts';
import * as runs from '../../../../db/repos/runs/runs.ts';
import * as overview from '../../../../db/repos/tenants/overview.ts';
import { scope, testDatabase, type TestDatabase } from '../../../support/database.ts';

const count = 57;

/** Paging does not care what an invoice is for, so none of that is planted. */
const dropInvoiceKeys = `alter table invoices drop constraint invoices_tenant_id_fkey,
  drop constraint invoices_tenant_id_subscription_id_fkey`;

/** Every list there is: how to read a page of ids, and how to add a row at either end of the order. */
interface List {
  name: string;
  read: (tx: Tx, paging: Paging) => Promise<Page<string>>;
}

/** A forged cursor. */
const raw = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');

const ids = <T>(page: Page<T>, id: (item: T) => string): Page<string> => ({
  items: page.items.map(id),
  nextCursor: page.nextCursor,
});

const tenantLists = overview.tenantSorts.flatMap((sort) =>
  [true, false].map((descending) => ({
    name: `tenants by ${sort}, ${descending ? 'falling' : 'rising'}`,
    read: async (tx: Tx, paging: Paging) =>
      ids(await overview.list(tx, { ...paging, sort, descending }), ({ id }) => id),
  })),
);

const byName = (descending: boolean) => ({ key: 'name' as const, descending });

const lists: List[] = [
  ...tenantLists,
  { name: 'people', read: async (tx, paging) => ids(await people.list(tx, paging), ({ id }) => id) },
  {
    name: 'people by name',
    read: async (tx, paging) =>
      ids(await people.list(tx, { ...paging, sort: byName(false) }), ({ id }) => id),
  },
  {
    name: 'people by name backwards',
    read: async (tx, paging) => ids(await people.list(tx, { ...paging, sort: byName(true) }), ({ id }) => id),
  },
  {
    name: 'people by when last seen',
    read: async (tx, paging) =>
      ids(await people.list(tx, { ...paging, sort: { key: 'seen', descending: true } }), ({ id }) => id),
  },
  { name: 'runs', read: async (tx, paging) => ids(await runs.list(tx, paging), ({ runId }) => runId) },
  {
    name: 'runs from the oldest',
    read: async (tx, paging) =>
      ids(await runs.list(tx, { ...paging, oldestFirst: true }), ({ runId }) => runId),
  },
  {
    name: 'runs that stand still',
    read: async (tx, paging) => {
      const now = new Date('2100-01-01');
      const page = await attention.listStuck(tx, { ...paging, waitingBefore: now, silentBefore: now });
      return ids(page, ({ runId }) => runId);
    },
  },
  { name: 'events', read: async (tx, paging) => ids(await events.list(tx, paging), ({ id }) => id) },
  {
    name: 'invoices',
    read: async (tx, paging) => ids(await listInvoices(tx, 'ten_t00000', paging), ({ id }) => id),
  },
];

/** Rows that come in bunches of the same moment and the same name, so that ties have to be broken. */
async function plant({ owner }: TestDatabase, from: number, to: number): Promise<void> {
  for (let i = from; i < to; i += 1) {
    const key = String(i).padStart(5, '0');
    const at = new Date(Date.UTC(2026, 0, 1 + Math.floor(i / 10))).toISOString().replace('Z', '123Z');
    await owner(
      `insert into tenants (id, name, name_key, status, timezone, language, created_at)
       values ($1, $2, $1, 'live', 'UTC', 'en', $3)`,
      [`ten_t${key}`, i % 2 ? `Äpfel ${i % 7}` : `zebra ${i % 5}`, at],
    );
    await owner(
      `insert into users (id, email, name, timezone, language, created_at) values ($1, $1, 'n', 'UTC', 'en', $2)`,
      [`usr_u${key}`, at],
    );
    await owner(
      `insert into runs (tenant_id, run_id, workflow_id, process, subject, state, needs_attention, attempts, started_at, changed_at)
       values ($1, $2, 'w', 'onboard-tenant', 's', 'running', false, 1, $3, $3)`,
      [`ten_t${key}`, `run_${key}`, at],
    );
    await owner(
      `insert into invoices (id, tenant_id, subscription_id, kind, number, billed_to, status, subtotal_minor, total_minor, tax,
         currency, period_start, period_end, created_at)
       values ($1, 'ten_t00000', 'sub_1', 'manual', $1, '{}', 'open', 1, 1, '{}', 'EUR', $2, $2, $2)`,
      [`inv_${key}`, at],
    );
  }
}

describe('[TEN-1] [WF-1] paging by key', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
    await database.owner(dropInvoiceKeys);
    await plant(database, 0, count);
    for (let i = 0; i < count; i += 1) {
      await database.db.inScope(scope('platform'), async (tx) =>
        tx.record({ action: 'mail.sent', targets: [] }),
      );
    }
  });
  after(() => database.close());

  /** All pages of a list, each in a transaction of its own as requests are; between pages `meanwhile` may write. */
  async function walk(
    { db }: TestDatabase,
    list: List,
    limit: number,
    meanwhile: (page: number) => Promise<void> = async () => undefined,
  ): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 500; page += 1) {
      const { items, nextCursor } = await db.inScope(scope('platform'), (tx) =>
        list.read(tx, { cursor, limit }),
      );
      assert.ok(items.length <= limit);
      seen.push(...items);
      if (nextCursor === null) return seen;
      cursor = nextCursor;
      await meanwhile(page);
    }
    throw new Error('the pages never end');
  }

  for (const list of lists) {
    it(`shows every row of ${list.name} exactly once, whatever the page size`, async () => {
      const whole = await walk(database, list, 200);
      assert.ok(whole.length >= count);
      assert.equal(new Set(whole).size, whole.length);
      for (const limit of [1, 3, 10, whole.length - 1, whole.length]) {
        assert.deepEqual(await walk(database, list, limit), whole);
      }
    });
  }

  it('shows every row that was there once, while rows are added at both ends and in between', async () => {
    const fresh = await testDatabase();
    try {
      await fresh.owner(dropInvoiceKeys);
      await plant(fresh, 5_000, 5_030);
      let added = 0;
      for (const list of lists.filter(({ name }) => name !== 'events')) {
        const before = await walk(fresh, list, 200);
        const seen = await walk(fresh, list, 4, async (page) => {
          // A few times: a list that grows as fast as it is read has no end.
          if (page >= 5) return;
          added += 1;
          await plant(fresh, 5_000 - added, 5_001 - added);
          await plant(fresh, 6_000 + added, 6_001 + added);
        });
        assert.equal(new Set(seen).size, seen.length, list.name);
        assert.deepEqual(
          seen.filter((id) => before.includes(id)),
          before,
          list.name,
        );
        assert.ok(seen.length > before.length, `${list.name}: rows behind the cursor are shown too`);
      }
    } finally {
      await fresh.close();
    }
  });

  it('ends with an empty page when there is nothing', async () => {
    const page = await database.db.inScope(scope({ tenantId: newId('tenant') }), (tx) =>
      runs.list(tx, { limit: 5 }),
    );
    assert.deepEqual(page, { items: [], nextCursor: null });
  });

  it('answers request.invalid to an invalid cursor, in every list', async () => {
    const bad = [
      'x', '%%%', 'null', Buffer.from('{}').toString('base64url'),
      encodeCursor(['2026-01-01']), encodeCursor(['2026-01-01', 'a', 'b']), encodeCursor([]),
      raw([null, null]), raw([1, 2]), encodeCursor(['\u0000', '\u0000']), encodeCursor(['now', '\u0000']),
      Buffer.from('[["a"],{"b":1}]').toString('base64url'),
    ]; // prettier-ignore
    const badTimes = [
      encodeCursor(['yesterday or so', 'x']),
      encodeCursor(['2026-13-41', 'x']),
      encodeCursor(['', '']),
    ];
    for (const list of lists) {
      for (const cursor of /by (name|mrr|problems)/.test(list.name) ? bad : [...bad, ...badTimes]) {
        const read = database.db.inScope(scope('platform'), (tx) => list.read(tx, { cursor, limit: 5 }));
        await assert.rejects(read, { code: 'request.invalid' }, `${list.name}: ${cursor}`);
      }
    }
  });

  it('keeps the microseconds of a moment', () => {
    const key = ['2026-01-01 00:00:00.000123+00', 'id'];
    assert.deepEqual(decodeCursor(encodeCursor(key), 2), key);
  });
});
