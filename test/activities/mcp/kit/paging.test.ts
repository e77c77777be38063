import assert from 'node:assert/strict';
import {
  at,
  byAddress,
  byLastId,
  byOffset,
  byPage,
  byToken,
  nextLink,
  openCursor,
  type Paging,
  sealCursor,
} from '../../../../activities/mcp/kit/paging.ts';

const reply = (body: unknown, headers: Record<string, string> = {}) => ({ status: 200, headers, body });
const first = { mark: null, limit: 2 };
const after = (mark: string) => ({ mark, limit: 2 });
const mayGoOn = (paging: Paging, mark: string) => () => paging.ask({ mark, limit: 2 });

describe('[MCP-03] [MCP-08] [MCP-15] [MCP-24] paging of tools', () => {
  it('by token: in the query or in the body, until none comes back', () => {
    const style = { items: 'data.items', next: 'data.next', param: 'after', limit: 'size' };
    const paging = byToken(style);
    assert.deepEqual(paging.ask(first), { query: { size: 2 } });
    assert.deepEqual(paging.ask(after('t')), { query: { size: 2, after: 't' } });
    assert.deepEqual(byToken({ ...style, inBody: true }).ask(after('t')), { body: { size: 2, after: 't' } });
    const answer = reply({ data: { items: [1], next: 't2' } });
    assert.deepEqual([paging.items(answer), paging.next(answer, first, [1])], [[1], 't2']);
    assert.equal(paging.next(reply({ data: { next: 7 } }), first, []), '7');
    for (const end of [{}, { data: null }, { data: { next: '' } }, { data: { next: null } }, null]) {
      assert.equal(paging.next(reply(end), first, []), null);
    }
  });

  it('by the last id: says more, or a full page does', () => {
    const telling = byLastId({ items: 'data', param: 'after', limit: 'limit', more: 'has_more', id: 'id' });
    const items = [{ id: 'a' }, { id: 'b' }];
    assert.equal(telling.next(reply({ has_more: true }), first, items), 'b');
    assert.equal(telling.next(reply({ has_more: false }), first, items), null);
    assert.equal(telling.next(reply({ has_more: true }), first, []), null);
    const silent = byLastId({ items: '', param: 'before', limit: 'limit', id: 'id' });
    assert.equal(silent.next(reply(items), first, items), 'b');
    assert.equal(silent.next(reply(items), first, items.slice(0, 1)), null);
  });

  it('by offset: counts what came, ends at the total, at a short page and at an empty one', () => {
    const paging = byOffset({ items: 'items', offset: 'skip', limit: 'count', total: 'total' });
    assert.deepEqual(paging.ask(first), { query: { skip: 0, count: 2 } });
    assert.deepEqual(paging.ask(after('2')), { query: { skip: 2, count: 2 } });
    assert.equal(paging.next(reply({ total: 3 }), first, [1, 2]), '2');
    assert.equal(paging.next(reply({ total: 2 }), first, [1, 2]), null);
    assert.equal(paging.next(reply({ total: 9 }), first, []), null);
    const silent = byOffset({ items: 'items', offset: 'skip', limit: 'count', first: 1 });
    assert.equal(silent.next(reply({}), first, [1, 2]), '3');
    assert.equal(silent.next(reply({}), after('3'), [1]), null);
  });

  it('by page: ends at the last one', () => {
    const pages = (answer: { headers: Readonly<Record<string, string>> }) =>
      Number(answer.headers['x-pages']);
    const paging = byPage({ items: '', page: 'page', limit: 'per_page', pages });
    assert.deepEqual(paging.ask(first), { query: { page: 1, per_page: 2 } });
    assert.equal(paging.next(reply([], { 'x-pages': '2' }), first, [1, 2]), '2');
    assert.equal(paging.next(reply([], { 'x-pages': '2' }), after('2'), [1, 2]), null);
  });

  it('by address: follows path and query only, within the list', () => {
    const paging = byAddress({
      items: '',
      limit: 'per_page',
      next: nextLink,
      within: /^\/repos\/[^/?]+\/issues\?/,
    });
    assert.deepEqual(paging.ask(first), { query: { per_page: 2 } });
    const link =
      '<https://api.example.com/x?page=1>; rel="prev", <https://evil.example/repos/a/issues?page=2>; rel="next"';
    assert.equal(paging.next(reply([], { link }), first, []), '/repos/a/issues?page=2');
    assert.equal(paging.next(reply([]), first, []), null);
    assert.deepEqual(paging.ask(after('/repos/a/issues?page=2')), { address: '/repos/a/issues?page=2' });
    for (const mark of [
      'https://evil.example/repos/a/issues?',
      '//evil.example/repos/a/issues?',
      '/user',
      '',
    ]) {
      assert.throws(mayGoOn(paging, mark), RangeError, mark);
    }
  });

  it('refuses a number that is none, so that no vendor is asked for page NaN', () => {
    const offset = byOffset({ items: '', offset: 'skip', limit: 'count' });
    const page = byPage({ items: '', page: 'page', limit: 'count' });
    for (const mark of ['', 'x', '-1', '1.5', '1e9', 'NaN', ' 1', '9'.repeat(20)]) {
      assert.throws(mayGoOn(offset, mark), /not from this list/, mark);
      assert.throws(mayGoOn(page, mark), /not from this list/, mark);
    }
  });

  it('carries marks as they are, whatever they hold', () => {
    for (const mark of ['a', '/x?y=z&ü=✓', '0', 'null']) assert.equal(openCursor(sealCursor(mark)!), mark);
    assert.equal(sealCursor(null), null);
    assert.equal(openCursor(undefined), null);
    assert.match(sealCursor('/x?y=1')!, /^[A-Za-z0-9_-]+$/);
  });

  it('reads dotted paths and stops where nothing is', () => {
    assert.equal(at({ a: { b: [5] } }, 'a.b.0'), 5);
    for (const body of [null, 'text', 7, {}, { a: null }]) assert.equal(at(body, 'a.b'), undefined);
  });
});
