import { z } from 'zod';

/** Control characters, line ends, direction overrides and lone surrogates: they break rows, logs and display. */
const unsafe = '\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069';
const oneLine = new RegExp(`^[^${unsafe}]*$`, 'u');
/** The same, but line breaks and tabs are allowed. */
export const manyLines = new RegExp(`^(?:[^${unsafe}]|[\\n\\r\\t])*$`, 'u');

/** Text a person typed: trimmed, no control characters, bounded. */
export function text(max: number, min = 1): z.ZodString {
  return z
    .string()
    .trim()
    .min(min, min === 1 ? 'Fill this in.' : `At least ${min} characters.`)
    .max(max, `At most ${max} characters.`)
    .regex(oneLine, 'Leave out line breaks and control characters.');
}

export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'At most 254 characters.')
  .pipe(z.email('Enter an email address such as name@example.com.'));

const knownTimezones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);

/** Browsers give a zone's old or new name ("Asia/Calcutta", "Asia/Kolkata"); the list holds one, the system knows both. */
function isTimezone(zone: string): boolean {
  if (knownTimezones.has(zone)) return true;
  if (!/^[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z_-]+){1,2}$/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // a well-formed name that no zone has
  }
}
export const timezone = z.string().refine(isTimezone, 'Choose a timezone from the list.');

export const languages = ['en', 'de', 'es', 'fr'] as const;
export const language = z.enum(languages, 'Choose a language from the list.');

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** Codes with a name that aren't current countries: unions, former states, test locales. */
const noCountries = new Set(
  'AN BU CS DD DY EU EZ FX HV NH NT QO RH SU TP UK UN VD XA XB YD YU ZR ZZ'.split(' '),
);

/** Whether a code names a current country. */
export function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && !noCountries.has(code) && regionNames.of(code) !== undefined;
}
/** ISO 3166-1 alpha-2; known to the running system. */
export const country = z.string().refine(isCountry, 'Choose a country from the list.');

/** Why an audited action is taken; stored in the audit log. */
export const reason = text(500, 10);

/** How many days longer a run waits for a person; a form sends digits. */
export const extraDays = z.coerce
  .number('Enter a number of days.')
  .int()
  .min(1, 'At least 1.')
  .max(90, 'At most 90.');

/** A name and password in an address would end up in logs and on pages. */
function isPlainUrl(value: string): boolean {
  if (/[\s\p{Cc}]/u.test(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return username === '' && password === '';
}

const webAddressMessage = 'Enter a web address such as https://example.com.';
export const webAddress = z
  .string()
  .trim()
  .max(2000)
  .transform((value) => (/^[a-z]+:\/\//i.test(value) ? value : `https://${value}`))
  .pipe(
    z
      .url({ protocol: /^https?$/, hostname: z.regexes.domain, error: webAddressMessage })
      .refine(isPlainUrl, webAddressMessage),
  );

/** Opaque paging: `cursor` of the last answer, at most `limit` items. */
export const paging = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type Paging = z.infer<typeof paging> & {
  /** Asks how many there are in all; costs a second query. */
  counted?: boolean | undefined;
};
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  /** How many the whole list holds, where that was asked for; past `countedTo` only that there are more. */
  total?: number;
}
/** Lists are counted up to here, so that a count stays quick at any size. */
export const countedTo = 1_000;
