// @ts-check
import { all, each, formOf, one } from './dom.js';

// How many are chosen, of as many as data-choice-count allows.
each('[data-choice-count]', HTMLElement, (count) => {
  const form = formOf(count);
  const limit = Number(count.dataset['choiceCount']);
  form.addEventListener('change', () => {
    const chosen = all('.bz-choice input:checked', HTMLInputElement, form).length;
    count.textContent = `${chosen} of ${limit} chosen`;
    count.classList.toggle('bz-over', chosen > limit);
  });
});

/**
 * Hides the choices without this word, and the groups that are left with none.
 * @param {HTMLFormElement} form
 * @param {string} word
 */
function narrow(form, word) {
  for (const choice of all('[data-choice]', HTMLElement, form))
    choice.hidden = !choice.dataset['choice']?.toLowerCase().includes(word);
  for (const group of all('.bz-choices', HTMLElement, form))
    group.hidden = !group.querySelector('[data-choice]:not([hidden])');
}

each('[data-choice-filter]', HTMLElement, (search) => {
  const form = formOf(search);
  const input = one('input', HTMLInputElement, search);
  search.hidden = false;
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault();
  });
  input.addEventListener('input', () => narrow(form, input.value.trim().toLowerCase()));
});
