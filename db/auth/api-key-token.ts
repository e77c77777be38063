import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 30 characters of 62 hold 178 bits. */
const secretLength = 30;
const checksumLength = 6;
const shape = /^bz_live_([0-9a-z]{26})_([0-9A-Za-z]{36})$/;

function inBase62(value: bigint, length: number): string {
  let text = '';
  let rest = value;
  for (let i = 0; i < length; i++) {
    text = base62.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}

const checksumOf = (text: string): string => inBase62(BigInt(crc32(text)), checksumLength);

/** What is stored of a key: the SHA-256 of all of it, as hex. A fast hash is right for a secret that can't be guessed. */
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

export interface WrittenKey {
  /** Shown once: `bz_live_<id>_<secret><checksum>`. */
  key: string;
  secretHash: string;
  last4: string;
}

/**
 * Writes a key out. `random` must be at least 23 bytes that can't be guessed. Its six last characters are a checksum, so
 * that a scanner, and we, can tell a typo without a database.
 */
export function writeKey(keyId: string, random: Buffer): WrittenKey {
  const secret = inBase62(BigInt(`0x${random.toString('hex')}`), secretLength);
  const body = `bz_live_${keyId.replace(/^key_/, '')}_${secret}`;
  const key = body + checksumOf(body);
  return { key, secretHash: hashOf(key), last4: key.slice(-4) };
}

/** The id a key names and its hash; null where shape or checksum is wrong. */
export function readKey(key: string): { keyId: string; secretHash: string } | null {
  const [, id] = shape.exec(key) ?? [];
  const body = key.slice(0, -checksumLength);
  if (!id || checksumOf(body) !== key.slice(-checksumLength)) return null;
  return { keyId: `key_${id}`, secretHash: hashOf(key) };
}
