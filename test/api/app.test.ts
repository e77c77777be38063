import assert from 'node:assert/strict';
import { type Platform, startPlatform } from '../support/api.ts';

describe('[WF-1] the API as a whole', function () {
  this.timeout(60_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform({ worker: false });
  });
  after(() => platform.stop());

  it('405: the probes are only read', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const answer = await platform.caller().call('POST', path, {});
      assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'GET, HEAD'], path);
      assert.equal(answer.body.code, 'request.method-not-allowed');
    }
    assert.equal((await platform.caller().call('GET', '/healthz')).status, 200);
  });

  it('404: the error page says once what happened, and what to do next', async () => {
    const { status, text } = await platform.caller().call('GET', '/nothing-here');
    assert.equal(status, 404);
    const [, main = ''] = text.split('<main');
    assert.equal(main.match(/Page not found/g)?.length, 1);
    assert.match(main, /Go to Home/);
    assert.match(main, /Request ID \(for support\)/);
  });
});
