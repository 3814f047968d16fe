// Before the first paint, so that a chosen theme never flashes the other one. See src/settings/theme.ts.
try {
  const theme = JSON.parse(localStorage.getItem('helpdesk.theme') ?? '"system"');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // A browser that keeps nothing follows the system.
}
