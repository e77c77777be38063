import { isCountry } from '../../db/domain/common.ts';
import type { Option } from '../ui/inputs.tsx';

/** Every timezone the running system knows; `UTC` is not in that list. */
export const timezones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

const languageTitles = { en: 'English', de: 'Deutsch', es: 'Español', fr: 'Français' } as const;
export const languageOptions: readonly Option[] = Object.entries(languageTitles).map(([value, label]) => ({
  value,
  label,
}));

/** What the choice of a language changes, and what it doesn't. */
export const placesCopy = { language: 'Also sets how we write numbers. Pages are in English.' } as const;

let countries: Option[] | undefined;

/** Countries in the order of their names. */
export function countryOptions(): readonly Option[] {
  if (countries) return countries;
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  countries = letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const label = isCountry(code) ? names.of(code) : undefined;
      return label ? [{ value: code, label }] : [];
    })
    .sort((a, b) => a.label.localeCompare(b.label));
  return countries;
}
