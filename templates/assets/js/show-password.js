// @ts-check
import { all, formOf, one } from './dom.js';

for (const button of all('[data-show-password]', HTMLButtonElement)) {
  const input = document.getElementById(button.dataset['showPassword'] ?? '');
  if (!(input instanceof HTMLInputElement)) continue;
  const word = one('span', HTMLSpanElement, button);
  const words = { show: word.textContent ?? '', hide: button.dataset['hideLabel'] ?? '' };
  /** @param {boolean} shown */
  const set = (shown) => {
    input.type = shown ? 'text' : 'password';
    word.textContent = shown ? words.hide : words.show;
  };
  button.hidden = false;
  button.addEventListener('click', () => set(input.type === 'password'));
  // Browsers offer to keep what a password field holds, and fill in no other.
  formOf(input).addEventListener('submit', () => set(false));
}
