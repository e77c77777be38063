import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import express from 'express';
import { serveAsset } from '../../../api/kit/serve-asset.ts';
import { assets, assetUrls } from '../../../templates/layout/assets.ts';

describe('Assets on the wire', () => {
  const server = express().set('etag', false).get('/assets/*file', serveAsset).listen(0, '127.0.0.1');
  after(() => void server.close());

  async function get(
    path: string,
    headers: Record<string, string>,
  ): Promise<IncomingMessage & { body: Buffer }> {
    const { port } = server.address() as AddressInfo;
    const asked = request({ host: '127.0.0.1', port, path, headers }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    return Object.assign(answer, { body: Buffer.concat(chunks) });
  }

  const sheet = assets.get(assetUrls.portalCss)?.body ?? Buffer.alloc(0);
  for (const [encoding, unpack] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    it(`are packed with ${encoding}, under an ETag of their own, to be kept for ever`, async () => {
      const answer = await get(assetUrls.portalCss, { 'accept-encoding': encoding });
      assert.equal(answer.headers['content-encoding'], encoding);
      assert.match(answer.headers['cache-control'] ?? '', /max-age=31536000, immutable/);
      assert.equal(answer.headers.vary, 'accept-encoding');
      assert.equal(Number(answer.headers['content-length']), answer.body.length);
      assert.ok(answer.body.length < 25_000, `${answer.body.length} bytes`);
      assert.ok(unpack(answer.body).equals(sheet));
      const etag = answer.headers.etag ?? '';
      assert.match(etag, new RegExp(`^"[0-9a-f]{12}-${encoding}"$`));
      const again = await get(assetUrls.portalCss, { 'accept-encoding': encoding, 'if-none-match': etag });
      assert.deepEqual([again.statusCode, again.body.length], [304, 0]);
      const other = await get(assetUrls.portalCss, { 'if-none-match': etag });
      assert.deepEqual([other.statusCode, other.body.equals(sheet)], [200, true]);
    });
  }

  it('come as they are to clients that take nothing packed', async () => {
    const answer = await get(assetUrls.portalCss, { 'accept-encoding': 'br;q=0, gzip;q=0' });
    assert.equal(answer.headers['content-encoding'], undefined);
    assert.ok(answer.body.equals(sheet));
  });
});
