// @ts-check
import { all } from './dom.js';

/** What the device knows, by the word in data-fill. @type {Record<string, () => string>} */
const known = {
  timezone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  language: () => navigator.language.slice(0, 2),
};

for (const select of all('select[data-fill]', HTMLSelectElement)) {
  const value = known[select.dataset['fill'] ?? '']?.();
  if (value && [...select.options].some((option) => option.value === value)) select.value = value;
}
