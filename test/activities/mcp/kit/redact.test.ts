import assert from 'node:assert/strict';
import { redactor, secretsOf } from '../../../../activities/mcp/kit/redact.ts';

const secret = 'sk/live+Geheim="ü"&42';
const clean = redactor([secret, 'rt-refresh-77']);

describe('[MCP-G] secrets leave no tool', () => {
  it('in whatever is returned, as values and as names', () => {
    const echoed = {
      note: `key ${secret}!`,
      list: [secret, { [secret]: 'rt-refresh-77 twice rt-refresh-77' }],
      n: 5,
    };
    const text = JSON.stringify(clean(echoed));
    assert.ok(!text.includes('Geheim') && !text.includes('refresh-77'), text);
    assert.deepEqual(clean({ a: null, b: 7, c: true, d: 'open' }), { a: null, b: 7, c: true, d: 'open' });
  });

  it('in the forms of an address, of JSON, and of Base64 wherever it begins', () => {
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const forms = [encodeURIComponent(secret), JSON.stringify({ secret }), base64(secret)];
    for (const form of forms) assert.ok(clean(`before ${form} after`).includes('•••'), form);
    for (const user of ['', 'u', 'us', 'use', 'user']) {
      for (const behind of ['', '!', '!!']) {
        const header = base64(`${user}:${secret}${behind}`);
        const left = Buffer.from(clean(header).replace('•••', ''), 'base64').toString();
        assert.ok(clean(header).includes('•••') && !left.includes('Geheim'), header);
        const url = Buffer.from(`${user}:${secret}${behind}`).toString('base64url');
        assert.ok(clean(url).includes('•••'), url);
      }
    }
  });

  it('a long one is not left over from a short one', () => {
    const both = redactor(['abcdef', 'abcdef-and-more']);
    assert.equal(both('x abcdef-and-more y'), 'x ••• y');
  });

  it('are what the form calls secret, and every token', () => {
    const fields = [
      { key: 'siteUrl', label: 'Site', secret: false },
      { key: 'apiKey', label: 'Key', secret: true },
    ];
    const credentials = {
      siteUrl: 'https://site.example',
      apiKey: 'key-123456',
      accessToken: 'token-123456',
      expiresAt: '2026-11-24T00:00:00Z',
      short: 'abc',
    };
    assert.deepEqual(secretsOf(fields, credentials), ['key-123456', 'token-123456']);
    assert.deepEqual(redactor([])({ a: 'b' }), { a: 'b' });
  });
});
