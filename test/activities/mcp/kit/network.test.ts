import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { forbiddenHostCode, isInside, openConnections } from '../../../../activities/mcp/kit/network.ts';

describe('[MCP-09] [MCP-13] addresses that tenants name', () => {
  it('private and reserved networks are told from the rest', () => {
    const inside = [
      ...[
        '0.0.0.0',
        '10.1.2.3',
        '100.64.0.1',
        '127.0.0.1',
        '127.255.255.255',
        '169.254.169.254',
        '172.16.0.1',
      ],
      ...[
        '172.31.255.255',
        '192.0.0.1',
        '192.168.1.1',
        '198.18.0.1',
        '203.0.113.9',
        '224.0.0.1',
        '255.255.255.255',
      ],
      ...[
        '::',
        '::1',
        'fc00::1',
        'fd12:3456::1',
        'fe80::1',
        'fe80::1%eth0',
        'ff02::1',
        '2001:db8::1',
        '2002:7f00:1::',
      ],
      ...[
        '64:ff9b::7f00:1',
        '::ffff:127.0.0.1',
        '::FFFF:10.0.0.1',
        '::ffff:7f00:1',
        '0:0:0:0:0:ffff:127.0.0.1',
      ],
      ...['', 'localhost', 'site.example', '1.2.3', '0x7f.0.0.1'],
    ];
    for (const address of inside) assert.equal(isInside(address), true, address);
    const outside = [
      '8.8.8.8',
      '172.15.0.1',
      '172.32.0.1',
      '100.128.0.1',
      '192.167.1.1',
      '2606:4700::1111',
      '::ffff:8.8.8.8',
    ];
    for (const address of outside) assert.equal(isInside(address), false, address);
  });

  describe('are refused at the moment of connecting', () => {
    let reached = 0;
    const http = createServer((_request, response) => {
      reached += 1;
      response.end('inside');
    });
    const guarded = openConnections({ guarded: true });
    const open = openConnections({ guarded: false });
    let port: number;
    before(async () => {
      await new Promise<void>((resolve) => http.listen(0, resolve));
      port = (http.address() as AddressInfo).port;
    });
    after(async () => {
      await Promise.all([guarded.close(), open.close()]);
      http.close();
      http.closeAllConnections();
    });

    it('as numbers in every notation, and as names that lead inside', async () => {
      const hosts = ['127.0.0.1', '2130706433', '0x7f.1', '0177.0.0.1', '127.1', '0.0.0.0', 'localhost'];
      for (const host of [...hosts, '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]']) {
        await assert.rejects(
          request(`http://${host}:${port}/`, { dispatcher: guarded }),
          (error: NodeJS.ErrnoException) => error.code === forbiddenHostCode,
          host,
        );
      }
      assert.equal(reached, 0);
    });

    it('and allowed where no tenant names the host', async () => {
      const answer = await request(`http://localhost:${port}/`, { dispatcher: open });
      assert.equal(await answer.body.text(), 'inside');
      assert.equal(reached, 1);
    });
  });
});
