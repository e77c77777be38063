// @ts-check
import { all, each, one } from './dom.js';

each('form[data-selectable]', HTMLFormElement, (form) => {
  const label = one('[data-choose-all]', HTMLElement, form);
  const every = one('input', HTMLInputElement, label);
  const told = one('[data-chosen]', HTMLElement, form);
  const picks = all('.bz-pick', HTMLInputElement, form);
  label.hidden = false;
  form.addEventListener('change', ({ target }) => {
    if (target === every) for (const pick of picks) pick.checked = every.checked;
    const chosen = picks.filter((pick) => pick.checked).length;
    every.checked = chosen === picks.length;
    told.textContent = `${chosen} selected:`;
  });
});
