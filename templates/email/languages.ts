import { languages } from '../../db/domain/common.ts';

/** Languages that emails are written in. */
export const mailLanguages = languages;
export type MailLanguage = (typeof mailLanguages)[number];

/** The language itself or that of its region ("de-AT" is written in "de"); English where there is none. */
export function mailLanguage(language: string): MailLanguage {
  const base = language.toLowerCase().split('-')[0];
  return mailLanguages.find((known) => known === base) ?? 'en';
}
