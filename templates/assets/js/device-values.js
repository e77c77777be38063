// @ts-check
import { each } from './dom.js';

/** What the device knows, by the word in data-fill. @type {Record<string, () => string>} */
const known = {
  timezone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  language: () => navigator.language.slice(0, 2),
};

each('select[data-fill]', HTMLSelectElement, (select) => {
  const value = known[select.dataset['fill'] ?? '']?.();
  if (value && [...select.options].some((option) => option.value === value)) select.value = value;
});
