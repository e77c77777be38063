// @ts-check
import { each, formOf } from './dom.js';

/**
 * The text of one control.
 * @param {FormData} data
 * @param {string} name
 */
function textOf(data, name) {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}

// The price in words follows the choices; data-price holds a sentence for each of "plan.interval.start".
each('[data-price]', HTMLOutputElement, (output) => {
  const form = formOf(output);
  const sentences = /** @type {Record<string, string>} */ (JSON.parse(output.dataset['price'] ?? '{}'));
  const update = () => {
    const data = new FormData(form);
    const sentence = sentences[['planKey', 'interval', 'start'].map((name) => textOf(data, name)).join('.')];
    if (sentence) output.textContent = sentence;
  };
  form.addEventListener('change', update);
  update();
});
