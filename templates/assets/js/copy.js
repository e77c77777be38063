// @ts-check
import { announce } from './announce.js';
import { all, around } from './dom.js';

function showButtons() {
  // Missing where the connection is not secure.
  if (!('clipboard' in navigator)) return;
  for (const button of all('[data-copy]', HTMLElement)) button.hidden = false;
}

/** @param {HTMLElement} button */
async function copy(button) {
  const block = button.closest('figure')?.querySelector('code')?.textContent;
  const text = button.dataset['copy'] || block || '';
  try {
    await navigator.clipboard.writeText(text);
    announce('Copied');
    button.classList.add('bz-copied');
    setTimeout(() => button.classList.remove('bz-copied'), 1500);
  } catch {
    announce('Copying is not allowed here');
  }
}

document.addEventListener('click', (event) => {
  const button = around(event, '[data-copy]');
  if (button) void copy(button);
});
document.addEventListener('htmx:after:swap', showButtons);
showButtons();
