import { z } from 'zod';
import { language, text, timezone } from '../common.ts';
import { idPattern } from '../ids.ts';

export const tenantStatuses = ['onboarding', 'live', 'suspended', 'abandoned'] as const;

export const tenant = z.object({
  id: z.string().regex(idPattern('tenant')),
  partnerId: z.string().regex(idPattern('partner')).nullable(),
  name: text(120, 2),
  status: z.enum(tenantStatuses),
  timezone,
  language,
  /** ISO 3166-1 alpha-2; null until the business profile is filled in. */
  country: z.string().length(2).nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Tenant = z.infer<typeof tenant>;

/**
 * The key by which names are compared: case, accents, spaces and punctuation don't count. Vowel marks of scripts that
 * write vowels as marks do count, and a name of symbols only is compared as it is.
 */
export function tenantNameKey(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '');
  const key = plain.replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
  return key === '' ? name.trim() : key;
}
