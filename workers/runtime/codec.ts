import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type Payload, type PayloadCodec, ValueError } from '@temporalio/common';
import proto from '@temporalio/proto';

const PayloadMessage = proto.temporal.api.common.v1.Payload;
const encoding = Buffer.from('binary/aes-256-gcm');
const ivBytes = 12;
const tagBytes = 16;

/**
 * Encrypts everything Temporal stores of a run (inputs, results, memo, messages) with AES-256-GCM, so that the
 * server, its database and its user interface hold nothing readable. The id of the key is stored with each payload;
 * `keys` holds every key that may still be needed, the first one encrypts.
 */
export function encryptingCodec(keys: readonly { id: string; key: Buffer }[]): PayloadCodec {
  const current = keys[0];
  if (!current) throw new Error('the payload codec needs a key');
  const keyId = Buffer.from(current.id);

  return {
    async encode(payloads) {
      return payloads.map((payload) => {
        const iv = randomBytes(ivBytes);
        const cipher = createCipheriv('aes-256-gcm', current.key, iv);
        const sealed = Buffer.concat([
          cipher.update(PayloadMessage.encode(payload).finish()),
          cipher.final(),
        ]);
        return {
          metadata: { encoding, 'encryption-key-id': keyId },
          data: Buffer.concat([iv, sealed, cipher.getAuthTag()]),
        };
      });
    },

    async decode(payloads) {
      return payloads.map((payload): Payload => {
        const { metadata, data } = payload;
        if (!metadata?.['encoding'] || !encoding.equals(metadata['encoding'])) return payload;
        const id = Buffer.from(metadata['encryption-key-id'] ?? []).toString();
        const found = keys.find((candidate) => candidate.id === id);
        if (!found || !data) throw new ValueError(`no key ${id} to read this payload`);
        const bytes = Buffer.from(data);
        const decipher = createDecipheriv('aes-256-gcm', found.key, bytes.subarray(0, ivBytes));
        decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
        const opened = Buffer.concat([
          decipher.update(bytes.subarray(ivBytes, bytes.length - tagBytes)),
          decipher.final(),
        ]);
        return PayloadMessage.decode(opened);
      });
    },
  };
}
