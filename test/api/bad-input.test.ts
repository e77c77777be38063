import assert from 'node:assert/strict';
import { areas } from '../../api/areas.ts';
import type { Form, Route } from '../../api/kit/route.ts';
import { type Caller, type Platform, startPlatform } from '../support/api.ts';

const routes = areas.flatMap((area) => area.routes);
const json = routes.filter((route): route is Route => route.kind === 'json');
const forms = routes.filter(
  (route): route is Form => route.kind === 'form' && !route.path.endsWith('/sign-out'),
);

/** Malformed bodies; each must be refused with a clear error, or accepted where the route expects no body. */
const hostile: [string, unknown][] = [
  ['null', null],
  ['a text', 'text'],
  ['a number', 42],
  ['a list', []],
  ['unknown fields', { nonsense: true, __proto__: { polluted: true }, constructor: 1 }],
  [
    'wrong types',
    { email: 5, step: {}, reason: [], days: 'many', tools: 'x', planKey: null, card: 'x', tenantId: [] },
  ],
  ['very deep', JSON.parse(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`)],
  [
    'control characters',
    { email: 'a\r\nBcc: x@y.z', name: '\u0000', reason: '\u0007'.repeat(20), step: 'plan' },
  ],
  ['prices of minus one', { days: -1, amountMinor: -1, limit: -5 }],
];

/** Words of validators; people and programs get sentences of ours. */
const rawWords =
  /Invalid (?:input|option|string)|expected \w+, received|Too (?:small|big): |Unrecognized key/;

const queries = [
  '?limit=0',
  '?limit=abc',
  '?cursor=%00',
  '?cursor=e30',
  '?cursor=WyJ4IiwieSJd',
  '?state=nonsense',
  '?q=%25%5C_%27',
  '?q=a%00b',
  '?tenant=%00&plan=%00&actor=%00&target=%00&workflow=%00',
  '?limit=999999',
  '?from=never',
];

describe('bad input is refused clearly on every route', function () {
  this.timeout(180_000);
  let platform: Platform;
  let callers: Record<'admin' | 'client', Caller>;
  before(async () => {
    platform = await startPlatform();
    callers = { admin: await platform.admin(), client: await platform.business() };
  });
  after(() => platform.stop());

  const callerFor = ({ path }: { path: string }) =>
    path.includes('/admin') ? callers.admin : callers.client;
  const address = (path: string) => path.replace(/:\w+/g, 'x%2F..%2Fy');

  for (const route of json.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/sign-out'))) {
    it(`${route.method} ${route.path}`, async () => {
      for (const [what, body] of hostile) {
        const answer = await callerFor(route).call(route.method, address(route.path), JSON.stringify(body), {
          'content-type': 'application/json',
        });
        assert.ok(answer.status < 500, `${what}: ${answer.status} ${answer.text.slice(0, 200)}`);
        if (answer.status >= 400) {
          assert.match(answer.headers.get('content-type') ?? '', /problem\+json/, what);
          assert.ok(answer.body.code && answer.body.title && answer.body.requestId, what);
          assert.doesNotMatch(answer.text, rawWords, what);
        }
      }
    });
  }

  for (const route of json.filter(({ method }) => method === 'GET')) {
    it(`GET ${route.path}`, async () => {
      for (const query of queries) {
        const answer = await callerFor(route).call('GET', address(route.path) + query);
        assert.ok(answer.status < 500, `${query}: ${answer.status} ${answer.text.slice(0, 200)}`);
        if (answer.status >= 400) assert.doesNotMatch(answer.text, rawWords, query);
      }
    });
  }

  for (const route of forms) {
    it(`form ${route.path}`, async () => {
      for (const fields of [
        {},
        { email: '<script>', step: 'x', reason: 'short', 'a.b.c': '1', tools: ['x', 'x'] },
        { '__proto__.polluted': 'yes', 'card.number': '4242' },
      ]) {
        const answer = await callerFor(route).form(address(route.path), fields as Record<string, string>);
        assert.ok(answer.status < 500, `${answer.status} ${answer.text.slice(0, 200)}`);
        assert.ok(!answer.text.includes('<script>'), 'typed values are shown as text');
        assert.doesNotMatch(answer.text, rawWords);
      }
      assert.equal(({} as { polluted?: string }).polluted, undefined);
    });
  }
});
