import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { remoteFetch } from '../../../activities/mcp/gateway/remote-fetch.ts';
import { openLaunch } from '../../../activities/mcp/gateway/third-party.ts';
import { openConnections } from '../../../activities/mcp/kit/network.ts';
import { remoteMcp } from '../../support/remote-mcp.ts';

const listenersOf = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

/** `ask` fetches from a server that answers as `listener` does, with a signal that outlives its requests. */
async function withServer(
  listener: RequestListener,
  use: (ask: (path: string) => Promise<Response>, session: AbortController) => Promise<void>,
): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const through = openConnections({ guarded: false });
  const session = new AbortController();
  const { port } = server.address() as AddressInfo;
  const fetch = remoteFetch(through);
  try {
    await use((path) => fetch(`http://127.0.0.1:${port}${path}`, { signal: session.signal }), session);
  } finally {
    await through.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('[MCP-G] a session with a remote server', () => {
  it('keeps no listener of the calls it has answered', async () => {
    const remote = await remoteMcp('token');
    const way = await openLaunch(
      { packages: {} as never, tools: { baseUrls: {}, allowPrivateHosts: true } },
      {
        name: 'remote',
        launch: { url: remote.url, headers: { authorization: 'KEY' } },
        credentialFields: [],
      },
      { KEY: 'token' },
    );
    const { _abortController: lifetime } = way.client.transport as unknown as {
      _abortController: AbortController;
    };
    const echo = () => way.client.callTool({ name: 'echo', arguments: { word: 'on' } });
    try {
      await echo();
      const before = listenersOf(lifetime.signal);
      for (let i = 0; i < 30; i += 1) await echo();
      assert.equal(listenersOf(lifetime.signal), before);
    } finally {
      await way.close();
      await remote.close();
    }
  });

  it('lets go of its signal when an answer was read, dropped, empty, or never came', async () => {
    const listener: RequestListener = (request, response) => {
      if (request.url === '/broken') request.socket.destroy();
      else if (request.url === '/empty') response.writeHead(204).end();
      else if (request.url === '/redirect') response.writeHead(302, { location: '/' }).end();
      else response.end('an answer');
    };
    await withServer(listener, async (ask, { signal }) => {
      assert.equal(await (await ask('/')).text(), 'an answer');
      await (await ask('/')).body?.cancel();
      assert.equal((await ask('/empty')).status, 204);
      await assert.rejects(ask('/broken'));
      await assert.rejects(ask('/redirect'));
      assert.equal(listenersOf(signal), 0);
    });
  });

  it('ends an answer under way, and asks nothing more, when its signal says so', async () => {
    const listener: RequestListener = (_request, response) => void response.write('the beginning');
    await withServer(listener, async (ask, session) => {
      const answer = await ask('/');
      assert.equal(listenersOf(session.signal), 1);
      session.abort(new Error('the session is over'));
      await assert.rejects(answer.text(), /the session is over/);
      assert.equal(listenersOf(session.signal), 0);
      await assert.rejects(ask('/'), /the session is over/);
    });
  });
});
