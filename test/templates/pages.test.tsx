import assert from 'node:assert/strict';
import { assets, assetUrls } from '../../templates/layout/assets.ts';
import { gallery } from './gallery.tsx';

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

describe('Every page', () => {
  const namesIn = (url: string) =>
    all(assets.get(url)?.body.toString() ?? '', /<symbol id="([^"]+)"/g).map((name) => `${url}#${name}`);
  const symbols = new Set([assetUrls.icons, assetUrls.logos].flatMap(namesIn));

  for (const { name, html } of gallery) {
    describe(name, () => {
      const text = html();

      it('has one main heading, a title and a main landmark', () => {
        assert.equal(all(text, /<(h1)[ >]/g).length, 1);
        assert.match(text, /<title>[^<]+ · BizOSaaS<\/title>/);
        assert.match(text, /<main id="main"/);
      });

      it('links inside the page, labels and descriptions all find their id', () => {
        const ids = all(text, /\sid="([^"]+)"/g);
        assert.equal(new Set(ids).size, ids.length, 'ids are unique');
        const targets = [
          ...all(text, /<a[^>]*\shref="#([^"]+)"/g),
          ...all(text, /<label[^>]*\sfor="([^"]+)"/g),
          ...all(text, /aria-(?:describedby|labelledby)="([^"]+)"/g).flatMap((list) => list.split(' ')),
        ];
        for (const target of targets) assert.ok(ids.includes(target), `#${target} exists`);
      });

      it('sends its forgery token with every form and every request', () => {
        const forms = text
          .split('<form ')
          .slice(1)
          .map((part) => part.split('</form>')[0] ?? '');
        for (const form of forms.filter((part) => part.includes('method="post"'))) {
          assert.match(form, /name="_csrf" value="csrf-token-of-the-gallery"/);
        }
        assert.match(
          text,
          /hx-headers:inherited="\{&quot;x-csrf-token&quot;:&quot;csrf-token-of-the-gallery&quot;}"/,
        );
      });

      it('uses icons that exist, hidden from screen readers', () => {
        for (const used of all(text, /<use href="([^"]+)"/g)) assert.ok(symbols.has(used), used);
        assert.equal(
          all(text, /<svg class="bz-(?:i|logo)\b[^"]*"( aria-hidden="true")?>/g).includes(''),
          false,
        );
      });

      it('is at most 60 kB of HTML', () => {
        assert.ok(Buffer.byteLength(text) <= 60_000, `${Buffer.byteLength(text)} bytes`);
      });
    });
  }
});
