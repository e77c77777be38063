// @ts-check
import { each } from './dom.js';

// Filters apply as they are chosen.
each('form[data-autosubmit]', HTMLFormElement, (form) => {
  form.classList.add('bz-auto');
  form.addEventListener('change', ({ target }) => {
    if (target instanceof Element && target.matches('select, input[type=date]')) form.requestSubmit();
  });
  // Empty parameters stay out of the address.
  form.addEventListener('formdata', ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === '') formData.delete(name);
  });
});
