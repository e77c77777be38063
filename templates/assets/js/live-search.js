// @ts-check
import { all } from './dom.js';

const pauseMs = 150;

/** @param {HTMLFormElement} form */
function addressOf(form) {
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string' && value !== '') address.searchParams.set(name, value);
  return address.href;
}

/** @param {HTMLFormElement} form */
function searchAsYouType(form) {
  const id = form.dataset['liveSearch'] ?? '';
  /** @type {AbortController | undefined} */
  let asked;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  async function search() {
    asked?.abort();
    const mine = (asked = new AbortController());
    const address = addressOf(form);
    try {
      const response = await fetch(address, { signal: mine.signal });
      if (!response.ok || response.redirected) throw new Error(`answered with ${response.status}`);
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      const [found, shown] = [page.getElementById(id), document.getElementById(id)];
      if (!found || !shown) throw new Error(`the page has no #${id}`);
      if (mine.signal.aborted) return;
      shown.replaceChildren(...found.childNodes);
      const count = document.getElementById(`${id}-count`);
      // The element stays, so that a screen reader hears how many there are now.
      if (count) count.textContent = page.getElementById(count.id)?.textContent ?? '';
      history.replaceState(history.state, '', address);
    } catch {
      // The ordinary way shows what is wrong: a session that has ended, or a server that is away.
      if (!mine.signal.aborted) form.requestSubmit();
    }
  }

  form.classList.add('bz-auto');
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void search(), pauseMs);
  });
  form.addEventListener('formdata', ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === '') formData.delete(name);
  });
}

for (const form of all('form[data-live-search]', HTMLFormElement)) searchAsYouType(form);
