import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { defineProcess } from '../define.ts';

const rotated = z.object({
  /** ISO time until which the old secret works; null without an overlap. */
  previousUntil: z.string().nullable(),
});

export const rotateApiKeyContract = defineProcess({
  name: 'rotate-api-key',
  title: 'API key rotation',
  summary: 'Gives an API key a new secret. The old one works until the overlap ends, then it is forgotten.',
  queue: 'core',
  tellsCaller: true,
  trigger: null,
  cancelEffect: 'The old secret still ends with its overlap.',
  steps: [
    { key: 'rotate', title: 'New secret in place' },
    { key: 'overlap', title: 'Old secret works until its overlap ends' },
    { key: 'forget', title: 'Old secret forgotten' },
  ],
  input: z.strictObject({
    tenantId: z.string(),
    keyId: z.string(),
    /** Hours for which the old secret works; at most 7 days. */
    overlapHours: z.number().int().min(0).max(168),
    /** SHA-256 of the new key: the key itself never leaves the API. */
    secretHash: z.string(),
    last4: z.string(),
    by: actor,
    /** The same request again leads to the same run. */
    requestKey: z.string(),
  }),
  output: rotated,
  updates: {
    /** Answers when the new secret works. */
    keyRotated: { input: z.null(), output: rotated },
  },
  tenantId: ({ tenantId }) => tenantId,
  key: ({ keyId, requestKey }) => `${keyId}-${requestKey}`,
  subject: ({ keyId }) => keyId,
});
