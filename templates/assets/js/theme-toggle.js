// @ts-check
import { all } from './dom.js';

const { dataset } = document.documentElement;

function isDark() {
  return dataset['bsTheme']
    ? dataset['bsTheme'] === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
}

function toggle() {
  const theme = isDark() ? 'light' : 'dark';
  dataset['bsTheme'] = theme;
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // It then holds for this page only.
  }
}

for (const button of all('[data-theme-toggle]', HTMLElement)) {
  button.hidden = false;
  button.addEventListener('click', toggle);
}
