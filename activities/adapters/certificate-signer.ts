import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { canonicalJson } from '../../db/domain/canonical-json.ts';
import type { CertificateSigner } from '../../db/domain/identity/certificate.ts';

/** PKCS #8 of an Ed25519 key up to its 32 bytes. @see RFC 8410. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface CertificateKey extends CertificateSigner {
  /** PEM, for those who check a certificate themselves. */
  publicKey: string;
  /** Whether the signature holds for exactly this content. */
  isGenuine(content: { keyId: string }, signature: string): boolean;
}

/** Signs and checks certificates with the Ed25519 key of these 32 bytes; its id is the start of the public key's SHA-256. */
export function certificateKey(seed: Buffer): CertificateKey {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const keyId = createHash('sha256').update(der).digest('hex').slice(0, 16);
  return {
    keyId,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
    isGenuine: (content, signature) =>
      content.keyId === keyId &&
      verify(null, Buffer.from(canonicalJson(content)), publicKey, Buffer.from(signature, 'base64url')),
  };
}
