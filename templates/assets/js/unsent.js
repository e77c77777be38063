// @ts-check

// A form that did not reach the server says so; what was typed is still there.
document.addEventListener('htmx:error', ({ target }) => {
  if (!(target instanceof HTMLFormElement)) return;
  const shown = target.querySelector('[data-unsent]') ?? document.createElement('p');
  shown.className = 'bz-problem';
  shown.setAttribute('role', 'alert');
  shown.setAttribute('data-unsent', '');
  shown.textContent = 'We couldn’t reach the server. Nothing was saved. Check your connection and try again.';
  target.prepend(shown);
});
