import assert from 'node:assert/strict';
import { parseText, type TextValues } from '../../../templates/email/engine.ts';

const values: TextValues = { name: '<i>', language: 'en' };

function outcome(source: string): string {
  try {
    return parseText(source).asHtml(values);
  } catch (error) {
    return `refused: ${(error as Error).message}`;
  }
}

describe('texts that tenants write', () => {
  const reaches = [
    '{{ name.constructor }}',
    '{{ name.constructor.constructor }}',
    '{{ name["constructor"] }}',
    '{{ name.__proto__ }}',
    '{{ constructor }}',
    '{{ __proto__ }}',
    '{{ toString }}',
    '{{ hasOwnProperty }}',
    '{{ process.env }}',
    '{{ globalThis }}',
    '{{ "a" | constructor }}',
    '{{ name | __proto__ }}',
    '{{ name | raw }}',
    '{% include "invoice" %}',
    '{% include "../../../package.json" %}',
    '{% render "/etc/passwd" %}',
    '{% layout "/etc/passwd" %}',
    '{{ other_tenant.name }}',
  ];
  for (const source of reaches) {
    it(`${source} reaches nothing`, () => assert.match(outcome(source), /^refused: (undefined|ENOENT)/));
  }

  const prints = [
    '{{ name }}',
    '{% echo name %}',
    '{% liquid echo name %}',
    '{% assign again = name %}{{ again }}',
    '{% cycle name %}',
    '{% if name %}{{ name }}{% endif %}',
    '{{ "%3Ci%3E" | url_decode }}',
  ];
  for (const source of prints) {
    it(`${source} prints escaped`, () => assert.equal(outcome(source), '&lt;i&gt;'));
  }

  const endless = [
    '{% for i in (1..10000000000) %}x{% endfor %}',
    '{% for a in (1..999) %}{% for b in (1..999) %}{% for c in (1..99) %}{{ c }}{% endfor %}{% endfor %}{% endfor %}',
    '{% for a in (1..999) %}{% for b in (1..999) %}{% for c in (1..99) %}{% endfor %}{% endfor %}{% endfor %}',
    `{% assign s = "xxxxxxxxxx" %}${'{% assign s = s | append: s %}'.repeat(40)}{{ s }}`,
    `{{ "a" ${'| replace: "a", "aaaaaaaaaa" '.repeat(30)}}}`,
  ];
  for (const source of endless) {
    it(`${source.slice(0, 60)}… is stopped`, () => {
      const startedMs = performance.now();
      assert.match(outcome(source), /^refused: .*limit exceeded/);
      assert.ok(performance.now() - startedMs < 1_000);
    });
  }

  it('refuses a text that is too long', () => {
    assert.throws(() => parseText('x'.repeat(20_001)), /parse length limit exceeded/);
  });

  it('refuses an unknown filter or tag when the text is read', () => {
    assert.throws(() => parseText('{{ name | shout }}'), /undefined filter/);
    assert.throws(() => parseText('{% script %}'), /not found/);
  });
});
