// @ts-check
import { all, each, formOf } from './dom.js';

const controls = 'input, textarea, select';

/** @param {Element} control */
const isControl = (control) =>
  control instanceof HTMLInputElement ||
  control instanceof HTMLTextAreaElement ||
  control instanceof HTMLSelectElement;

// Fields that belong to a choice, data-when="name=value", are sent only with it. The style sheet shows and hides them.
each('[data-when]', HTMLElement, (part) => {
  const [name = '', value = ''] = part.dataset['when']?.split('=') ?? [];
  const form = formOf(part);
  const update = () => {
    const isOff = new FormData(form).get(name) !== value;
    for (const control of all(controls, HTMLElement, part)) if (isControl(control)) control.disabled = isOff;
  };
  form.addEventListener('change', update);
  update();
});
