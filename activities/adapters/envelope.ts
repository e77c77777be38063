import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
const keyBytes = 32;
const wrappedBytes = ivBytes + tagBytes + keyBytes;

/** iv, tag, ciphertext. `context` is not stored: opening with another one fails. */
function encrypt(key: Buffer, content: Buffer, context: string): Buffer {
  const iv = randomBytes(ivBytes);
  const sealing = createCipheriv(cipher, key, iv, { authTagLength: tagBytes }).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([sealing.update(content), sealing.final()]);
  return Buffer.concat([iv, sealing.getAuthTag(), sealed]);
}

function decrypt(key: Buffer, sealed: Buffer, context: string): Buffer {
  const iv = sealed.subarray(0, ivBytes);
  const opening = createDecipheriv(cipher, key, iv, { authTagLength: tagBytes })
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([opening.update(sealed.subarray(ivBytes + tagBytes)), opening.final()]);
}

/** HKDF-SHA256: one key per purpose and tenant. @see RFC 5869. */
export function derive(masterKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `bizosaas:${purpose}`, keyBytes));
}

/**
 * Seals a value under its own data key, which is sealed under `wrappingKey`: rotating the wrapping key re-wraps 60
 * bytes and leaves the value alone. `place` is where the value is stored; it can't be opened anywhere else.
 */
export function sealEnvelope(wrappingKey: Buffer, value: string, place: string): Buffer {
  const valueKey = randomBytes(keyBytes);
  return Buffer.concat([
    encrypt(wrappingKey, valueKey, `key ${place}`),
    encrypt(valueKey, Buffer.from(value, 'utf8'), `value ${place}`),
  ]);
}

/** Throws when the envelope was made for another place or key, or was altered. */
export function openEnvelope(wrappingKey: Buffer, sealed: Buffer, place: string): string {
  const valueKey = decrypt(wrappingKey, sealed.subarray(0, wrappedBytes), `key ${place}`);
  return decrypt(valueKey, sealed.subarray(wrappedBytes), `value ${place}`).toString('utf8');
}
