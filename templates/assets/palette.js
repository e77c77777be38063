// The command palette: Ctrl/⌘K, what was opened lately first, then what the server finds.
(() => {
  const recentKey = 'palette-recent';
  let dialog, input, list, note;
  let items = [];
  let at = -1;
  let asked = 0;

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const recent = () => {
    try {
      const found = JSON.parse(localStorage.getItem(recentKey) ?? '[]');
      return Array.isArray(found)
        ? found.filter((item) => typeof item?.href === 'string' && item.href.startsWith('/'))
        : [];
    } catch {
      return [];
    }
  };
  const remember = (item) => {
    try {
      const rest = recent().filter((other) => other.href !== item.href);
      localStorage.setItem(recentKey, JSON.stringify([item, ...rest].slice(0, 8)));
    } catch {
      // Then nothing is remembered.
    }
  };

  /** The entries of the navigation: they can be found without asking the server. */
  const pages = () =>
    [...document.querySelectorAll('#nav li a')].map((link) => ({
      title: link.querySelector('span')?.textContent ?? '',
      subtitle: 'Page',
      href: link.getAttribute('href'),
      kind: 'page',
    }));

  const move = (to) => {
    const options = [...list.children];
    at = options.length === 0 ? -1 : (to + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute('aria-selected', String(index === at)));
    options[at]?.scrollIntoView({ block: 'nearest' });
    if (at === -1) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `palette-${at}`);
  };

  const show = (found, text) => {
    items = found;
    list.replaceChildren(
      ...found.map((item, index) => {
        const option = make(
          'li',
          { role: 'option', id: `palette-${index}`, 'aria-selected': 'false' },
          make('span', { class: 'bz-palette-title' }, item.title),
          make('span', { class: 'bz-palette-sub' }, item.subtitle ?? ''),
        );
        option.addEventListener('click', () => go(index));
        option.addEventListener('mousemove', () => at !== index && move(index));
        return option;
      }),
    );
    note.textContent = text;
    move(0);
  };

  const go = (index) => {
    const item = items[index];
    if (!item) return;
    remember(item);
    location.assign(item.href);
  };

  const matching = (found, word) =>
    found.filter((item) => `${item.title} ${item.subtitle ?? ''}`.toLowerCase().includes(word.toLowerCase()));

  const look = async () => {
    const word = input.value.trim();
    const turn = ++asked;
    const near = word ? [...matching(recent(), word), ...matching(pages(), word)] : [...recent(), ...pages()];
    const unique = (found) => [...new Map(found.map((item) => [item.href, item])).values()].slice(0, 20);
    show(unique(near), word ? 'Searching…' : 'Opened lately and pages');
    if (!word) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
    if (turn !== asked) return;
    try {
      const response = await fetch(`/api/search?q=${encodeURIComponent(word)}`, {
        headers: { accept: 'application/json' },
      });
      if (!response.ok) throw new Error(String(response.status));
      const answer = await response.json();
      if (turn !== asked) return;
      const found = unique([...near, ...answer.items]);
      show(found, found.length === 0 ? `Nothing found for “${word}”` : `${found.length} found`);
    } catch {
      if (turn === asked) note.textContent = 'The search does not answer. Pages can still be found.';
    }
  };

  const build = () => {
    input = make('input', {
      type: 'text',
      class: 'bz-palette-input',
      role: 'combobox',
      'aria-expanded': 'true',
      'aria-controls': 'palette-list',
      'aria-autocomplete': 'list',
      'aria-label': 'Search or jump to',
      placeholder: 'Tenants, people, runs, pages…',
      autocomplete: 'off',
      spellcheck: 'false',
    });
    list = make('ul', {
      role: 'listbox',
      id: 'palette-list',
      'aria-label': 'Results',
      class: 'bz-palette-list',
    });
    note = make('p', { class: 'bz-palette-note', role: 'status' });
    dialog = make(
      'dialog',
      { class: 'bz-palette', 'aria-label': 'Search', 'data-light': '' },
      input,
      list,
      note,
    );
    input.addEventListener('input', () => void look());
    input.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) move(at + step);
      else if (event.key === 'Enter') go(at);
      else return;
      event.preventDefault();
    });
    document.body.append(dialog);
  };

  const open = () => {
    if (!dialog) build();
    if (dialog.open) return dialog.close();
    input.value = '';
    dialog.showModal();
    input.focus();
    void look();
  };

  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      open();
    }
  });
  for (const button of document.querySelectorAll('[data-palette]')) {
    button.hidden = false;
    if (/Mac|iPhone|iPad/.test(navigator.platform)) button.querySelector('kbd').textContent = '⌘ K';
    button.addEventListener('click', open);
  }
})();
