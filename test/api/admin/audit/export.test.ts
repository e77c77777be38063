import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { checkExport, type ExportVerdict, type SealedHashes } from '../../../../db/audit/check-export.ts';
import { exportWriter } from '../../../../db/audit/export-format.ts';
import { auditSigner, statementHash } from '../../../../db/audit/signing.ts';
import { sealChains } from '../../../../db/repos/audit/seal.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { plantTenant, scope } from '../../../support/database.ts';

type Json = Record<string, any>;
const parse = (lines: readonly string[]): Json[] => lines.map((line) => JSON.parse(line) as Json);
const linesOf = (text: string) => text.trimEnd().split('\n');

describe('[SEC-7] an export of the audit log', function () {
  this.timeout(60_000);
  let platform: Platform;
  let admin: Caller;
  let tenants: string[];
  /** The whole log, and checkpoints that were kept elsewhere. */
  let lines: string[];
  let kept: string[];

  const add = (tenantId: string, count: number) =>
    platform.world.database.db.inScope(scope({ tenantId }, 'usr_tester'), async (tx) => {
      for (let n = 0; n < count; n += 1)
        tx.record({
          action: 'payment.refunded',
          targets: [{ type: 'payment', id: `pay_${n}` }],
          data: { amountMinor: 4_900 + n, reason: 'a \u2028 line \u2029 of its own' },
        });
    });
  const seal = () =>
    platform.world.database.db.inScope(scope('platform'), (tx) =>
      sealChains(tx, platform.world.deps.auditSigner, { atLeast: 1, now: new Date() }),
    );
  const exported = async (query = '', by = admin) =>
    linesOf((await by.call('GET', `/api/admin/audit/export?format=jsonl${query}`)).text);
  const check = (file: readonly string[], options = {}): Promise<ExportVerdict> => checkExport(file, options);

  before(async () => {
    platform = await startPlatform({ worker: false });
    admin = await platform.admin();
    tenants = [];
    for (let n = 0; n < 3; n += 1) tenants.push((await plantTenant(platform.world.database.db)).tenantId);
    for (let round = 0; round < 4; round += 1) {
      await add(tenants[round % 3] as string, 2);
      await seal();
    }
    await add(tenants[0] as string, 2);
    lines = await exported();
    kept = linesOf((await admin.call('GET', '/admin/audit/checkpoints.jsonl')).text);
  });
  after(() => platform.stop());

  it('of the whole log is valid alone, with its checkpoints and the public key', async () => {
    const verdict = await check(lines);
    assert.deepEqual([verdict.fault, verdict.scope, verdict.checkpoints], [null, 'all', 4]);
    assert.equal(verdict.events, lines.filter((line) => line.startsWith('{"kind":"event"')).length);
    const { body } = await admin.call('GET', '/.well-known/audit-key.json');
    assert.deepEqual(verdict.keyIds, [body.keyId]);
    assert.deepEqual((await check(lines, { trusted: [body.keyId] })).fault, null);
    assert.match((await check(lines, { trusted: ['0000000000000000'] })).fault?.problem ?? '', /unknown/);
    const [entry] = (await admin.call('GET', '/api/admin/audit-events?action=audit.exported')).body.items;
    assert.equal(entry.data.format, 'checkpoints');
  });

  it('is found out at the right event, however it was changed', async () => {
    const found: string[] = [];
    const missed: string[] = [];
    let count = 0;
    const expect = async (what: string, file: readonly string[], at?: { tenantId: string; seq: number }) => {
      count += 1;
      const { fault } = await check(file);
      const right = fault && (!at || (fault.tenantId === at.tenantId && fault.seq === at.seq));
      (right ? found : missed).push(`${what}: ${JSON.stringify(fault)}`);
    };
    const all = parse(lines);
    const change = (index: number, by: (line: Json) => void) => {
      const copy = JSON.parse(lines[index] as string) as Json;
      by(copy);
      return lines.map((line, n) => (n === index ? JSON.stringify(copy) : line));
    };
    const without = (index: number) => lines.filter((_, n) => n !== index);
    const eventAt = all.flatMap((line, index) =>
      line['kind'] === 'event'
        ? [{ index, tenantId: line['body'].tenantId as string, seq: line['seq'] as number }]
        : [],
    );
    const flip = (value: unknown): unknown => {
      if (typeof value === 'number') return value + 1;
      if (typeof value !== 'string') return 'x';
      return value.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a')) || 'a';
    };
    /** Every leaf of a line, flipped one at a time; and every member taken out. */
    const flips = (line: Json, path: string[] = []): [string[], 'flip' | 'drop'][] =>
      Object.entries(line).flatMap(([key, value]) => [
        [[...path, key], 'drop'] as [string[], 'drop'],
        ...(typeof value === 'object' && value !== null
          ? flips(value as Json, [...path, key])
          : [[[...path, key], 'flip'] as [string[], 'flip']]),
      ]);
    const apply = (line: Json, path: readonly string[], how: 'flip' | 'drop') => {
      const parent = path.slice(0, -1).reduce<Json>((node, key) => node[key] as Json, line);
      const last = path.at(-1) as string;
      if (how === 'flip') parent[last] = flip(parent[last]);
      else if (Array.isArray(parent)) parent.splice(Number(last), 1);
      else delete parent[last];
    };
    // One of each kind of line, and several events: every field flipped and taken out.
    const some = new Set(
      ['header', 'checkpoint', 'chain', 'end'].map((kind) => all.findIndex((line) => line['kind'] === kind)),
    );
    for (const { index } of eventAt.filter((_, n) => n % 5 === 0)) some.add(index);
    for (const index of some) {
      const event = eventAt.find((one) => one.index === index);
      for (const [path, how] of flips(all[index] as Json)) {
        // Without its kind a line is none of an event; what it was can only be told from the chain.
        const file = change(index, (line) => apply(line, path, how));
        const named = event && path.join() !== 'kind';
        await expect(`${all[index]?.['kind']} ${path.join('.')} ${how}`, file, named ? event : undefined);
      }
    }
    for (const { index, tenantId, seq } of eventAt) {
      const last = all[index + 1]?.['kind'] !== 'event';
      await expect(`event ${seq} goes`, without(index), { tenantId, seq });
      await expect(`event ${seq} twice`, [...lines.slice(0, index + 1), ...lines.slice(index)], {
        tenantId,
        seq: seq + 1,
      });
      if (last) continue;
      const swapped = [...lines];
      [swapped[index], swapped[index + 1]] = [lines[index + 1] as string, lines[index] as string];
      await expect(`event ${seq} swapped`, swapped, { tenantId, seq });
      await expect(`file ends before ${seq}`, lines.slice(0, index), { tenantId, seq });
    }
    // The tail behind a checkpoint, with the chain's own line set to match.
    for (const tenantId of tenants) {
      const own = eventAt.filter((one) => one.tenantId === tenantId);
      const at = all.findIndex((line) => line['kind'] === 'chain' && line['tenantId'] === tenantId);
      for (let left = 1; left < own.length; left += 1) {
        const end = all[own[left - 1]?.index as number] as Json;
        const cut = change(at, (line) => Object.assign(line, { events: left, hash: end['hash'] }));
        const gone = new Set(own.slice(left).map(({ index }) => index));
        // Only the two newest events of the first tenant are behind no checkpoint; the signature of the file covers them.
        const behind = tenantId === tenants[0] && left >= own.length - 2;
        const fault = { tenantId, seq: left + 1 };
        await expect(
          `tail of ${tenantId} after ${left}`,
          cut.filter((_, n) => !gone.has(n)),
          behind ? undefined : fault,
        );
      }
      await expect(
        `chain of ${tenantId} goes`,
        lines.filter((_, n) => n !== at && !own.some(({ index }) => index === n)),
        { tenantId, seq: 1 },
      );
      for (const other of tenants.filter((one) => one !== tenantId))
        await expect(
          `${tenantId} is called ${other}`,
          lines.map((line) => line.replaceAll(tenantId, other)),
        );
    }
    const checkpoints = all.flatMap((line, index) => (line['kind'] === 'checkpoint' ? [index] : []));
    for (const index of checkpoints) await expect(`checkpoint goes, line ${index}`, without(index));
    await expect(
      'checkpoints swap',
      lines.map((line, n) => (n === 1 ? lines[2] : n === 2 ? lines[1] : line) as string),
    );
    assert.deepEqual(missed, []);
    assert.ok(count >= 200, `only ${count} changes`);
    assert.equal(found.length, count);
    assert.deepEqual((await check(lines)).fault, null);
  });

  /** The file made anew by someone who has another key and leaves out the newest event of a tenant. */
  function resigned(): string[] {
    const forger = auditSigner(randomBytes(32));
    const writer = exportWriter(forger, new Date());
    const { keyId, publicKey } = forger;
    let previous = '';
    const made = parse(lines).map((line) => {
      if (line['kind'] === 'header')
        return writer.header({ scope: 'all', filters: [], keys: [{ keyId, publicKey }] });
      if (line['kind'] === 'checkpoint') {
        const statement = { ...line['statement'], keyId, previous };
        previous = statementHash(statement);
        return writer.checkpoint(
          { statement, signature: forger.sign('checkpoint', statement) },
          line['chains'],
        );
      }
      if (line['kind'] === 'chain')
        return writer.chain({ tenantId: line['tenantId'], events: line['events'], hash: line['hash'] });
      if (line['kind'] === 'event') {
        const { seq, leafHash, prevHash, hash, body } = line;
        return writer.event({ seq, leafHash, prevHash, hash, body: JSON.stringify(body) });
      }
      return writer.end();
    });
    return made.map((line) => line.trimEnd());
  }

  it('that was signed anew with another key is found with the key or checkpoints that were kept', async () => {
    const forged = resigned();
    const { keyId } = platform.world.deps.auditSigner;
    assert.equal((await check(forged)).fault, null, 'in itself it is whole');
    assert.notDeepEqual((await check(forged)).keyIds, [keyId]);
    assert.match((await check(forged, { trusted: [keyId] })).fault?.problem ?? '', /unknown/);
    const mixed = lines.map((line, n) => (n === 1 ? (forged[1] as string) : line));
    assert.match((await check(mixed)).fault?.problem ?? '', /unknown/);
  });

  it('without its end is found by checkpoints that were kept elsewhere', async () => {
    const sealed: SealedHashes = new Map();
    assert.equal((await check(kept, { sealed })).fault, null);
    const own = auditSignerOfPlatform();
    const writer = exportWriter(own, new Date());
    const victim = tenants[1] as string;
    const { keyId, publicKey } = own;
    // Signed by the right key, from a database whose end was removed together with its checkpoints.
    const file = [writer.header({ scope: 'all', filters: [], keys: [{ keyId, publicKey }] })];
    for (const line of parse(lines)) {
      if (line['kind'] === 'chain') {
        const shorter = line['tenantId'] === victim ? cut(victim) : line;
        file.push(
          writer.chain({ tenantId: line['tenantId'], events: shorter['events'], hash: shorter['hash'] }),
        );
      }
      const { seq, leafHash, prevHash, hash, body } = line;
      const isCut = body?.tenantId === victim && seq > cut(victim)['events'];
      if (line['kind'] === 'event' && !isCut)
        file.push(writer.event({ seq, leafHash, prevHash, hash, body: JSON.stringify(body) }));
    }
    file.push(writer.end());
    const trimmed = file.map((line) => line.trimEnd());
    assert.equal((await check(trimmed)).fault, null, 'alone it can’t be told');
    const { fault } = await check(trimmed, { sealed, trusted: [keyId] });
    assert.deepEqual([fault?.tenantId, fault?.seq], [victim, cut(victim)['events'] + 1]);
  });
  const auditSignerOfPlatform = () => platform.world.deps.auditSigner;
  /** The chain of a tenant without its last event. */
  function cut(tenantId: string): Json {
    const own = parse(lines).filter((line) => line['kind'] === 'event' && line['body'].tenantId === tenantId);
    const last = own.at(-2) as Json;
    return { events: last['seq'], hash: last['hash'] };
  }

  it('of one tenant holds nothing of another, and its checkpoints are proved', async () => {
    const [mine, other] = tenants as [string, string];
    const file = await exported(`&tenant=${mine}`);
    const verdict = await check(file);
    assert.deepEqual([verdict.fault, verdict.scope, verdict.chains], [null, 'tenants', 1]);
    assert.ok(verdict.checkpoints >= 2);
    assert.ok(!file.join('\n').includes(other));
    const at = parse(file).findIndex((line) => line['kind'] === 'checkpoint');
    const moved = file.map((line, n) => (n === at ? line.replace(/"seq":(\d+)/, '"seq":999') : line));
    assert.match((await check(moved)).fault?.problem ?? '', /sealed chains were changed/);
  });

  it('that is filtered says so, proves each event, and finds a changed one', async () => {
    const file = await exported(`&tenant=${tenants[0]}&action=payment.refunded`);
    const verdict = await check(file);
    assert.deepEqual(
      [verdict.fault, verdict.scope, verdict.filters, verdict.checkpoints],
      [null, 'filtered', ['action'], 0],
    );
    assert.equal(verdict.events, 6);
    const changed = file.map((line, n) =>
      n === 2 ? line.replace('"amountMinor": 49', '"amountMinor": 48') : line,
    );
    const { fault } = await check(changed);
    assert.deepEqual([fault?.problem, fault?.tenantId], ['the content was changed', tenants[0]]);
    assert.ok((await check(file.filter((_, n) => n !== 2))).fault);
    const unfiltered = file.map((line, n) =>
      n === 0 ? line.replace('"filtered"', '"all"').replace('["action"]', '[]') : line,
    );
    assert.ok((await check(unfiltered)).fault);
  });

  it('of a partner holds only its clients, and of a person without the permission nothing', async () => {
    const partner = await platform.partner();
    const file = await exported('', partner);
    const verdict = await check(file);
    assert.deepEqual([verdict.fault, verdict.scope, verdict.events], [null, 'tenants', 0]);
    assert.equal((await partner.call('GET', '/admin/audit/checkpoints.jsonl')).status, 403);
    assert.equal((await platform.caller().call('GET', '/api/admin/audit/export')).status, 401);
  });

  it('refuses a format and a filter that do not exist', async () => {
    for (const query of ['format=xml', 'outcome=maybe', 'tenant=x'])
      assert.equal((await admin.call('GET', `/api/admin/audit/export?${query}`)).status, 422, query);
  });

  it('the page shows the seal and checks the checkpoints too', async () => {
    const page = await admin.call('GET', '/admin/audit');
    assert.match(page.text, /Last sealed/);
    assert.ok(page.text.includes(platform.world.deps.auditSigner.keyId));
    const { body } = await admin.call('POST', '/api/admin/audit/verify', {});
    assert.deepEqual([body.intact, body.checkpoints.broken], [true, null]);
    const state = await admin.call('GET', '/api/admin/audit/checkpoints');
    assert.deepEqual([state.body.overdue, state.body.changedChains], [false, 0]);
    assert.ok(state.body.waiting >= 2 && state.body.checkpoints.length >= 4);
  });

  it('Home warns when sealing has stopped, and the page when sealed events were changed', async () => {
    const { owner } = platform.world.database;
    const victim = (await plantTenant(platform.world.database.db)).tenantId;
    await owner(`set session_replication_role = replica;
      update events set occurred_at = now() - interval '11 minutes' where tenant_id = '${victim}';
      reset session_replication_role`);
    assert.match((await admin.call('GET', '/admin')).text, /sealed for more than 10 minutes/);
    await seal();
    assert.doesNotMatch((await admin.call('GET', '/admin')).text, /sealed for more than 10 minutes/);
    await owner(`set session_replication_role = replica;
      delete from events where tenant_id = '${victim}' and seq = (select max(seq) from events where tenant_id = '${victim}');
      reset session_replication_role`);
    await add(victim, 1);
    assert.match((await admin.call('GET', '/admin')).text, /were changed or removed/);
    const page = await admin.call('GET', '/admin/audit?check=now');
    assert.match(page.text, /Checkpoint \d+: .*event \d+ is missing/);
    assert.equal((await admin.call('POST', '/api/admin/audit/verify', {})).body.intact, false);
  });
});
