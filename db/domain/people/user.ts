import { z } from 'zod';
import { emailAddress, language, text, timezone } from '../common.ts';
import { idPattern } from '../ids.ts';
import { tenantRoles } from '../roles.ts';

export const user = z.object({
  id: z.string().regex(idPattern('user')),
  email: emailAddress,
  name: text(120),
  emailVerifiedAt: z.date().nullable(),
  platformRole: z.enum(['superAdmin', 'partner']).nullable(),
  partnerId: z.string().nullable(),
  timezone,
  language,
  status: z.enum(['active', 'suspended']),
  createdAt: z.date(),
});
export type User = z.infer<typeof user>;

export const membership = z.object({
  tenantId: z.string(),
  userId: z.string(),
  role: z.enum(tenantRoles),
  status: z.enum(['active', 'suspended']),
  createdAt: z.date(),
});

/** Characters. Length matters, composition doesn't; no upper limit below 64. @see NIST SP 800-63B. */
export const passwordLength = { min: 12, max: 256 } as const;
export const password = z
  .string()
  .min(passwordLength.min, `At least ${passwordLength.min} characters.`)
  .max(passwordLength.max, `At most ${passwordLength.max} characters.`);
