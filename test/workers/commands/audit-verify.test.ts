import assert from 'node:assert/strict';
import { auditVerify } from '../../../workers/commands/audit-verify.ts';
import type { CommandContext } from '../../../workers/commands/command.ts';
import { plantTenant, testDatabase, type TestDatabase } from '../../support/database.ts';

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
    const platform = async () => ({ db: database.db }) as Awaited<ReturnType<CommandContext['platform']>>;
    const code = await auditVerify.run({ say: (line) => said.push(line), platform }, args);
    return [code, said.join('\n')] as const;
  }

  it('says of one chain that it holds, and of one that does not exist that there is none', async () => {
    const [code, said] = await verify(tenantId);
    assert.deepEqual([code, /^1 chain, \d+ events: every chain holds\.$/.test(said)], [0, true], said);
    assert.deepEqual(await verify('ten_nobody'), [2, 'There is no chain of "ten_nobody".']);
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
