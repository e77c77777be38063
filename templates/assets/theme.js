// Runs before the first paint, so that a chosen theme never flashes. Without a choice the device decides.
(() => {
  try {
    const theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.bsTheme = theme;
    else if (matchMedia('(prefers-color-scheme: dark)').matches)
      document.documentElement.dataset.bsTheme = 'dark';
  } catch {
    // Storage may be forbidden; the device's setting still counts through css.
  }
})();
