// @ts-check
// What a form says while it waits for its answer: after a moment on its button, later also what the person can do.

const soonMs = 300;
const laterMs = 2_000;

/** @type {Map<HTMLFormElement, () => void>} */
const waiting = new Map();

/**
 * The button that sent the form.
 * @param {SubmitEvent} event
 * @param {HTMLFormElement} form
 */
const buttonOf = (event, form) =>
  event.submitter instanceof HTMLButtonElement ? event.submitter : form.querySelector('button[type=submit]');

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} button
 */
function wait(form, button) {
  const label = [...button.childNodes];
  const note = document.createElement('p');
  note.className = 'bz-pending-note';
  note.setAttribute('role', 'status');
  const soon = setTimeout(() => {
    button.setAttribute('aria-busy', 'true');
    button.replaceChildren(button.dataset['pending'] ?? 'Working…');
  }, soonMs);
  const later = setTimeout(() => {
    note.textContent = form.dataset['pendingNote'] ?? 'This is taking a moment.';
    button.after(note);
  }, laterMs);
  waiting.set(form, () => {
    clearTimeout(soon);
    clearTimeout(later);
    note.remove();
    if (button.getAttribute('aria-busy') === 'true') {
      button.removeAttribute('aria-busy');
      button.replaceChildren(...label);
    }
    waiting.delete(form);
  });
}

const endAll = () => {
  for (const end of [...waiting.values()]) end();
};

document.addEventListener('submit', (event) => {
  const { target: form } = event;
  if (!(form instanceof HTMLFormElement) || form.method !== 'post' || waiting.has(form)) return;
  const button = buttonOf(event, form);
  if (button instanceof HTMLButtonElement) wait(form, button);
});
// Back to a page that the browser kept, and an answer that was put into this one.
addEventListener('pageshow', endAll);
document.addEventListener('htmx:after:request', endAll);
document.addEventListener('htmx:error', endAll);
