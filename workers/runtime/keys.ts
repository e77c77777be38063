import { createHmac, hkdfSync } from 'node:crypto';

/** The 32-byte key for one purpose ("codec", "sessions", …): HKDF-SHA256, so one leaked key reveals no other. */
export function deriveKey(masterKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `bizosaas:${purpose}`, 32));
}

/** The password of a database role, derived so that migrations and processes agree without storing it anywhere. */
export function deriveRolePassword(key: string | Buffer, role: string): string {
  return createHmac('sha256', key).update(role).digest('base64url');
}
