import { z } from 'zod';
import { language, text, timezone } from '../common.ts';

const optional = (schema: z.ZodString) =>
  z
    .union([schema, z.literal('')])
    .nullish()
    .transform((value) => value || null);

/** What people say of themselves. An empty field takes away what was there. */
export const profile = z.strictObject({
  name: text(120),
  phone: optional(text(30).regex(/^\+?[\d\s().\-/]{5,}$/, 'Enter a phone number such as +49 30 1234567.')),
  jobTitle: optional(text(80)),
  timezone,
  language,
});
export type Profile = z.infer<typeof profile>;
