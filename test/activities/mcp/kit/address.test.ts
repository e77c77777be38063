import assert from 'node:assert/strict';
import { addQuery, bodyOf, formOf } from '../../../../activities/mcp/kit/encode.ts';
import { hostLabel, markedName, path } from '../../../../activities/mcp/kit/vendor-api.ts';

describe('[MCP-03] [MCP-09] [MCP-24] addresses and bodies of tools', () => {
  it('a value in a path stays one segment, and leads nowhere else', () => {
    assert.equal(path`/v1/invoices/${'in_1'}/pay`, '/v1/invoices/in_1/pay');
    assert.equal(path`/v1/${'a/b'}/${'?x=1#y'}`, '/v1/a%2Fb/%3Fx%3D1%23y');
    assert.equal(path`/v1/${'%2e%2e'}/${'..%2f'}`, '/v1/%252e%252e/..%252f');
    assert.equal(path`/v1/${7}`, '/v1/7');
    for (const value of ['', '.', '..']) assert.throws(() => path`/v1/${value}/x`, RangeError, value);
    for (const value of ['../../admin', '..\\admin', '@evil.example', '//evil.example']) {
      const url = new URL(path`/v1/${value}/x`, 'https://vendor.example');
      assert.equal(url.origin, 'https://vendor.example');
      assert.match(url.pathname, /^\/v1\/[^/]+\/x$/, value);
    }
  });

  it('a name within the domain of a vendor is one label of a host', () => {
    assert.equal(hostLabel('My-Company', 'company'), 'my-company');
    const strange = [
      undefined,
      '',
      'a.b',
      'evil.example/',
      'a@b',
      '-a',
      'a-',
      'ä',
      'a b',
      'a\n',
      'x'.repeat(64),
    ];
    for (const label of strange) assert.throws(() => hostLabel(label, 'company'), RangeError, label);
  });

  it('a query leaves out what is not given, and repeats lists', () => {
    const url = new URL('https://vendor.example/x?standing=1');
    addQuery(url, { a: undefined, b: ['1', '2'], c: 0, d: false, e: '', f: 'ü&=' });
    assert.equal(url.search, '?standing=1&b=1&b=2&c=0&d=false&e=&f=%C3%BC%26%3D');
    addQuery(url, undefined);
  });

  it('a form writes members and lists with brackets', () => {
    const form = formOf({ a: { b: [{ c: 1 }, { c: 2 }] }, d: null, e: undefined, f: true, g: 'x y' });
    assert.equal(decodeURIComponent(form), 'a[b][0][c]=1&a[b][1][c]=2&d=&f=true&g=x+y');
  });

  it('a body is what the vendor reads: JSON, a form, or bytes as they are', () => {
    assert.deepEqual(bodyOf({ body: { a: 1, b: undefined } }, 'json'), {
      body: '{"a":1}',
      type: 'application/json',
    });
    assert.equal(bodyOf({ body: { a: 1 } }, 'form').body, 'a=1');
    assert.equal(bodyOf({ body: { a: 1 }, form: false }, 'form').type, 'application/json');
    assert.equal(bodyOf({ body: { a: 1 }, form: true }, 'json').body, 'a=1');
    const content = Buffer.from([0, 255]);
    assert.deepEqual(bodyOf({ raw: { content, type: 'image/png' } }, 'form'), {
      body: content,
      type: 'image/png',
    });
    assert.deepEqual(bodyOf({}, 'json'), { body: undefined, type: undefined });
  });

  it('a marked name tells its call, and no other', () => {
    assert.match(markedName('Offer', { key: 'one' }), /^Offer #[0-9a-f]{8}$/);
    assert.equal(markedName('Offer', { key: 'one' }), markedName('Offer', { key: 'one' }));
    assert.notEqual(markedName('Offer', { key: 'one' }), markedName('Offer', { key: 'two' }));
  });
});
