import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readKey, writeKey } from '../../../db/auth/api-key-token.ts';
import { newId } from '../../../db/domain/ids.ts';

describe('[SEC-5] the text of an API key', () => {
  it('carries its id and 178 random bits, and no other key has its hash', () => {
    const [id, other] = [newId('apiKey'), newId('apiKey')];
    const [one, two] = [writeKey(id, randomBytes(32)), writeKey(id, randomBytes(32))];
    assert.match(one.key, /^bz_live_[0-9a-z]{26}_[0-9A-Za-z]{36}$/);
    assert.deepEqual(readKey(one.key), { keyId: id, secretHash: one.secretHash });
    assert.notEqual(one.secretHash, two.secretHash);
    assert.equal(readKey(writeKey(other, randomBytes(32)).key)?.keyId, other);
    assert.equal(one.last4, one.key.slice(-4));
  });

  it('tells every single wrong character by its checksum, without a database', () => {
    const { key } = writeKey(newId('apiKey'), randomBytes(32));
    let wrong = 0;
    for (let at = 0; at < key.length; at++) {
      for (const character of ['0', 'z', '_']) {
        if (key[at] === character) continue;
        wrong += 1;
        assert.equal(readKey(key.slice(0, at) + character + key.slice(at + 1)), null, `${at} ${character}`);
      }
    }
    assert.ok(wrong > 140);
    const broken = ['', 'bz_live_', key.slice(1), `${key}a`, key.toUpperCase(), key.replace('live', 'test')];
    for (const one of broken) assert.equal(readKey(one), null, one);
  });
});
