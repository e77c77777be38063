// @ts-check
import { all, around, each, isTyping } from './dom.js';

/** @param {HTMLDialogElement} dialog */
function open(dialog) {
  dialog.removeAttribute('open');
  dialog.showModal();
  const [chosen] = all('[data-focus]', HTMLElement, dialog);
  const [field] = all('textarea, input:not([type=hidden]), select', HTMLElement, dialog);
  (chosen ?? field)?.focus();
}

/**
 * @param {Event} event
 * @param {HTMLElement} opener
 */
function openFrom(event, opener) {
  const dialog = document.getElementById(opener.dataset['dialog'] ?? '');
  if (!(dialog instanceof HTMLDialogElement)) return;
  event.preventDefault();
  opener.closest('[data-menu]')?.removeAttribute('open');
  open(dialog);
}

/** @param {Event} event */
function closeFrom(event) {
  const dialog = around(event, '[data-close]')?.closest('dialog');
  const { target } = event;
  if (dialog?.open) {
    event.preventDefault();
    dialog.close();
  } else if (target instanceof HTMLDialogElement && target.dataset['light'] !== undefined) {
    // A click beside what the dialog holds.
    target.close();
  }
}

document.addEventListener('click', (event) => {
  const opener = around(event, '[data-dialog]');
  if (opener) openFrom(event, opener);
  else closeFrom(event);
});
each('dialog[data-open]', HTMLDialogElement, open);

// An address ending in #id opens that dialog: the command palette leads to actions this way.
function openNamed() {
  const dialog = document.getElementById(location.hash.slice(1));
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
  open(dialog);
  history.replaceState(null, '', location.pathname + location.search);
}
document.addEventListener('keydown', (event) => {
  if (event.key !== '?' || isTyping(event) || document.querySelector('dialog[open]')) return;
  const dialog = document.getElementById('shortcuts');
  if (dialog instanceof HTMLDialogElement) open(dialog);
});

addEventListener('hashchange', openNamed);
openNamed();
