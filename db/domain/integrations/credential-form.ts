import type { CredentialField } from './credential-field.ts';

const longest = 8_000;

/**
 * Messages for the invalid values of a credential form, by field; empty when all are valid. `needed` tells whether
 * required fields must be present.
 */
export function credentialProblems(
  fields: readonly CredentialField[],
  values: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const key of Object.keys(values)) {
    if (!fields.some((field) => field.key === key)) problems[key] = 'Unknown field.';
  }
  for (const { key, label, optional, pattern, placeholder } of fields) {
    const value = values[key];
    if (value === undefined || value === '') {
      if (!optional) problems[key] = `Enter: ${label}.`;
    } else if (typeof value !== 'string' || value.length > longest) {
      problems[key] = 'Enter a single value.';
    } else if (pattern && !new RegExp(pattern, 'u').test(value)) {
      problems[key] = placeholder ? `This doesn’t look like ${placeholder}` : 'This doesn’t look right.';
    }
  }
  return problems;
}

/** The values that were filled in, trimmed, as copying often adds spaces. */
export function filledIn(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(values).map(([key, value]) => [key, String(value as string).trim()] as const);
  return Object.fromEntries(texts.filter(([, value]) => value !== ''));
}
