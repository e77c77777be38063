import type { CredentialField } from './credential-field.ts';

const longest = 8_000;

/**
 * What is wrong with the values of a credential form, by field; empty when nothing is. `needed` says whether fields
 * that the form asks for have to be there.
 */
export function credentialProblems(
  fields: readonly CredentialField[],
  values: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const key of Object.keys(values)) {
    if (!fields.some((field) => field.key === key)) problems[key] = 'There is no such field.';
  }
  for (const { key, label, optional, pattern, placeholder } of fields) {
    const value = values[key];
    if (value === undefined || value === '') {
      if (!optional) problems[key] = `Enter: ${label}.`;
    } else if (typeof value !== 'string' || value.length > longest) {
      problems[key] = 'Enter one text.';
    } else if (pattern && !new RegExp(pattern, 'u').test(value)) {
      problems[key] = placeholder ? `This does not look like ${placeholder}` : 'This does not look right.';
    }
  }
  return problems;
}

/** The values that were filled in, without the spaces that copying brings. */
export function filledIn(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(values).map(([key, value]) => [key, String(value as string).trim()] as const);
  return Object.fromEntries(texts.filter(([, value]) => value !== ''));
}
