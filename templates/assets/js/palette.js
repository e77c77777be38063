// @ts-check
// The command palette: Ctrl/⌘K, what was opened lately first, then what the server finds.
import { all } from './dom.js';
import { recentPlaces, remember } from './recent-places.js';

/** @typedef {import('./recent-places.js').Place} Place */

/** @type {ReturnType<typeof build> | undefined} */
let parts;
/** @type {Place[]} */
let places = [];
let at = -1;
let asked = 0;

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * The entries of the navigation: they can be found without asking the server.
 * @returns {Place[]}
 */
function pages() {
  return all('#nav li a', HTMLAnchorElement).map((link) => ({
    title: link.querySelector('span')?.textContent ?? '',
    subtitle: 'Page',
    href: link.getAttribute('href') ?? '/',
  }));
}

function build() {
  const input = make('input', {
    type: 'text',
    class: 'bz-palette-input',
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': 'palette-list',
    'aria-autocomplete': 'list',
    'aria-label': 'Search or jump to',
    placeholder: 'Search, or type what you want to do…',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const list = make('ul', {
    role: 'listbox',
    id: 'palette-list',
    'aria-label': 'Results',
    class: 'bz-palette-list',
  });
  const note = make('p', { class: 'bz-palette-note', role: 'status' });
  const about = { class: 'bz-palette', 'aria-label': 'Search', 'data-light': '' };
  const dialog = make('dialog', about, input, list, note);
  input.addEventListener('input', () => void look());
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') move(at + 1);
    else if (event.key === 'ArrowUp') move(at - 1);
    else if (event.key === 'Enter') go(at);
    else return;
    event.preventDefault();
  });
  document.body.append(dialog);
  return { input, list, note, dialog };
}

const palette = () => (parts ??= build());

/** @param {number} to */
function move(to) {
  const { input, list } = palette();
  const options = [...list.children];
  at = options.length === 0 ? -1 : (to + options.length) % options.length;
  options.forEach((option, index) => option.setAttribute('aria-selected', String(index === at)));
  options[at]?.scrollIntoView({ block: 'nearest' });
  if (at === -1) input.removeAttribute('aria-activedescendant');
  else input.setAttribute('aria-activedescendant', `palette-${at}`);
}

/** @param {number} index */
function go(index) {
  const place = places[index];
  if (!place) return;
  remember(place);
  location.assign(place.href);
}

/**
 * @param {Place} place
 * @param {number} index
 */
function optionOf(place, index) {
  const option = make(
    'li',
    { role: 'option', id: `palette-${index}`, 'aria-selected': 'false' },
    make('span', {}, place.title),
    make('span', { class: 'bz-palette-sub' }, place.subtitle ?? ''),
  );
  option.addEventListener('click', () => go(index));
  option.addEventListener('mousemove', () => at !== index && move(index));
  return option;
}

/**
 * @param {Place[]} found
 * @param {string} text
 */
function show(found, text) {
  const { list, note } = palette();
  places = found;
  list.replaceChildren(...found.map(optionOf));
  note.textContent = text;
  move(0);
}

/**
 * @param {Place[]} found
 * @param {string} word
 */
function matching(found, word) {
  const wanted = word.toLowerCase();
  return found.filter(({ title, subtitle }) => `${title} ${subtitle ?? ''}`.toLowerCase().includes(wanted));
}

/**
 * Each address once, at most twenty.
 * @param {Place[]} found
 */
const unique = (found) => [...new Map(found.map((place) => [place.href, place])).values()].slice(0, 20);

/**
 * @param {string} word
 * @returns {Promise<Place[]>}
 */
async function askServer(word) {
  const headers = { accept: 'application/json' };
  const response = await fetch(`/api/search?q=${encodeURIComponent(word)}`, { headers });
  if (!response.ok) throw new Error(String(response.status));
  /** @type {{ items: Place[] }} */
  const answer = await response.json();
  return answer.items;
}

async function look() {
  const { input, note } = palette();
  const word = input.value.trim();
  const turn = ++asked;
  if (!word) {
    show(unique([...recentPlaces(), ...pages()]), 'Recent, actions and pages');
    const actions = await askServer('').catch(() => []);
    if (turn === asked)
      show(unique([...recentPlaces(), ...actions, ...pages()]), 'Recent, actions and pages');
    return;
  }
  const near = [...matching(recentPlaces(), word), ...matching(pages(), word)];
  show(unique(near), 'Searching…');
  await new Promise((resolve) => setTimeout(resolve, 150));
  if (turn !== asked) return;
  try {
    const found = unique([...near, ...(await askServer(word))]);
    if (turn === asked)
      show(found, found.length === 0 ? `Nothing found for “${word}”` : `${found.length} found`);
  } catch {
    if (turn === asked) note.textContent = 'The search does not answer. Pages can still be found.';
  }
}

function toggle() {
  const { dialog, input } = palette();
  if (dialog.open) return dialog.close();
  input.value = '';
  dialog.showModal();
  input.focus();
  void look();
}

document.addEventListener('keydown', (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
  event.preventDefault();
  toggle();
});
for (const button of all('[data-palette]', HTMLElement)) {
  button.hidden = false;
  const key = button.querySelector('kbd');
  if (key && /Mac|iPhone|iPad/.test(navigator.platform)) key.textContent = '⌘ K';
  button.addEventListener('click', toggle);
}
