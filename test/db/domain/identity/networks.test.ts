import assert from 'node:assert/strict';
import { canonicalNetwork, isWithin, networkList } from '../../../../db/domain/identity/networks.ts';

describe('[SEC-6] addresses and networks', () => {
  it('are stored in one form, v4 and v6', () => {
    const forms: [string, string | null][] = [
      ['10.1.2.3/8', '10.0.0.0/8'],
      ['203.0.113.7', '203.0.113.7/32'],
      ['2001:DB8:0::1/32', '2001:db8::/32'],
      ['::1', '::1/128'],
      ['0.0.0.0/0', '0.0.0.0/0'],
      ...[
        '10.1',
        '0x7f.1',
        '010.0.0.1',
        '10.0.0.0/33',
        '10.0.0.0/',
        '10.0.0.0/8/8',
        '::/129',
        'localhost',
        '10.0.0.0/-1',
      ].map((one): [string, null] => [one, null]),
    ];
    for (const [given, stored] of forms) assert.equal(canonicalNetwork(given), stored, given);
  });

  it('tell who is inside; IPv4 over IPv6 is IPv4, and no address is nowhere', () => {
    const networks = ['10.0.0.0/8', '2001:db8::/32'];
    assert.deepEqual(
      ['10.255.0.1', '::ffff:10.0.0.1', '2001:db8::7'].map((ip) => isWithin(networks, ip)),
      [true, true, true],
    );
    assert.deepEqual(
      ['11.0.0.1', '::ffff:11.0.0.1', '2001:db9::7', undefined, 'nonsense'].map((ip) =>
        isWithin(networks, ip),
      ),
      [false, false, false, false, false],
    );
  });

  it('are read line by line, each once, and the wrong one is named', () => {
    assert.deepEqual(networkList.parse(' 10.0.0.1/8\n10.0.0.0/8, ::1\n'), ['10.0.0.0/8', '::1/128']);
    const refused = networkList.safeParse('10.0.0.0/8\n10.0.0.300');
    assert.match(refused.error?.issues[0]?.message ?? '', /“10\.0\.0\.300”/);
  });
});
