import assert from 'node:assert/strict';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createProcesses, type Processes } from '../../../api/kit/processes/client.ts';
import { newId, PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { disconnect } from '../../../db/repos/integrations/connections.ts';
import { getServer, setStatus } from '../../../db/repos/integrations/servers.ts';
import * as users from '../../../db/repos/people/users.ts';
import { workflowId } from '../../../workflows/define.ts';
import { disableServerContract } from '../../../workflows/integrations/disable-server.contract.ts';
import { scope } from '../../support/database.ts';
import { timeSkippingEnvironment } from '../../support/time-skipping.ts';
import { connectTenant } from '../../support/tools.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../../support/world.ts';

const by = { type: 'user' as const, id: 'usr_admin' };
const reason = 'The vendor leaks data';

describe('[MCP-R1] turning a server off', function () {
  this.timeout(90_000);
  let environment: TestWorkflowEnvironment;
  let world: World;
  let processes: Processes;
  let worker: { stop(): Promise<void> };

  before(async () => {
    [environment, world] = await Promise.all([timeSkippingEnvironment(), openWorld()]);
    const namespace = environment.namespace ?? 'default';
    const { nativeConnection } = environment;
    worker = await runWorker(world, { address: '', namespace, nativeConnection });
    processes = createProcesses(clientFor(world, environment.connection as never, namespace));
  });
  after(async () => {
    await worker.stop();
    await environment.teardown();
    await world.close();
  });

  async function businessWith(server: string) {
    const [tenantId, id] = [newId('tenant'), newId('user')];
    const email = `${id}@example.com`;
    await world.database.owner(
      `insert into tenants (id, name, name_key, status, timezone, language)
       values ($1, 'Rivera Bakery', $1, 'live', 'UTC', 'en')`,
      [tenantId],
    );
    const person = { id, email, name: 'Olga Owner', timezone: 'UTC', language: 'en' as const };
    await world.database.db.inScope(scope({ tenantId }), async (tx) => {
      await users.insert(tx, { ...person, passwordHash: 'x' });
      await users.addMember(tx, tenantId, id, 'owner');
    });
    await connectTenant(world.deps, tenantId, server, { apiKey: 'x' });
    return { tenantId, email };
  }
  const read = (server: string) =>
    world.database.db.inScope(scope('platform'), (tx) => getServer(tx, server));
  const mails = async (email: string) =>
    (await world.mails(email)).filter(({ subject }) => subject.includes('is turned off'));
  async function turnOff(server: string): Promise<string> {
    const disableId = newId('call');
    await processes.startWithUpdate(
      disableServerContract,
      { disableId, server, reason, actor: by },
      by,
      'disabled',
      null,
    );
    return workflowId(PLATFORM_TENANT_ID, disableServerContract.name, disableId);
  }
  const over = (id: string) =>
    eventually(
      () => processes.findProgress(id),
      (run) => run?.open === false,
    );

  it('emails the owners who use it, each once for each time, and none who has left it', async () => {
    const [stays, left] = [await businessWith('sendgrid'), await businessWith('sendgrid')];
    await world.database.db.inScope(scope({ tenantId: left.tenantId }), (tx) => disconnect(tx, 'sendgrid'));
    const [first, again] = [await turnOff('sendgrid'), await turnOff('sendgrid')];
    await Promise.all([over(first), over(again)]);
    const { status, disabledAt } = await read('sendgrid');
    assert.deepEqual([status, disabledAt !== null], ['disabled', true]);
    assert.equal((await mails(stays.email)).length, 1, 'turned off twice is off once');
    assert.equal((await mails(left.email)).length, 0);
    const [mail] = await mails(stays.email);
    assert.match(mail?.text ?? '', /Your connection and tool access settings are kept/);

    await world.database.db.inScope(scope('platform'), (tx) =>
      setStatus(tx, { name: 'sendgrid', status: 'available', reason }),
    );
    await over(await turnOff('sendgrid'));
    assert.equal((await mails(stays.email)).length, 2);
  });

  it('answers why it cannot be turned off, and emails no one', async () => {
    const { email } = await businessWith('notion');
    await world.database.owner(
      `update mcp_servers set status = 'deprecated', off_at = now() + interval '9 days' where name = 'notion'`,
    );
    await assert.rejects(turnOff('notion'), { code: 'request.invalid' });
    assert.equal((await mails(email)).length, 0);
    assert.equal((await read('notion')).status, 'deprecated');
  });
});
