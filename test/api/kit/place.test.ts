import assert from 'node:assert/strict';
import { placeOf } from '../../../api/kit/place.ts';

describe('[SEC-1] the place limits count', () => {
  const places: [string, string][] = [
    ['198.51.100.7', '198.51.100.0/24'],
    ['198.51.100.255', '198.51.100.0/24'],
    ['198.51.101.7', '198.51.101.0/24'],
    ['::ffff:198.51.100.7', '198.51.100.0/24'],
    ['::ffff:c633:6407', '198.51.100.0/24'],
    ['0:0:0:0:0:ffff:c633:6407', '198.51.100.0/24'],
    ['2001:db8::1', '2001:db8::/64'],
    ['2001:db8:0:0:ffff::1', '2001:db8::/64'],
    ['2001:0DB8:0000:0000:1234:5678:9abc:def0', '2001:db8::/64'],
    ['2001:db8:0:1::1', '2001:db8:0:1::/64'],
    ['::1', '::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['fe80::2', 'fe80::/64'],
    ['not an address', 'unknown'],
    ['', 'unknown'],
  ];
  for (const [ip, place] of places)
    it(`${ip || 'nothing'} is in ${place}`, () => {
      assert.equal(placeOf(ip), place);
    });
});
