import type { Option } from './inputs.tsx';

/** Every timezone the running system knows; `UTC` is not in that list. */
export const timezones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

const languageTitles = { en: 'English', de: 'Deutsch', es: 'Español', fr: 'Français' } as const;
export const languageOptions: readonly Option[] = Object.entries(languageTitles).map(([value, label]) => ({
  value,
  label,
}));

let countries: Option[] | undefined;

/** Countries in the order of their names. Codes that name nothing are left out. */
export function countryOptions(): readonly Option[] {
  if (countries) return countries;
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  // Codes the system still names, though no business can be there: gone states, blocs and private ones.
  const gone = new Set('AN BU CS DD DY EU EZ FX HV NH NT QO RH SU TP UK UN VD XA XB YD YU ZR ZZ'.split(' '));
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  countries = letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const label = gone.has(code) ? undefined : names.of(code);
      return label && label !== code ? [{ value: code, label }] : [];
    })
    .sort((a, b) => a.label.localeCompare(b.label));
  return countries;
}
