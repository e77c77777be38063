// @ts-check
import { all, around } from './dom.js';

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
for (const dialog of all('dialog[data-open]', HTMLDialogElement)) open(dialog);
