// @ts-check
import { all, each, formOf, one } from './dom.js';

/**
 * Shows what a square picture will hold, and lets its person choose: by the sliders, which keys move too, or by dragging.
 * Without a picture that the browser can show, the form is sent as it is.
 */
each('[data-crop]', HTMLFieldSetElement, (fieldset) => {
  const canvas = one('canvas', HTMLCanvasElement, fieldset);
  const sliders = all('input', HTMLInputElement, fieldset);
  const [size, x, y] = sliders;
  const file = one('input[type=file]', HTMLInputElement, formOf(fieldset));
  const image = new Image();

  /** @param {boolean} isShown */
  function show(isShown) {
    fieldset.hidden = !isShown;
    for (const slider of sliders) slider.disabled = !isShown;
  }

  function draw() {
    if (!size || !x || !y || fieldset.hidden) return;
    const { naturalWidth: width, naturalHeight: height } = image;
    const side = Math.min(width, height) * Number(size.value);
    const [left, top] = [(width - side) * Number(x.value), (height - side) * Number(y.value)];
    const pen = canvas.getContext('2d');
    pen?.clearRect(0, 0, canvas.width, canvas.height);
    pen?.drawImage(image, left, top, side, side, 0, 0, canvas.width, canvas.height);
  }

  image.addEventListener('load', () => {
    show(true);
    draw();
  });
  image.addEventListener('error', () => show(false));
  file.addEventListener('change', () => {
    show(false);
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      if (typeof reader.result === 'string') image.src = reader.result;
    });
    reader.readAsDataURL(chosen);
  });
  fieldset.addEventListener('input', draw);

  canvas.addEventListener('pointerdown', (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener('pointermove', (event) => {
    if (!size || !x || !y || !canvas.hasPointerCapture(event.pointerId)) return;
    const side = Math.min(image.naturalWidth, image.naturalHeight) * Number(size.value);
    const scale = side / canvas.clientWidth;
    /** @type {(slider: HTMLInputElement, moved: number, room: number) => void} */
    const move = (slider, moved, room) => {
      if (room > 0) slider.value = String(Number(slider.value) - (moved * scale) / room);
    };
    move(x, event.movementX, image.naturalWidth - side);
    move(y, event.movementY, image.naturalHeight - side);
    draw();
  });
});
