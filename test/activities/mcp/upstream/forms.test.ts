import assert from 'node:assert/strict';
import {
  bytes,
  type Contract,
  defineContract,
  form,
  json,
  multipart,
  ok,
  operation,
  reply,
} from './contract.ts';
import { strictUpstream, type Upstream } from './server.ts';
import {
  commaSeparated,
  flag,
  integer,
  jsonText,
  list,
  majorMoney,
  matching,
  object,
  text,
} from './shapes.ts';

const no = () => reply(400);
const line = object({ name: text, 'count?': integer });

const contract: Contract = defineContract({
  name: 'forms',
  baseUrl: 'https://api.vendor.example',
  credentials: {},
  headers: {},
  errors: { unauthorised: no, rateLimited: no, invalid: no },
  operations: [
    operation({
      id: 'either',
      route: 'POST /either',
      body: [json(object({ to: text })), form(object({ to: text }))],
      answer: ok({}),
    }),
    operation({
      id: 'packed',
      route: 'POST /packed',
      body: form(object({ lines: jsonText(list(line)) })),
      answer: ok({}),
    }),
    operation({
      id: 'upload',
      route: 'POST /upload',
      body: multipart(object({ kind: text, file: text })),
      answer: ok({}),
    }),
    operation({ id: 'bytes', route: 'POST /bytes', body: bytes('image/png'), answer: ok({}) }),
    operation({
      id: 'pay',
      route: 'POST /pay',
      body: json(majorMoney('value', 'currency_code', 'text')),
      answer: ok({}),
    }),
    operation({
      id: 'payNumber',
      route: 'POST /pay-number',
      body: json(majorMoney('amount', 'currency', 'number')),
      answer: ok({}),
    }),
    operation({
      id: 'list',
      route: 'GET /list',
      query: { 'ids?': commaSeparated(integer), 'tag?': list(text), 'all?': flag },
      answer: ok({}),
    }),
    operation({ id: 'create', route: 'POST /invoice', body: json(object({ name: text })), answer: ok({}) }),
    operation({
      id: 'void',
      route: 'POST /invoice?operation=void',
      body: json(object({ Id: text })),
      answer: ok({}),
    }),
    operation({ id: 'plain', route: 'POST /properties/{id}:run', answer: ok({}) }),
    operation({
      id: 'property',
      route: 'POST /properties/{id}',
      path: { id: matching(/^\d+$/) },
      answer: ok({}),
    }),
    operation({ id: 'file', route: 'PUT /files/{path+}', answer: ok({}) }),
  ],
});

const jsonBody = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const formBody = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
});

function upload(...fields: [string, string | Blob][]): RequestInit {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return { method: 'POST', body: data };
}

describe('the ways a request is written', () => {
  let upstream: Upstream;
  before(async () => (upstream = await strictUpstream(contract)));
  after(() => upstream.close());
  afterEach(() => upstream.forget());

  const good: [string, string, RequestInit, string, unknown][] = [
    ['JSON', '/either', jsonBody({ to: 'C1' }), 'either', { to: 'C1' }],
    ['a form instead', '/either', formBody({ to: 'C1' }), 'either', { to: 'C1' }],
    [
      'JSON in a field of a form',
      '/packed',
      formBody({ lines: '[{"name":"a","count":2}]' }),
      'packed',
      { lines: [{ name: 'a', count: 2 }] },
    ],
    [
      'parts with a file',
      '/upload',
      upload(['kind', 'image'], ['file', new Blob(['bytes'])]),
      'upload',
      { kind: 'image', file: 'bytes' },
    ],
    [
      'money as text',
      '/pay',
      jsonBody({ value: '10.50', currency_code: 'EUR' }),
      'pay',
      { value: '10.50', currency_code: 'EUR' },
    ],
    [
      'three decimals',
      '/pay',
      jsonBody({ value: '10.500', currency_code: 'KWD' }),
      'pay',
      { value: '10.500', currency_code: 'KWD' },
    ],
    [
      'a constant parameter of the route',
      '/invoice?operation=void',
      jsonBody({ Id: '1' }),
      'void',
      { Id: '1' },
    ],
    ['the same route without it', '/invoice', jsonBody({ name: 'a' }), 'create', { name: 'a' }],
    ['a route after a colon', '/properties/12:run', { method: 'POST' }, 'plain', undefined],
    ['a route before it', '/properties/12', { method: 'POST' }, 'property', undefined],
  ];
  for (const [what, path, init, operation, body] of good) {
    it(`takes ${what}`, async () => {
      await fetch(upstream.url + path, init);
      assert.deepEqual(upstream.violations(), []);
      const [request] = upstream.requests();
      assert.deepEqual([request?.operation, request?.body], [operation, body]);
    });
  }

  it('takes bytes as they are', async () => {
    const body = Buffer.from([0, 1, 255]);
    await fetch(`${upstream.url}/bytes`, { method: 'POST', headers: { 'content-type': 'image/png' }, body });
    assert.deepEqual(upstream.violations(), []);
    assert.deepEqual(upstream.requests()[0]?.raw, body);
  });

  it('takes lists with commas and lists by repetition', async () => {
    await fetch(`${upstream.url}/list?ids=1,2&tag=a&tag=b&all=true`);
    assert.deepEqual(upstream.requests()[0]?.query, { ids: [1, 2], tag: ['a', 'b'], all: true });
    assert.deepEqual(upstream.violations(), []);
  });

  it('keeps the segments of a path apart and together', async () => {
    await fetch(`${upstream.url}/files/a/b%20c.txt`, { method: 'PUT' });
    assert.deepEqual(upstream.requests('file')[0]?.params, { path: 'a/b c.txt' });
  });

  const bad: [string, string, RequestInit, RegExp][] = [
    ['a body where none is documented', '/properties/12', jsonBody({}), /body: none is documented/],
    ['a path value of another form', '/properties/home', { method: 'POST' }, /path\.id: must match/],
    [
      'JSON that is no UTF-8',
      '/either',
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.from('{"to":"\xe9"}', 'latin1'),
      },
      /body: cannot be read/,
    ],
    ['JSON that is none', '/either', jsonBody('{to'), /body: cannot be read as application\/json/],
    [
      'a text for a number',
      '/packed',
      formBody({ lines: '[{"name":"a","count":"2"}]' }),
      /body\.lines\[0\]\.count: must be integer/,
    ],
    [
      'an undocumented part',
      '/upload',
      upload(['kind', 'x'], ['file', 'y'], ['extra', 'z']),
      /body\.extra: is not documented/,
    ],
    ['a missing part', '/upload', upload(['kind', 'x']), /body\.file: is missing/],
    ['no bytes', '/bytes', { method: 'POST', headers: { 'content-type': 'image/png' } }, /body: is missing/],
    [
      'bytes of another type',
      '/bytes',
      { method: 'POST', headers: { 'content-type': 'image/gif' }, body: 'x' },
      /content-type: is "image\/gif"/,
    ],
    [
      'decimals of a yen',
      '/pay',
      jsonBody({ value: '10.50', currency_code: 'JPY' }),
      /more decimals than its currency/,
    ],
    [
      'a third decimal of a euro',
      '/pay-number',
      jsonBody({ amount: 10.505, currency: 'EUR' }),
      /more decimals than its currency/,
    ],
    [
      'money as the wrong type',
      '/pay',
      jsonBody({ value: 10.5, currency_code: 'EUR' }),
      /body\.value: must be string/,
    ],
    ['yes for true', '/list?all=yes', {}, /query\.all: must be boolean/],
    ['an unknown verb after the colon', '/properties/12:walk', { method: 'POST' }, /is not documented/],
    [
      'another constant',
      '/invoice?operation=burn',
      jsonBody({ name: 'a' }),
      /query\.operation: is not documented/,
    ],
  ];
  for (const [what, path, init, told] of bad) {
    it(`refuses ${what}`, async () => {
      const response = await fetch(upstream.url + path, init);
      assert.equal(response.status, 599);
      assert.ok(
        upstream.violations().some((one) => told.test(one)),
        upstream.violations().join('\n'),
      );
    });
  }
});
