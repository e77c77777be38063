// @ts-check
import { all, isTyping } from './dom.js';

// In a list j and k move and Enter opens; / goes to the search.

/** @param {1 | -1} by */
function move(by) {
  const links = all('table[data-rows] tbody tr > td:first-child > a', HTMLElement);
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[at === -1 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

document.addEventListener('keydown', (event) => {
  if (isTyping(event) || document.querySelector('dialog[open]')) return;
  if (event.key === '/') {
    const [search] = all('form[role=search] input[type=search]', HTMLInputElement);
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  } else if (!event.metaKey && !event.ctrlKey && !event.altKey) {
    if (event.key === 'j') move(1);
    if (event.key === 'k') move(-1);
  }
});
