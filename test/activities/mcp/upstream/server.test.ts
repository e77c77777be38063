import assert from 'node:assert/strict';
import { form, type Contract, defineContract, json, ok, operation, reply } from './contract.ts';
import { byToken } from './pages.ts';
import {
  answering,
  doneThenDropped,
  dropped,
  failedAfterwards,
  invalid,
  rateLimited,
  slowly,
  unauthorised,
  unavailable,
} from './scripts.ts';
import { strictUpstream, type Upstream } from './server.ts';
import { email, flag, integer, matching, object, text } from './shapes.ts';

const pages = byToken({
  param: 'cursor',
  size: 'limit',
  standard: 2,
  answer: (items, next_cursor) => ({ items, next_cursor: next_cursor ?? null }),
});

const contract: Contract = defineContract({
  name: 'vendor',
  baseUrl: 'https://api.vendor.example',
  credentials: { accessToken: 'access-0', refreshToken: 'refresh-0' },
  headers: { authorization: matching(/^Bearer \S+$/) },
  idempotency: { header: 'request-key', methods: ['POST'] },
  oauth: {
    route: 'POST /oauth/token',
    clientAuth: 'basic',
    grants: {
      authorization_code: { code: text, redirect_uri: text },
      refresh_token: { refresh_token: text },
    },
    rotates: true,
    lifeS: 1800,
    answer: { scope: 'all' },
  },
  errors: {
    unauthorised: () => reply(401, { error: 'token' }),
    rateLimited: (retryAfterS) => reply(429, { error: 'slow down' }, { 'retry-after': String(retryAfterS) }),
    invalid: (field, message) => reply(422, { errors: { [field]: message } }),
  },
  operations: [
    operation({
      id: 'list',
      route: 'GET /things',
      query: { 'cursor?': text, 'limit?': integer },
      answer: pages((n) => ({ id: `t${n}` })),
    }),
    operation({
      id: 'make',
      route: 'POST /things',
      body: json(object({ name: text })),
      answer: ({ body }, memory) => reply(201, { ...(body as object), id: `t${memory.number()}` }),
    }),
    operation({
      id: 'upsert',
      route: 'PUT /people',
      body: form(object({ email })),
      sameWhen: ({ body }) => String((body as { email: string }).email),
      answer: ok({}),
    }),
    operation({
      id: 'refuse',
      route: 'POST /refusals',
      body: json(object({ politely: flag })),
      answer: ({ body }) =>
        (body as { politely: boolean }).politely ? { ...ok({ ok: false }), refused: true } : reply(409, {}),
    }),
    operation({
      id: 'search',
      route: 'POST /search',
      reads: true,
      body: json(object({})),
      answer: (_, memory) => ok({ found: memory.effects('make').length }),
    }),
  ],
});

const authorization = 'Bearer access-0';

describe('what the strict upstream does', () => {
  let upstream: Upstream;
  beforeEach(async () => (upstream = await strictUpstream(contract)));
  afterEach(async () => {
    assert.deepEqual(upstream.violations(), []);
    await upstream.close();
  });

  const list = (query = '', token = authorization) =>
    fetch(`${upstream.url}/things${query}`, { headers: { authorization: token } });
  const make = (name: string, key?: string) =>
    fetch(`${upstream.url}/things`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', ...(key && { 'request-key': key }) },
      body: JSON.stringify({ name }),
    });

  it('gives three pages by its own marks, and no page for a mark it never gave', async () => {
    const ids: string[] = [];
    const sizes: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = (await (await list(cursor && `?cursor=${cursor}`)).json()) as {
        items: { id: string }[];
        next_cursor: string | null;
      };
      ids.push(...page.items.map(({ id }) => id));
      sizes.push(page.items.length);
      cursor = page.next_cursor;
    }
    assert.deepEqual(ids, ['t0', 't1', 't2', 't3', 't4']);
    assert.deepEqual(sizes, [2, 2, 1]);
    assert.equal((await list('?cursor=made-up')).status, 400);
  });

  it('does a write with a key once, with the same answer, also at the same time', async () => {
    const answers = await Promise.all([make('a', 'k1'), make('a', 'k1'), make('a', 'k1')]);
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    assert.deepEqual(bodies, [bodies[0], bodies[0], bodies[0]]);
    assert.equal(upstream.effects('make').length, 1);
    assert.equal((await make('b', 'k1')).status, 409);
    await make('a', 'k2');
    assert.deepEqual(
      upstream.effects().map(({ key }) => key),
      ['k1', 'k2'],
    );
  });

  it('counts a write without a key each time, unless it is an upsert', async () => {
    await make('a');
    await make('a');
    assert.equal(upstream.effects('make').length, 2);
    for (const who of ['ada@example.com', 'ada@example.com', 'bob@example.com']) {
      await fetch(`${upstream.url}/people`, {
        method: 'PUT',
        headers: { authorization },
        body: new URLSearchParams({ email: who }),
      });
    }
    assert.equal(upstream.effects('upsert').length, 2);
  });

  it('lets answers depend on what was done, and takes a search for no write', async () => {
    await make('a');
    const response = await fetch(`${upstream.url}/search`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: '{}',
    });
    assert.deepEqual(await response.json(), { found: 1 });
    assert.equal(upstream.effects().length, 1);
  });

  it('takes a write that was refused for none, whatever the status', async () => {
    for (const politely of [true, false]) {
      const headers = { authorization, 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify({ politely }) };
      assert.equal((await fetch(`${upstream.url}/refusals`, init)).status, politely ? 200 : 409);
    }
    assert.deepEqual(upstream.effects(), []);
  });

  it('follows its scripts, one for each request, in the words of the vendor', async () => {
    upstream.next(
      rateLimited({ retryAfterS: 7 }),
      unavailable(),
      invalid('name', 'is taken'),
      unauthorised(),
      answering(ok({ other: true })),
    );
    const first = await make('a');
    assert.deepEqual([first.status, first.headers.get('retry-after')], [429, '7']);
    assert.equal((await make('a')).status, 503);
    const third = await make('a');
    assert.deepEqual([third.status, await third.json()], [422, { errors: { name: 'is taken' } }]);
    assert.equal((await make('a')).status, 401);
    assert.deepEqual(await (await make('a')).json(), { other: true });
    assert.deepEqual(upstream.effects(), []);
    assert.equal((await make('a')).status, 201);
    assert.equal(upstream.requests('make').length, 6);
  });

  it('keeps scripts of one operation for it', async () => {
    upstream.nextOf('make', unavailable(500));
    assert.equal((await list()).status, 200);
    assert.equal((await make('a')).status, 500);
  });

  it('breaks the connection before or after the work', async () => {
    upstream.next(dropped(), doneThenDropped(), failedAfterwards());
    await assert.rejects(make('a', 'k1'));
    assert.equal(upstream.effects().length, 0);
    await assert.rejects(make('b', 'k2'));
    assert.equal(upstream.effects().length, 1);
    assert.equal((await make('c', 'k3')).status, 500);
    assert.equal(upstream.effects().length, 2);
    const again = (await (await make('b', 'k2')).json()) as { id: string };
    assert.equal(again.id, 't1');
    assert.equal(upstream.effects().length, 2);
    assert.equal(upstream.requests().length, 4);
  });

  it('answers late when told to', async () => {
    upstream.next(slowly(80));
    const startedMs = performance.now();
    await list();
    assert.ok(performance.now() - startedMs >= 75);
  });

  const token = (fields: Record<string, string>, proof = `Basic ${btoa('id:secret')}`) =>
    fetch(`${upstream.url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: proof },
      body: new URLSearchParams(fields),
    });

  it('gives tokens that rotate, and takes no old ones', async () => {
    assert.equal((await list()).status, 200);
    upstream.expireTokens();
    assert.equal((await list()).status, 401);
    const renewed = await (await token({ grant_type: 'refresh_token', refresh_token: 'refresh-0' })).json();
    assert.deepEqual(renewed, {
      access_token: 'access-1',
      token_type: 'Bearer',
      expires_in: 1800,
      refresh_token: 'refresh-1',
      scope: 'all',
    });
    assert.equal((await list('', 'Bearer access-1')).status, 200);
    assert.equal((await list()).status, 401);
    const old = await token({ grant_type: 'refresh_token', refresh_token: 'refresh-0' });
    assert.deepEqual([old.status, ((await old.json()) as { error: string }).error], [400, 'invalid_grant']);
    upstream.next(unavailable(500));
    upstream.nextOf('token', unavailable());
    assert.equal((await token({ grant_type: 'refresh_token', refresh_token: 'refresh-1' })).status, 503);
    assert.equal(upstream.requests('token').length, 3);
    assert.equal((await list('', 'Bearer access-1')).status, 500);
  });

  it('refuses token requests the vendor would refuse', async () => {
    const wrong: [Record<string, string>, string, RegExp][] = [
      [{ grant_type: 'password', username: 'a' }, 'Basic aWQ6cw==', /form\.grant_type: must be one of/],
      [
        { grant_type: 'refresh_token', refresh_token: 'r', client_id: 'id' },
        'Basic aWQ6cw==',
        /form\.client_id: is not documented/,
      ],
      [{ grant_type: 'authorization_code', code: 'c' }, 'Basic aWQ6cw==', /form\.redirect_uri: is missing/],
      [{ grant_type: 'refresh_token', refresh_token: 'r' }, 'Bearer x', /header\.authorization: must match/],
    ];
    for (const [fields, proof, told] of wrong) {
      assert.equal((await token(fields, proof)).status, 599);
      assert.match(upstream.violations().join('\n'), told);
      upstream.forget();
    }
  });
});
