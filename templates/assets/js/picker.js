// @ts-check
// Turns [data-pick] into a combobox: it searches while one types, and sends the id of what was chosen.
import { announce } from './announce.js';
import { all } from './dom.js';

/** @typedef {{ title: string, subtitle: string, href: string, kind: string }} Hit */

const waitMs = 150;
let lists = 0;

/**
 * @param {string} words
 * @param {string} kind
 * @returns {Promise<Hit[]>}
 */
async function find(words, kind) {
  const headers = { accept: 'application/json' };
  const response = await fetch(`/api/search?q=${encodeURIComponent(words)}`, { headers });
  if (!response.ok) throw new Error(String(response.status));
  /** @type {{ items: Hit[] }} */
  const { items } = await response.json();
  return items.filter((hit) => hit.kind === kind);
}

/** @param {HTMLInputElement} input */
function combobox(input) {
  const kind = input.dataset['pick'] ?? '';
  const { name } = input;
  const list = document.createElement('ul');
  list.id = `pick-${(lists += 1)}`;
  list.className = 'bz-palette-list bz-pick-list';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Matches');
  list.hidden = true;
  const chosen = document.createElement('input');
  chosen.type = 'hidden';
  input.after(list, chosen);
  for (const [attribute, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  }))
    input.setAttribute(attribute, value);

  /** @type {Hit[]} */
  let hits = [];
  let at = -1;
  let asked = 0;

  function close() {
    asked += 1;
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  /** @param {number} to */
  function move(to) {
    at = (to + hits.length) % hits.length;
    [...list.children].forEach((option, index) => option.setAttribute('aria-selected', String(index === at)));
    list.children[at]?.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', `${list.id}-${at}`);
  }

  /**
   * The text stays readable; what is sent under its name is the id.
   * @param {string} id
   */
  function send(id) {
    chosen.value = id;
    chosen.name = name;
    input.removeAttribute('name');
  }

  /** @param {Hit | undefined} hit */
  function choose(hit) {
    if (!hit) return;
    input.value = hit.title;
    send(decodeURIComponent(hit.href.split('/').at(-1) ?? ''));
    close();
    announce(`${hit.title} selected`);
  }

  /** @param {Hit[]} found */
  function show(found) {
    hits = found;
    at = -1;
    list.replaceChildren(
      ...found.map((hit, index) => {
        const option = document.createElement('li');
        option.id = `${list.id}-${index}`;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        const title = document.createElement('span');
        title.textContent = hit.title;
        const about = document.createElement('span');
        about.className = 'bz-palette-sub';
        about.textContent = hit.subtitle;
        option.append(title, about);
        // Before the field loses the focus, which closes the list.
        option.addEventListener('mousedown', (event) => {
          event.preventDefault();
          choose(hit);
        });
        return option;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute('aria-expanded', String(found.length > 0));
    announce(found.length === 0 ? 'No match' : `${found.length} found`);
  }

  async function look() {
    // Typed text is no longer what was chosen.
    chosen.removeAttribute('name');
    input.name = name;
    const words = input.value.trim();
    const turn = (asked += 1);
    if (words.length < 2) return close();
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (turn !== asked) return;
    // Without an answer the text is sent as it is, and the server looks it up.
    const found = await find(words, kind).catch(() => []);
    if (turn === asked) show(found);
  }

  // Chosen before the form was refused.
  if (input.dataset['chosen']) send(input.dataset['chosen']);
  input.addEventListener('input', () => void look());
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) close();
    else if (list.hidden) return;
    else if (event.key === 'ArrowDown') move(at + 1);
    else if (event.key === 'ArrowUp') move(at === -1 ? hits.length - 1 : at - 1);
    else if (event.key === 'Enter' && at >= 0) choose(hits[at]);
    else return;
    event.preventDefault();
  });
}

function start() {
  for (const input of all('[data-pick]:not([role])', HTMLInputElement)) combobox(input);
}

// A refused form comes back as new elements.
document.addEventListener('htmx:after:swap', start);
start();
