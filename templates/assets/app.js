// Makes the portal quicker; every page works without it.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (target) =>
    target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');

  // ── Theme ──────────────────────────────────────────────────────────────────
  const isDark = () => {
    const chosen = document.documentElement.dataset.bsTheme;
    return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  };
  for (const button of all('[data-theme-toggle]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const theme = isDark() ? 'light' : 'dark';
      document.documentElement.dataset.bsTheme = theme;
      try {
        localStorage.setItem('theme', theme);
      } catch {
        // It then holds for this page only.
      }
    });
  }

  // ── Dialogs ────────────────────────────────────────────────────────────────
  const openDialog = (dialog) => {
    dialog.removeAttribute('open');
    dialog.showModal();
    const first =
      dialog.querySelector('[data-focus]') ??
      dialog.querySelector('textarea, input:not([type=hidden]), select');
    first?.focus();
  };
  document.addEventListener('click', (event) => {
    const opener = event.target.closest?.('[data-dialog]');
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (!dialog) return;
      event.preventDefault();
      opener.closest('[data-menu]')?.removeAttribute('open');
      openDialog(dialog);
      return;
    }
    const closer = event.target.closest?.('[data-close]');
    const dialog = closer?.closest('dialog');
    if (dialog?.open) {
      event.preventDefault();
      dialog.close();
    } else if (event.target instanceof HTMLDialogElement && event.target.dataset.light !== undefined) {
      event.target.close();
    }
  });
  for (const dialog of all('dialog[data-open]')) openDialog(dialog);

  // ── Menus: one open at a time, Escape and a click elsewhere close it ───────
  const closeMenus = (except) => {
    for (const menu of all('[data-menu][open]')) if (menu !== except) menu.removeAttribute('open');
  };
  document.addEventListener('click', (event) => closeMenus(event.target.closest?.('[data-menu]')));
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const menu = document.querySelector('[data-menu][open]');
    if (!menu) return;
    menu.removeAttribute('open');
    menu.querySelector('summary')?.focus();
  });

  // ── The first problem of a refused form ───────────────────────────────────
  document.querySelector('[data-focus]')?.focus();

  // ── Copy ───────────────────────────────────────────────────────────────────
  const showCopyButtons = (root) => {
    if (!navigator.clipboard) return;
    for (const button of all('[data-copy]', root)) button.hidden = false;
  };
  document.addEventListener('click', async (event) => {
    const button = event.target.closest?.('[data-copy]');
    if (!button) return;
    const text = button.dataset.copy || button.closest('figure')?.querySelector('code')?.textContent || '';
    try {
      await navigator.clipboard.writeText(text);
      say('Copied');
      button.classList.add('bz-copied');
      setTimeout(() => button.classList.remove('bz-copied'), 1500);
    } catch {
      say('Copying is not allowed here');
    }
  });

  // ── One polite line for screen readers ─────────────────────────────────────
  let teller;
  const say = (text) => {
    if (!teller) {
      teller = document.createElement('div');
      teller.className = 'visually-hidden';
      teller.setAttribute('role', 'status');
      document.body.append(teller);
    }
    teller.textContent = text;
  };

  // ── Lists: j and k move, Enter opens ───────────────────────────────────────
  document.addEventListener('keydown', (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return;
    if (event.key !== 'j' && event.key !== 'k') return;
    if (document.querySelector('dialog[open]')) return;
    const links = all('table[data-rows] tbody tr > td:first-child > a');
    if (links.length === 0) return;
    const at = links.indexOf(document.activeElement);
    const next = at === -1 ? 0 : Math.min(links.length - 1, Math.max(0, at + (event.key === 'j' ? 1 : -1)));
    links[next].focus();
    links[next].scrollIntoView({ block: 'nearest' });
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || typing(event.target) || document.querySelector('dialog[open]')) return;
    const search = document.querySelector('form[role=search] input[type=search]');
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  // ── Filters apply as they are chosen ───────────────────────────────────────
  for (const form of all('form[data-autosubmit]')) {
    form.classList.add('bz-auto');
    form.addEventListener('change', (event) => {
      if (event.target.matches('select, input[type=date]')) form.requestSubmit();
    });
    // Empty parameters stay out of the address.
    form.addEventListener('formdata', (event) => {
      for (const [name, value] of [...event.formData]) if (value === '') event.formData.delete(name);
    });
  }

  // ── What the device knows ──────────────────────────────────────────────────
  const known = {
    timezone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    language: () => navigator.language.slice(0, 2),
  };
  for (const select of all('select[data-fill]')) {
    const value = known[select.dataset.fill]?.();
    if (value && [...select.options].some((option) => option.value === value)) select.value = value;
  }

  // ── Price in words, fields that depend on a choice, limits of a choice ─────
  for (const output of all('[data-price]')) {
    const form = output.closest('form');
    const sentences = JSON.parse(output.dataset.price);
    const update = () => {
      const data = new FormData(form);
      const text = sentences[['planKey', 'interval', 'start'].map((name) => data.get(name)).join('.')];
      if (text) output.textContent = text;
    };
    form.addEventListener('change', update);
    update();
  }
  for (const part of all('[data-when]')) {
    const [name, value] = part.dataset.when.split('=');
    const form = part.closest('form');
    const update = () => {
      const off = new FormData(form).get(name) !== value;
      for (const control of all('input, textarea, select', part)) control.disabled = off;
    };
    form.addEventListener('change', update);
    update();
  }
  for (const count of all('[data-choice-count]')) {
    const form = count.closest('form');
    form.addEventListener('change', () => {
      const chosen = all('.bz-choice input:checked', form).length;
      const limit = Number(count.dataset.choiceCount);
      count.textContent = `${chosen} of ${limit} chosen`;
      count.classList.toggle('bz-over', chosen > limit);
    });
  }
  for (const search of all('[data-choice-filter]')) {
    search.hidden = false;
    const input = search.querySelector('input');
    const form = search.closest('form');
    input.addEventListener('keydown', (event) => event.key === 'Enter' && event.preventDefault());
    input.addEventListener('input', () => {
      const word = input.value.trim().toLowerCase();
      for (const choice of all('[data-choice]', form))
        choice.hidden = !choice.dataset.choice.toLowerCase().includes(word);
      for (const group of all('.bz-choices', form))
        group.hidden = !group.querySelector('[data-choice]:not([hidden])');
    });
  }

  // ── Rows that can be chosen ────────────────────────────────────────────────
  for (const form of all('form[data-selectable]')) {
    const [label] = all('[data-choose-all]', form);
    const every = label.querySelector('input');
    const picks = all('.bz-pick', form);
    label.hidden = false;
    form.addEventListener('change', (event) => {
      if (event.target === every) for (const pick of picks) pick.checked = every.checked;
      const chosen = picks.filter((pick) => pick.checked).length;
      every.checked = chosen === picks.length;
      form.querySelector('[data-chosen]').textContent = `${chosen} chosen:`;
    });
  }

  // ── Live pages ─────────────────────────────────────────────────────────────
  let updatedAt = 0;
  let broken = false;
  let stopped = false;
  const agoText = (seconds) =>
    seconds < 2
      ? 'Updated just now'
      : seconds < 60
        ? `Updated ${seconds} s ago`
        : `Updated ${Math.floor(seconds / 60)} min ago`;
  const showUpdated = () => {
    const mark = document.querySelector('[data-updated]');
    if (!mark) return;
    const text = stopped
      ? 'Not live: reload the page'
      : broken
        ? 'Reconnecting…'
        : updatedAt === 0
          ? 'Connecting…'
          : agoText(Math.round((Date.now() - updatedAt) / 1000));
    const line = mark.querySelector('[data-updated-text]');
    if (line.textContent !== text) line.textContent = text;
    mark.classList.toggle('bz-waiting', broken || stopped);
  };
  const fresh = () => {
    updatedAt = Date.now();
    broken = false;
    stopped = false;
    showUpdated();
  };
  document.addEventListener('htmx:sse:after:connection', fresh);
  document.addEventListener('htmx:sse:after:message', fresh);
  for (const name of ['htmx:sse:error', 'htmx:sse:close']) {
    document.addEventListener(name, (event) => {
      if (event.detail?.reason === 'message') return;
      broken = true;
      showUpdated();
    });
  }
  document.addEventListener('htmx:response:error', (event) => {
    if (!event.detail?.ctx?.sourceElement?.hasAttribute('hx-sse:connect')) return;
    stopped = true;
    showUpdated();
  });
  document.addEventListener('htmx:after:swap', () => {
    showCopyButtons(document);
    showUpdated();
  });
  // A page in the background does not ask again and again.
  document.addEventListener('htmx:before:request', (event) => {
    const source = event.detail?.ctx?.sourceElement;
    if (document.hidden && source?.getAttribute('hx-trigger')?.startsWith('every')) event.preventDefault();
  });
  if (document.querySelector('[data-updated]')) setInterval(showUpdated, 1000);
  showUpdated();
  showCopyButtons(document);
})();
