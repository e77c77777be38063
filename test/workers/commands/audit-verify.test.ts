import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportWriter } from '../../../db/audit/export-format.ts';
import { auditSigner } from '../../../db/audit/signing.ts';
import type { EventBody } from '../../../db/domain/event.ts';
import { chainHash, leafHash } from '../../../db/ledger.ts';
import { sealChains } from '../../../db/repos/audit/seal.ts';
import { deriveKey } from '../../../workers/runtime/keys.ts';
import { auditVerify } from '../../../workers/commands/audit-verify.ts';
import type { CommandContext } from '../../../workers/commands/command.ts';
import { plantTenant, scope, testDatabase, type TestDatabase } from '../../support/database.ts';
import { testDirectory } from '../../support/workspace.ts';

const signer = auditSigner(deriveKey(Buffer.alloc(32, 'key'), 'audit-log'));

describe('[SEC-7] bizosaas audit verify', () => {
  let database: TestDatabase;
  let tenantId: string;
  before(async () => {
    database = await testDatabase();
    ({ tenantId } = await plantTenant(database.db));
  });
  after(() => database.close());

  async function verify(...args: string[]) {
    const said: string[] = [];
    const config = { masterKey: Buffer.alloc(32, 'key') };
    const platform = async () =>
      ({ db: database.db, config }) as Awaited<ReturnType<CommandContext['platform']>>;
    const code = await auditVerify.run({ say: (line) => said.push(line), platform }, args);
    return [code, said.join('\n')] as const;
  }

  it('says of one chain that it holds, and of one that does not exist that there is none', async () => {
    const [code, said] = await verify(tenantId);
    assert.deepEqual([code, /^1 chain, \d+ events: every chain holds\.$/.test(said)], [0, true], said);
    assert.deepEqual(await verify('ten_nobody'), [2, 'There is no chain of "ten_nobody".']);
  });

  it('checks checkpoints along with the chains, and says which one does not hold', async () => {
    const seal = () =>
      database.db.inScope(scope('platform'), (tx) => sealChains(tx, signer, { atLeast: 1, now: new Date() }));
    await seal();
    const [code, said] = await verify();
    assert.deepEqual([code, /1 checkpoint: every one holds\.$/.test(said)], [0, true], said);
    await database.owner('alter table audit_checkpoints disable trigger all');
    await database.owner(`update audit_checkpoints set signature = 'x'`);
    const [after, problem] = await verify();
    assert.deepEqual([after, /Checkpoint 1 doesn't hold: the signature/.test(problem)], [1, true], problem);
  });

  /** A file of one event of one chain, whose body holds what readers of lines stumble over. */
  async function file(change = (text: string) => text): Promise<string> {
    const writer = exportWriter(signer, new Date('2026-11-29T00:00:00Z'));
    const { keyId, publicKey } = signer;
    const body = {
      id: 'evt_1',
      tenantId: 'ten_a',
      data: { reason: 'a\u2028b\u2029c\u0085d' },
    } as never as EventBody;
    const leaf = leafHash(body);
    const hash = chainHash(Buffer.alloc(0), 1, leaf).toString('hex');
    const text = [
      writer.header({ scope: 'tenants', filters: [], keys: [{ keyId, publicKey }] }),
      writer.chain({ tenantId: 'ten_a', events: 1, hash }),
      writer.event({
        seq: 1,
        leafHash: leaf.toString('hex'),
        prevHash: '',
        hash,
        body: JSON.stringify(body),
      }),
      writer.end(),
    ].join('');
    const path = join(await testDirectory('exports'), 'audit-log.jsonl');
    await writeFile(path, change(text));
    return path;
  }

  it('checks a file without a database: all valid, or the first fault with its tenant and place', async () => {
    const [code, said] = await verify(await file());
    assert.equal(code, 0, said);
    assert.match(said, /^1 event, 0 checkpoints, all valid\. This export holds 1 tenant of the log\./);
    assert.match(said, /Compare the key/);
    const changed = await file((text) => text.replace('a\u2028b', 'x'));
    const [after, problem] = await verify(changed);
    assert.equal(after, 1);
    assert.match(problem, /ten_a, event 1: the content was changed \(line 3\)\.$/);
  });

  it('trusts only the key that is given, as an id or a saved key file', async () => {
    const path = await file();
    const [code, said] = await verify(path, '--key', signer.keyId);
    assert.deepEqual([code, /Compare/.test(said)], [0, false], said);
    assert.equal((await verify(path, '--key', '0000000000000000'))[0], 1);
    const keys = join(await testDirectory('keys'), 'audit-key.json');
    const { keyId, publicKey } = signer;
    await writeFile(keys, JSON.stringify({ keys: [{ keyId, publicKey }] }));
    assert.equal((await verify(path, '--key', keys))[0], 0);
    assert.deepEqual(await verify('missing.jsonl'), [2, 'There is no file "missing.jsonl".']);
  });

  it('still finds a chain of which every event was taken away', async () => {
    const { tenantId: emptied } = await plantTenant(database.db);
    await database.owner('alter table events disable trigger all');
    await database.owner('delete from events where tenant_id = $1', [emptied]);
    await database.owner('alter table events enable trigger all');
    const [code, said] = await verify(emptied);
    assert.equal(code, 1, said);
  });
});
