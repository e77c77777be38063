import { z } from 'zod';

/** Text a person typed: trimmed, no control characters, bounded. */
export function text(max: number, min = 1): z.ZodString {
  return z
    .string()
    .trim()
    .min(min, min === 1 ? 'Fill this in.' : `At least ${min} characters.`)
    .max(max, `At most ${max} characters.`)
    .regex(/^[^\p{Cc}]*$/u, 'Leave out line breaks and control characters.');
}

export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'At most 254 characters.')
  .pipe(z.email('Enter an e-mail address such as name@example.com.'));

const knownTimezones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);
export const timezone = z.string().refine((zone) => knownTimezones.has(zone), 'Choose a timezone from the list.');

export const languages = ['en', 'de', 'es', 'fr'] as const;
export const language = z.enum(languages, 'Choose a language from the list.');

/** ISO 3166-1 alpha-2; known to the running system. */
const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
export const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'Choose a country from the list.')
  .refine((code) => regionNames.of(code) !== undefined, 'Choose a country from the list.');

/** Why an audited act is done; kept in the audit log. */
export const reason = text(500, 10);

export const webAddress = z
  .string()
  .trim()
  .max(2000)
  .transform((value) => (/^[a-z]+:\/\//i.test(value) ? value : `https://${value}`))
  .pipe(z.url({ protocol: /^https?$/, hostname: z.regexes.domain, error: 'Enter a web address such as https://example.com.' }));

/** Opaque paging: `cursor` of the last answer, at most `limit` items. */
export const paging = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type Paging = z.infer<typeof paging>;
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
