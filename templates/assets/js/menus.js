// @ts-check
import { all, around } from './dom.js';

// One menu is open at a time; Escape and a click elsewhere close it.
const openMenus = () => all('[data-menu][open]', HTMLElement);

document.addEventListener('click', (event) => {
  const kept = around(event, '[data-menu]');
  for (const menu of openMenus()) if (menu !== kept) menu.removeAttribute('open');
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const [menu] = openMenus();
  if (!menu) return;
  menu.removeAttribute('open');
  menu.querySelector('summary')?.focus();
});
