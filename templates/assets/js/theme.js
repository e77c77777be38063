// @ts-check
// No module, since it runs before the first paint, so that a chosen theme never flashes. Without a choice the device decides.
(() => {
  const { dataset } = document.documentElement;
  try {
    const theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') dataset['bsTheme'] = theme;
    else if (matchMedia('(prefers-color-scheme: dark)').matches) dataset['bsTheme'] = 'dark';
  } catch {
    // Storage may be forbidden; the device's setting still counts through css.
  }
})();
