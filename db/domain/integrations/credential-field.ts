import { z } from 'zod';
import { text } from '../common.ts';

/** One field of the form in which a tenant enters its credentials for a server. */
export const credentialField = z.object({
  key: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,59}$/),
  label: text(80),
  hint: text(300).optional(),
  secret: z.boolean(),
  optional: z.boolean().optional(),
  pattern: z.string().max(200).optional(),
  placeholder: text(100).optional(),
});
export type CredentialField = z.infer<typeof credentialField>;
