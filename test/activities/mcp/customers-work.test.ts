import assert from 'node:assert/strict';
import { findServer } from '../../../activities/mcp/catalog.ts';
import { vendorApi } from '../../../activities/mcp/kit/client.ts';
import { ownCredentials } from '../../../activities/mcp/kit/credentials.ts';
import { VendorError } from '../../../activities/mcp/kit/errors.ts';
import { estimateFromMajor } from '../../../activities/mcp/kit/money.ts';
import { openConnections } from '../../../activities/mcp/kit/network.ts';
import { hostLabel } from '../../../activities/mcp/kit/vendor-api.ts';
import { contractOf } from './contracts/index.ts';
import { reply } from './upstream/contract.ts';
import { answering, doneThenDropped } from './upstream/scripts.ts';
import { strictUpstream, type Upstream } from './upstream/server.ts';

const through = openConnections({ guarded: false });
const open: Upstream[] = [];

/** A server with its vendor's stand-in; `more` changes the connection the contract has. */
async function connected(name: string, more: Record<string, string> = {}) {
  const server = findServer(name);
  assert.ok(server);
  const contract = await contractOf(name);
  const upstream = await strictUpstream(contract);
  open.push(upstream);
  const connection = {
    credentials: ownCredentials({ ...contract.credentials, ...more }),
    through,
    baseUrl: upstream.url,
  };
  return {
    server,
    upstream,
    async run(toolName: string, input: Record<string, unknown>) {
      const tool = server.tools.find((one) => one.name === toolName);
      assert.ok(tool);
      const signal = AbortSignal.timeout(20_000);
      const api = await vendorApi(server, connection, { key: 'key-1', signal, patienceMs: 2_000 });
      return tool.output.parse(await tool.run(tool.input.parse(input), api));
    },
  };
}

const refusal = (kind: string, said: RegExp) => (error: unknown) => {
  assert.ok(error instanceof VendorError, String(error));
  assert.equal(error.kind, kind);
  assert.match(error.message, said);
  return true;
};

describe('what is particular about servers for customers and work', () => {
  afterEach(async () => {
    for (const upstream of open.splice(0)) {
      assert.deepEqual(upstream.violations(), []);
      await upstream.close();
    }
  });
  after(() => through.close());

  describe('[MCP-15] salesforce', () => {
    it('keeps values inside their quotes', async () => {
      const { run, upstream } = await connected('salesforce');
      await run('salesforce_list_opportunities', { stage: "Won' OR Name LIKE '%\\" });
      const asked = upstream.requests('query')[0]?.query['q'];
      assert.match(String(asked), /StageName = 'Won\\' OR Name LIKE \\'%\\\\' ORDER/);
      await run('salesforce_search_records', { words: 'a} RETURNING User(Id' });
      assert.match(
        String(upstream.requests('search')[0]?.query['q']),
        /^FIND \{a\\} RETURNING User\\\(Id\} IN/,
      );
    });

    it('asks nothing that changes records, but takes such words in quotes', async () => {
      const { run, upstream } = await connected('salesforce');
      for (const soql of [
        'DELETE FROM Account',
        'SELECT Id FROM Account FOR VIEW',
        "SELECT Id FROM A WHERE N = '\\' ' UPDATE TRACKING",
      ]) {
        await assert.rejects(run('salesforce_run_query', { soql }), refusal('invalid', /SELECT|Leave/));
      }
      assert.equal(upstream.requests().length, 0);
      await run('salesforce_run_query', { soql: "SELECT Id FROM Account WHERE Name = 'for view'" });
    });

    it('makes one lead although the answer is lost, where there is a field for keys', async () => {
      const { run, upstream } = await connected('salesforce', { keyField: 'Our_Key__c' });
      upstream.nextOf('upsert', doneThenDropped());
      await run('salesforce_create_lead', { last_name: 'Lovelace', company: 'Hara' });
      assert.equal(upstream.effects().length, 1);
      assert.deepEqual(
        upstream.requests('upsert').map(({ params }) => params['value']),
        ['key-1', 'key-1'],
      );
    });

    it('sends amounts without currency only in the one currency of the organisation', async () => {
      const { run, upstream } = await connected('salesforce', { currency: 'EUR' });
      const opportunity_id = '006Qy00000Kp3aBIAR';
      const change = (currency: string) =>
        run('salesforce_update_opportunity', { opportunity_id, amount: { minor: 1_050, currency } });
      await assert.rejects(change('USD'), refusal('invalid', /counts in EUR/));
      await change('EUR');
      assert.deepEqual(upstream.requests('updateOpportunity')[0]?.body, { Amount: 10.5 });
    });
  });

  it('[MCP-14] hubspot tells when only some of several contacts were saved', async () => {
    const { run, upstream } = await connected('hubspot');
    const errors = [
      {
        category: 'VALIDATION_ERROR',
        message: 'no such stage',
        context: { propertyName: ['lifecyclestage'] },
      },
    ];
    upstream.next(answering(reply(207, { status: 'COMPLETE', results: [], numErrors: 1, errors })));
    await assert.rejects(
      run('hubspot_upsert_contacts', { contacts: [{ email: 'ada@example.com' }] }),
      refusal('invalid', /Not all were saved: no such stage/),
    );
  });

  it('[MCP-16] pipedrive takes a personal token by its own header', () => {
    const auth = findServer('pipedrive')?.auth;
    assert.ok(auth);
    const signed = (accessToken: string) => {
      const request = { method: 'GET', url: new URL('https://x.test'), headers: {}, body: undefined };
      auth.sign(request, { accessToken });
      return request.headers;
    };
    assert.deepEqual(signed('a'.repeat(40)), { 'x-api-token': 'a'.repeat(40) });
    assert.deepEqual(signed('v1u:AQIBAHj'), { authorization: 'Bearer v1u:AQIBAHj' });
  });

  it('[MCP-16] [MCP-17] a tenant cannot name another host than one of the vendor', async () => {
    const pipedrive = await connected('pipedrive', { company: 'evil.example/' });
    await assert.rejects(pipedrive.run('pipedrive_list_stages', {}), /no company domain/);
    const mailchimp = await connected('mailchimp', { accessToken: 'token-1', dataCentre: 'evil.example#' });
    await assert.rejects(mailchimp.run('mailchimp_list_audiences', {}), /no data centre/);
    const salesforce = await connected('salesforce', { instance: 'https://salesforce.com.evil.example' });
    await assert.rejects(salesforce.run('salesforce_get_limits', {}), /not the address of a Salesforce/);
    for (const wrong of [undefined, '', 'a.b', 'a/b', 'a:1', '-a', 'a@b']) {
      assert.throws(() => hostLabel(wrong, 'host'), RangeError);
    }
    assert.equal(hostLabel('US21', 'host'), 'us21');
  });

  describe('[MCP-17] mailchimp', () => {
    it('waits when it is turned away with a bare 403', async () => {
      const { run, upstream } = await connected('mailchimp');
      upstream.next(answering(reply(403, 'Forbidden')));
      await run('mailchimp_list_audiences', {});
      assert.equal(upstream.requests().length, 2);
    });

    it('sends nothing that its checklist does not pass, and nothing twice', async () => {
      const { run, upstream } = await connected('mailchimp');
      const items = [{ type: 'error', id: 1, heading: 'Subject', details: 'is missing' }];
      upstream.nextOf('getChecklist', answering(reply(200, { is_ready: false, items })));
      const send = () => run('mailchimp_send_campaign', { campaign_id: '4f0a92c6d1' });
      await assert.rejects(send(), refusal('invalid', /Subject: is missing/));
      assert.equal(upstream.effects().length, 0);
      await send();
      await send();
      assert.equal(upstream.effects('sendCampaign').length, 1);
    });
  });

  it('[MCP-12] trello tells what a member may not see from a token that is no longer good', async () => {
    const { run, upstream } = await connected('trello');
    upstream.next(answering(reply(401, 'unauthorized permission requested')));
    await assert.rejects(run('trello_list_boards', {}), refusal('permission', /permission requested/));
    upstream.next(answering(reply(401, 'invalid token')));
    await assert.rejects(run('trello_list_boards', {}), refusal('credentials', /invalid token/));
  });

  it('estimates lose the digits their currency has not', () => {
    assert.deepEqual(estimateFromMajor(33.3333, 'EUR'), { minor: 3_333, currency: 'EUR' });
    assert.deepEqual(estimateFromMajor('12.9', 'JPY'), { minor: 12, currency: 'JPY' });
    assert.deepEqual(estimateFromMajor('1.2345', 'KWD'), { minor: 1_234, currency: 'KWD' });
    assert.equal(estimateFromMajor('', 'EUR'), null);
    assert.equal(estimateFromMajor(5, null), null);
  });
});
