import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { AuditKey, CheckpointStatement } from '../domain/audit/checkpoint.ts';

/** What a signature is for: one for a checkpoint never passes for one of an export. */
export type Signed = 'checkpoint' | 'export';

/** Signs for this installation. */
export interface AuditSigner extends AuditKey {
  /** Signature over the canonical JSON of a statement, in base64url. */
  sign(what: Signed, statement: object): string;
}

/** DER headers of Ed25519 keys, before their 32 bytes. @see RFC 8410 */
const privateHeader = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicHeader = Buffer.from('302a300506032b6570032100', 'hex');

const messageOf = (what: Signed, statement: object): Buffer =>
  Buffer.from(`bizosaas audit ${what}\n${canonicalJson(statement)}`);

const keyIdOf = (publicKey: Buffer): string =>
  createHash('sha256').update(publicKey).digest('hex').slice(0, 16);

/** The signer whose private key is made of a secret seed of 32 bytes. */
export function auditSigner(seed: Buffer): AuditSigner {
  const key = createPrivateKey({ key: Buffer.concat([privateHeader, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key)
    .export({ format: 'der', type: 'spki' })
    .subarray(publicHeader.length);
  return {
    keyId: keyIdOf(publicKey),
    publicKey: publicKey.toString('base64url'),
    sign: (what, statement) => sign(null, messageOf(what, statement), key).toString('base64url'),
  };
}

/** Hash by which the next checkpoint refers to this one, in hex. */
export const statementHash = (statement: CheckpointStatement): string =>
  createHash('sha256').update(messageOf('checkpoint', statement)).digest('hex');

/** Public keys by id, ready to check signatures with. */
export type KeyRing = ReadonlyMap<string, KeyObject>;

/** The keys whose id is that of their bytes; others can't be trusted to be what they are called. */
export function keyRing(keys: readonly AuditKey[]): KeyRing {
  const ring = new Map<string, KeyObject>();
  for (const { keyId, publicKey } of keys) {
    const bytes = Buffer.from(publicKey, 'base64url');
    if (bytes.length !== 32 || keyIdOf(bytes) !== keyId) continue;
    ring.set(
      keyId,
      createPublicKey({ key: Buffer.concat([publicHeader, bytes]), format: 'der', type: 'spki' }),
    );
  }
  return ring;
}

/** Whether a signature is that of the key over the statement. */
export function isSigned(
  ring: KeyRing,
  keyId: string,
  what: Signed,
  statement: object,
  signature: string,
): boolean {
  const key = ring.get(keyId);
  const bytes = Buffer.from(signature, 'base64url');
  // Other texts decode to the same bytes; only the one that was written is accepted.
  if (!key || bytes.toString('base64url') !== signature) return false;
  return verify(null, messageOf(what, statement), key, bytes);
}
