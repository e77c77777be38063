import assert from 'node:assert/strict';
import { readThirdParty } from '../../../../activities/mcp/read-third-party.ts';
import { PLATFORM_TENANT_ID } from '../../../../db/domain/ids.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { scope } from '../../../support/database.ts';
import { type RemoteMcp, remoteMcp } from '../../../support/remote-mcp.ts';

const reason = 'Three customers have asked for it';
const token = 'canary9Qw4TzRb71';
const api = '/api/admin/integrations/servers';
type Tool = { name: string; liveHash: string; state: string; risk: string };

describe('[MCP-R1] [MCP-R4] [MCP-G] registering a third-party server', function () {
  this.timeout(180_000);
  let platform: Platform;
  let admin: Caller;
  let remote: RemoteMcp;
  let owner: Awaited<ReturnType<Platform['business']>>;

  before(async () => {
    [platform, remote] = await Promise.all([startPlatform(), remoteMcp(token)]);
    admin = await platform.admin();
    owner = await platform.business();
  });
  after(async () => {
    await platform.stop();
    await remote.close();
  });

  const described = (name: string) => ({
    name,
    title: `Service ${name}`,
    summary: 'Says words back.',
    category: 'research',
    docsUrl: 'https://example.com/docs',
    reason,
  });
  const key = { label: 'Access token', sentAs: 'Authorization', secret: true, optional: false };
  const remoteBody = (name: string, more: object = {}) => ({
    ...described(name),
    source: { kind: 'remote', url: remote.url },
    fields: [key],
    ...more,
  });
  const register = (body: object) => admin.call('POST', api, body);
  const toolsOf = async (name: string) => (await admin.call('GET', `${api}/${name}`)).body.tools as Tool[];
  const approve = async (name: string, risk?: string) =>
    admin.call('POST', `${api}/${name}/approve-tools`, {
      tools: (await toolsOf(name)).map((tool) => ({
        tool: tool.name,
        liveHash: tool.liveHash,
        risk: risk ?? tool.risk,
      })),
      reason,
    });
  const echo = (word: unknown) =>
    owner.call('POST', '/api/client/tools/echo/calls', { server: 'echo', arguments: { word } });

  const region = { label: 'Region', sentAs: 'X-Region', secret: false, optional: false };
  const words = { title: 'Echo of Acme', summary: 'Says words back, twice.' };

  async function said(more: object = {}, as: Caller = admin) {
    const { updatedAt, fields, category, docsUrl, title, summary } = (await admin.call('GET', `${api}/echo`))
      .body;
    const body = { title, summary, category, docsUrl, fields, seenAt: updatedAt, reason };
    return as.call('PUT', `${api}/echo`, { ...body, ...more });
  }
  const standing = async () => (await owner.call('GET', '/api/client/integrations/echo')).body;

  it('422 and 409: what does not fit is told at its field, and nothing is kept', async () => {
    const wrong: [object, string][] = [
      [remoteBody('Echo'), 'name'],
      [remoteBody('echo-x', { source: { kind: 'remote', url: 'http://example.com/mcp' } }), 'source.url'],
      [
        remoteBody('echo-x', { source: { kind: 'npm', package: 'x', version: '^1.0.0', args: [] } }),
        'source.version',
      ],
      [remoteBody('echo-x', { fields: [key, key] }), 'fields.1.sentAs'],
      [remoteBody('echo-x', { fields: [{ ...key, sentAs: 'a b' }] }), 'fields.0.sentAs'],
      [remoteBody('echo-x', { reason: 'short' }), 'reason'],
      [remoteBody('echo-x', { more: 1 }), 'more'],
    ];
    for (const [body, field] of wrong) {
      const answer = await register(body);
      assert.equal(answer.status, 422, answer.text);
      assert.ok(field in answer.body.fields || field === 'more', `${field}: ${answer.text}`);
    }
    assert.equal((await register(remoteBody('echo-x', { category: 'nowhere' }))).status, 404);
    assert.equal((await register(remoteBody('stripe'))).status, 409);
    assert.equal((await admin.call('GET', `${api}/echo-x`)).status, 404);
    assert.equal((await owner.call('POST', api, remoteBody('echo-x'))).status, 403);
  });

  it('a package that is not there, or that brings no program, is refused with the reason', async () => {
    const missing = await register({
      ...described('no-such'),
      source: { kind: 'npm', package: '@modelcontextprotocol/server-everything', version: '0.0.1', args: [] },
      fields: [],
    });
    assert.equal(missing.status, 422, missing.text);
    assert.equal(missing.body.code, 'package.not-found');
    const silent = await register({
      ...described('no-program'),
      source: { kind: 'npm', package: 'ms', version: '2.1.3', args: [] },
      fields: [],
    });
    assert.equal(silent.body.code, 'package.no-program', silent.text);
    assert.equal((await admin.call('GET', `${api}/no-program`)).status, 404);
  });

  it('a server in a private network is not reached', async () => {
    assert.equal((await register(remoteBody('inside'))).status, 201);
    const refused = await admin.call('POST', `${api}/inside/read`, { authorization: token });
    assert.equal(refused.status, 422, refused.text);
    assert.match(refused.text, /private network/);
    // The other tests have their servers on this machine.
    Object.assign(platform.world.config.tools, { allowPrivateHosts: true });
  });

  it('tenants see a remote server only after its tools were read, looked at and approved', async () => {
    const entered = await register(remoteBody('echo'));
    assert.equal(entered.status, 201, entered.text);
    assert.equal(entered.body.status, 'review');
    assert.equal((await owner.call('GET', '/api/client/integrations/echo')).status, 404);
    assert.equal(
      (await admin.call('POST', `${api}/echo/publish`, {})).status,
      409,
      'before its tools are read',
    );

    const refused = await admin.call('POST', `${api}/echo/read`, { authorization: 'wrong-token' });
    assert.equal(refused.status, 422, refused.text);
    assert.equal(refused.body.code, 'connection.refused');
    assert.equal((await admin.call('POST', `${api}/echo/read`, {})).status, 422);
    const read = await admin.call('POST', `${api}/echo/read`, { authorization: token });
    assert.equal(read.status, 200, read.text);
    const tools = read.body.tools as Tool[];
    assert.deepEqual(
      tools.map(({ name, state, risk }) => [name, state, risk]),
      [
        ['echo', 'quarantined', 'read'],
        ['forget', 'quarantined', 'destructive'],
      ],
    );
    const home = await admin.call('GET', '/admin');
    assert.match(home.text, /Service echo is in review: 2 tools to check before it is published/);
    const early = await admin.call('POST', `${api}/echo/publish`, {});
    assert.equal(early.body.code, 'server.not-reviewed', early.text);

    const [first] = tools;
    const stale = await admin.call('POST', `${api}/echo/approve-tools`, {
      tools: [{ tool: 'echo', liveHash: 'f'.repeat(64), risk: 'read' }],
      reason,
    });
    assert.equal(stale.body.code, 'tool.quarantined', 'only what was read can be approved');
    const one = await admin.call('POST', `${api}/echo/approve-tools`, {
      tools: [{ tool: 'echo', liveHash: first?.liveHash, risk: 'read' }],
      reason,
    });
    assert.equal(one.status, 200, one.text);
    const offered = await admin.call('POST', `${api}/echo/publish`, {});
    assert.equal(offered.status, 200, offered.text);
    assert.equal(offered.body.status, 'available');
  });

  it('a tenant connects it after it has proved to work, uses what was approved, and nothing else', async () => {
    const refused = await owner.call('POST', '/api/client/integrations/echo/connect', {
      authorization: 'no',
    });
    assert.equal(refused.status, 422, refused.text);
    const connected = await owner.call('POST', '/api/client/integrations/echo/connect', {
      authorization: token,
    });
    assert.equal(connected.status, 201, connected.text);
    const heard = await echo('salt');
    assert.equal(heard.status, 200, heard.text);
    assert.match(heard.text, /heard salt/);
    const wrong = await echo(7);
    assert.equal(wrong.body.error?.code, 'tool.arguments-invalid', wrong.text);
    assert.deepEqual(wrong.body.error.fields, { word: 'Enter text.' });
    const aside = await owner.call('POST', '/api/client/tools/forget/calls', { server: 'echo' });
    assert.match(aside.text, /tool\.(?:not-allowed|quarantined)/);
    const page = await owner.call('GET', '/app/integrations/echo/tools/echo');
    assert.equal(page.status, 200);
    assert.match(page.text, /word/);
  });

  it('what it says otherwise later is set aside, seen on Home, and works again once exactly that was read', async () => {
    remote.says.description = 'Says a word back, and sends it on.';
    await readThirdParty(platform.world.deps, {
      scope: scope({ tenantId: owner.tenantId }),
      tenantId: owner.tenantId,
      server: 'echo',
    });
    const refused = await echo('salt');
    assert.equal(refused.body.error?.code, 'tool.quarantined', refused.text);
    const home = await admin.call('GET', '/admin');
    assert.match(home.text, /of Service echo changed and (?:is|are) quarantined until you review/);
    const tool = await admin.call('GET', `${api}/echo/tools/echo`);
    assert.deepEqual(
      tool.body.changes.map(({ field }: { field: string }) => field),
      ['Description'],
    );
    const { liveHash } = tool.body;
    await admin.call('POST', `${api}/echo/tools/echo/approve`, { liveHash, reason });
    // The open way still speaks to the server as it was when it was opened; a changed source opens another.
    const moved = await admin.call('POST', `${api}/echo/source`, {
      source: { kind: 'remote', url: `${remote.url}?again` },
      reason,
    });
    assert.equal(moved.status, 200, moved.text);
    const read = await admin.call('POST', `${api}/echo/read`, { authorization: token });
    assert.equal(read.status, 200, read.text);
    const heard = await echo('pepper');
    assert.equal(heard.status, 200, heard.text);
  });

  it('422, 404, 409, 403: said otherwise, what does not fit is told, and nothing is changed', async () => {
    const before = (await admin.call('GET', `${api}/echo`)).body.updatedAt;
    const twice = await said({ fields: [region, { ...region, sentAs: 'x-region' }] });
    assert.deepEqual(Object.keys(twice.body.fields), ['fields.1.sentAs'], twice.text);
    assert.deepEqual(Object.keys((await said({ title: '' })).body.fields), ['title']);
    assert.equal((await said({ name: 'other' })).status, 422);
    assert.equal((await said({ category: 'nowhere' })).status, 404);
    assert.equal((await said({}, owner)).status, 403);
    assert.equal((await said({ seenAt: '2026-01-01T00:00:00.000Z' })).body.code, 'server.changed');
    const { body: ours } = await admin.call('GET', `${api}/stripe`);
    const { title, summary, category, docsUrl, updatedAt: seenAt } = ours;
    const own = { title, summary, category, docsUrl, fields: [], seenAt, reason };
    const builtIn = await admin.call('PUT', `${api}/stripe`, own);
    assert.equal(builtIn.body.code, 'server.built-in', builtIn.text);
    assert.equal((await admin.call('GET', `${api}/echo`)).body.updatedAt, before);
  });

  it('409: of several who save at the same moment what all of them saw, one is heard', async () => {
    const seenAt = (await admin.call('GET', `${api}/echo`)).body.updatedAt;
    const texts = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'];
    const tries = await Promise.all(texts.map((summary) => said({ summary, seenAt })));
    const statuses = tries.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [200, 409, 409, 409, 409, 409]);
  });

  it('said otherwise in other words, and with a field that may stay empty: nothing changes for who is connected', async () => {
    const changed = await said({ ...words, fields: [key, { ...region, optional: true }] });
    assert.equal(changed.status, 200, changed.text);
    assert.equal(changed.body.title, words.title);
    const { state, name, fields } = await standing();
    assert.deepEqual([state, name, fields.length], ['connected', 'echo', 2]);
    assert.equal((await echo('salt')).status, 200);
    assert.equal(remote.heard['x-region'], undefined);
  });

  it('said otherwise with more to enter: agreed to first, then who is connected is asked, and enters it', async () => {
    const unsure = await said({ fields: [key, region] });
    assert.match(
      unsure.body.fields.confirm,
      /^1 tenant is connected. They can’t use it again until they enter Region\.$/,
    );
    assert.equal((await standing()).state, 'connected');
    assert.equal((await said({ fields: [key, region], confirm: true })).status, 200);
    assert.equal((await standing()).state, 'needsReconnect');
    const refused = await echo('salt');
    assert.equal(refused.body.error?.code, 'connection.needs-reconnect', refused.text);
    const page = await owner.call('GET', '/app/integrations/echo');
    assert.match(page.text, /needs more credentials/);
    // Nothing is sent without it, not even to see whether the service has become content again.
    const tested = await owner.call('POST', '/api/client/integrations/echo/test', {});
    assert.notEqual(tested.body.result, 'works', tested.text);
    const [event] = await platform.world.database.owner<{ data: unknown }>(
      `select body->'data' as data from events where tenant_id = $1 and action = 'connection.lost'`,
      [owner.tenantId],
    );
    assert.deepEqual(event?.data, { server: 'echo', errorCode: 'connection.incomplete' });
    const values = { authorization: token, x_region: 'north' };
    assert.equal((await owner.call('POST', '/api/client/integrations/echo/connect', values)).status, 201);
    assert.equal((await echo('salt')).status, 200);
    assert.equal(remote.heard['x-region'], 'north');
  });

  it('said otherwise without a field: it is sent no more', async () => {
    assert.equal((await said({ fields: [key] })).status, 200);
    assert.equal((await echo('salt')).status, 200);
    assert.equal(remote.heard['x-region'], undefined);
  });

  it('said otherwise by a form, which keeps what was typed and asks at its field', async () => {
    const at = '/admin/integrations/servers/echo/edit';
    const shown = await admin.call('GET', at);
    assert.ok(shown.text.includes('value="Echo of Acme"') && shown.text.includes('value="authorization"'));
    const seenAt = /name="seenAt" value="([^"]+)"/.exec(shown.text)?.[1] ?? '';
    const typed = {
      ...{ title: 'Echo once more', summary: 'Says words back.', category: 'research' },
      ...{ docsUrl: 'https://example.com/docs', reason, seenAt },
      ...{
        'fields.0.label': 'Access token',
        'fields.0.sentAs': 'authorization',
        'fields.0.secret': 'true',
      },
      ...{ 'fields.1.label': 'Team', 'fields.1.sentAs': 'X-Team' },
    };
    const asked = await admin.form(at, typed);
    assert.equal(asked.status, 422);
    assert.match(asked.text, /1 tenant is connected. They can’t use it again until they enter Team/);
    assert.ok(asked.text.includes('value="Echo once more"') && asked.text.includes('name="confirm"'));
    const fewer = { ...typed, 'fields.1.label': '', 'fields.1.sentAs': '' };
    assert.equal((await admin.form(at, fewer)).status, 303);
    assert.match((await admin.form(at, fewer)).text, /Another user has changed this server/);
    assert.equal((await owner.call('GET', at)).status, 403);
    assert.equal((await admin.call('GET', '/admin/integrations/servers/stripe/edit')).status, 409);
  });

  it('409: it can’t be removed while a tenant is connected; afterwards it can', async () => {
    const used = await admin.call('POST', `${api}/echo/remove`, { reason });
    assert.equal(used.body.code, 'server.in-use', used.text);
    const left = await owner.call('POST', '/api/client/integrations/echo/disconnect', {});
    assert.equal(left.status, 200, left.text);
    assert.equal((await admin.call('POST', `${api}/echo/remove`, { reason })).status, 200);
    assert.equal((await owner.call('GET', '/api/client/integrations/echo')).status, 404);
  });

  it('a package runs in exactly the version that was fetched, by what its tools are approved as', async () => {
    const fetched = await register({
      ...described('everything'),
      source: {
        kind: 'npm',
        package: '@modelcontextprotocol/server-everything',
        version: '2026.8.31',
        args: [],
      },
      fields: [],
    });
    assert.equal(fetched.status, 201, fetched.text);
    const read = await admin.call('POST', `${api}/everything/read`, {});
    assert.equal(read.status, 200, read.text);
    assert.ok(read.body.tools.length > 3);
    assert.equal((await approve('everything', 'read')).status, 200);
    assert.equal((await admin.call('POST', `${api}/everything/publish`, {})).status, 200);
    const connected = await owner.call('POST', '/api/client/integrations/everything/connect', {});
    assert.equal(connected.status, 201, connected.text);
    const heard = await owner.call('POST', '/api/client/tools/echo/calls', {
      server: 'everything',
      arguments: { message: 'from a package' },
    });
    assert.equal(heard.status, 200, heard.text);
    assert.match(heard.text, /from a package/);
  });

  it('a registration is taken back: nothing is left of it, and its name is free again', async () => {
    assert.equal((await register(remoteBody('later'))).status, 201);
    const gone = await admin.call('POST', `${api}/later/discard`, { reason });
    assert.equal(gone.status, 200, gone.text);
    assert.equal((await admin.call('GET', `${api}/later`)).status, 404);
    assert.equal((await register(remoteBody('later'))).status, 201);
  });

  it('the credentials it was tried with are kept nowhere', async () => {
    const secrets = await platform.world.database.owner<{ name: string }>(
      'select name from secrets where tenant_id = $1',
      [PLATFORM_TENANT_ID],
    );
    assert.deepEqual(secrets, []);
    const found = await platform.processes.findProgress(`t:${PLATFORM_TENANT_ID}:register-server:echo`);
    assert.ok(found);
    const run = { workflowId: `t:${PLATFORM_TENANT_ID}:register-server:echo`, runId: found.runId };
    const history = JSON.stringify(await platform.processes.fetchHistory(run));
    assert.ok(!history.includes(token));
  });
});
